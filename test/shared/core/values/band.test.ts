import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandWidth, isInsideBand } from '../../../../shared/core/values/band.ts';
import { percent, WHOLE } from '../../../../shared/core/values/weight.ts';
import { anyWeight, withOptional } from '../../../arbitraries/values.ts';

const anyBand = withOptional({}, { absolute: anyWeight, relative: anyWeight });

describe('the rebalance band', () => {
  it('is as wide as its absolute part, whatever the target', () => {
    expect(bandWidth({ absolute: percent('5%') }, percent('60%'))).toBe(percent('5%'));
    expect(bandWidth({ absolute: percent('5%') }, 0n)).toBe(percent('5%'));
  });

  it('is a part of the target where it is relative', () => {
    expect(bandWidth({ relative: percent('25%') }, percent('60%'))).toBe(percent('15%'));
    expect(bandWidth({ relative: percent('25%') }, 0n)).toBe(0n);
    // A quarter of 33.3333 % is 8.333325 %, rounded down to whole parts per million.
    expect(bandWidth({ relative: percent('25%') }, percent('33.3333%'))).toBe(83_333n);
  });

  it('is the narrower where both are given', () => {
    const band = { absolute: percent('5%'), relative: percent('25%') };
    expect(bandWidth(band, percent('60%'))).toBe(percent('5%'));
    expect(bandWidth(band, percent('10%'))).toBe(percent('2.5%'));
    expect(bandWidth(band, percent('20%'))).toBe(percent('5%'));
  });

  it('has no width where neither is given: any drift is traded', () => {
    expect(isInsideBand(percent('60%'), percent('60%'), {})).toBe(true);
    expect(isInsideBand(percent('60.0001%'), percent('60%'), {})).toBe(false);
  });

  it('holds a weight that is exactly on its edge, above and below, and lets go one part per million further', () => {
    const band = { absolute: percent('5%') };
    expect([isInsideBand(percent('65%'), percent('60%'), band), isInsideBand(percent('55%'), percent('60%'), band)]).toEqual([true, true]);
    expect(isInsideBand(percent('65.0001%'), percent('60%'), band)).toBe(false);
    expect(isInsideBand(percent('54.9999%'), percent('60%'), band)).toBe(false);
  });

  it('holds both its edges and nothing beyond, around every target', () => {
    fc.assert(
      fc.property(anyBand, anyWeight, (band, target) => {
        const width = bandWidth(band, target);
        for (const edge of [target - width, target + width]) expect(isInsideBand(edge, target, band)).toBe(true);
        for (const beyond of [target - width - 1n, target + width + 1n]) expect(isInsideBand(beyond, target, band)).toBe(false);
      }),
    );
  });

  it('is never wider than either of its parts', () => {
    fc.assert(
      fc.property(anyWeight, anyWeight, anyWeight, (absolute, relative, target) => {
        const width = bandWidth({ absolute, relative }, target);
        expect(width <= absolute).toBe(true);
        expect(width * WHOLE <= target * relative).toBe(true);
      }),
    );
  });
});
