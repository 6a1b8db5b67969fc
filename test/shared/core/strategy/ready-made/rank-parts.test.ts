import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankParts } from '../../../../../shared/core/strategy/ready-made/rank-parts.ts';

describe('ranks as parts of one', () => {
  it('go from the lowest at 0 to the highest at 1', () => {
    expect(rankParts([7, -3, 100, 8, 9])).toEqual([0.25, 0, 1, 0.5, 0.75]);
  });

  it('are shared by equal values: the mean of their ranks', () => {
    // Ranks 1, 2 and 3, 4, 5 → 1, 2.5, 2.5, 4: less one, of three.
    expect(rankParts([1, 2, 2, 4])).toEqual([0, 0.5, 0.5, 1]);
    expect(rankParts([5, 5, 5])).toEqual([0.5, 0.5, 0.5]);
  });

  it('call values equal that differ beyond the tenth digit', () => {
    expect(rankParts([0.1 + 0.2, 0.3, 1])).toEqual([0.25, 0.25, 1]);
  });

  it('are 1 for one alone, and none for none', () => {
    expect(rankParts([-4])).toEqual([1]);
    expect(rankParts([])).toEqual([]);
  });

  it('count, for any values, those below and half of the other equal ones', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 2, maxLength: 12 }), (values) => {
        const counted = values.map((value) => {
          const below = values.filter((other) => other < value).length;
          const equal = values.filter((other) => other === value).length;
          return (below + (equal - 1) / 2) / (values.length - 1);
        });
        for (const [place, part] of rankParts(values).entries()) expect(part).toBeCloseTo(counted[place] ?? Number.NaN, 12);
      }),
      { numRuns: 200 },
    );
  });
});
