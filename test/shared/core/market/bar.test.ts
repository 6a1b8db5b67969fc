import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustedBar, type DailyBar, refuseBar } from '../../../../shared/core/market/bar.ts';

function aBar(stated: Partial<DailyBar> = {}): DailyBar {
  return { date: '2026-11-20', open: 100, high: 102, low: 99, close: 101, adjClose: 101, volume: 1_000, ...stated };
}

const BEFORE = aBar({ date: '2026-11-19' });

describe('a daily bar', () => {
  it('is sound with every field, with only a close, and as the first of its series', () => {
    expect(refuseBar(aBar(), BEFORE)).toBeUndefined();
    expect(refuseBar({ date: '2026-11-20', close: 101 }, BEFORE)).toBeUndefined();
    expect(refuseBar(aBar(), undefined)).toBeUndefined();
  });

  it.each(['open', 'high', 'low', 'close', 'adjClose'] as const)('is refused when its %s is not a finite number above zero', (field) => {
    for (const price of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(refuseBar(aBar({ [field]: price }), undefined)).toBe(`${field} is ${price}, expected a finite number above 0`);
    }
  });

  it('is sound with a volume of zero, and refused with one that is negative or not finite', () => {
    expect(refuseBar(aBar({ volume: 0 }), undefined)).toBeUndefined();
    expect(refuseBar(aBar({ volume: -1 }), undefined)).toBe('volume is -1, expected a finite number of at least 0');
    expect(refuseBar(aBar({ volume: Number.NaN }), undefined)).toBe('volume is NaN, expected a finite number of at least 0');
    expect(refuseBar(aBar({ volume: Number.POSITIVE_INFINITY }), undefined)).toBe(
      'volume is Infinity, expected a finite number of at least 0',
    );
  });

  it('is refused when its high is below its low', () => {
    expect(refuseBar({ date: '2026-11-20', close: 100, high: 99, low: 101 }, undefined)).toBe('high 99 is below low 101');
  });

  it.each(['open', 'close'] as const)('is refused when its %s is outside its range, and sound on either end of it', (field) => {
    expect(refuseBar(aBar({ [field]: 102.01 }), undefined)).toBe(`${field} 102.01 is above high 102`);
    expect(refuseBar(aBar({ [field]: 98.99 }), undefined)).toBe(`${field} 98.99 is below low 99`);
    expect(refuseBar(aBar({ [field]: 102 }), undefined)).toBeUndefined();
    expect(refuseBar(aBar({ [field]: 99 }), undefined)).toBeUndefined();
  });

  it('may have an adjusted close outside its range: dividends and splits rewrite the past', () => {
    expect(refuseBar(aBar({ adjClose: 12.5 }), BEFORE)).toBeUndefined();
  });

  it('is refused on a date that appears twice or comes after a later one', () => {
    expect(refuseBar(aBar(), aBar())).toBe('date 2026-11-20 appears twice');
    expect(refuseBar(aBar(), aBar({ date: '2026-11-23' }))).toBe('date 2026-11-20 comes after 2026-11-23, expected ascending dates');
  });
});

describe('a bar in adjusted prices', () => {
  it('has all its prices scaled as its close is, and its volume as it was', () => {
    // Half of what was paid then: 100 counts as 50.
    const bar = { date: '2026-11-20', open: 98, high: 104, low: 96, close: 100, adjClose: 50, volume: 300 } as const;
    expect(adjustedBar(bar)).toEqual({ date: '2026-11-20', open: 49, high: 52, low: 48, close: 50, adjClose: 50, volume: 300 });
  });

  it('stays as it is without an adjusted close, and gains no field that it did not have', () => {
    expect(adjustedBar({ date: '2026-11-20', close: 100, high: 101 })).toEqual({ date: '2026-11-20', close: 100, high: 101 });
    expect(adjustedBar({ date: '2026-11-20', close: 100, adjClose: 50 })).toEqual({ date: '2026-11-20', close: 50, adjClose: 50 });
  });

  it('still contains its own close, however the factor rounds', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e5, noNaN: true }), fc.double({ min: 0.01, max: 1e5, noNaN: true }), (close, adjClose) => {
        const bar = adjustedBar({ date: '2026-11-20', open: close, high: close, low: close, close, adjClose });
        expect(refuseBar(bar, undefined)).toBeUndefined();
      }),
    );
  });
});
