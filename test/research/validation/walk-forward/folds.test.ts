// Folds: what is trained on never touches what is tested.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fold, type FoldRule, foldsOf, type Span } from '../../../../research/validation/walk-forward/folds.ts';

const datesOf = (bars: number): string[] => Array.from({ length: bars }, (_, bar) => new Date(bar * 86_400_000).toISOString().slice(0, 10));
const bounds = (folds: readonly Fold[]) => folds.map(({ training, test }) => [training, test].map(({ from, to }) => [from, to]));
const barsIn = ({ from, to }: Span): number[] => Array.from({ length: to - from }, (_, at) => from + at);

describe('folds', () => {
  it('roll: so many bars, a gap, a test, and again', () => {
    const folds = foldsOf(datesOf(11), { kind: 'rolling', trainingBars: 4, testBars: 2, purgeBars: 1, embargoBars: 1 });
    expect(bounds(folds)).toEqual([
      [
        [0, 4],
        [6, 8],
      ],
      [
        [2, 6],
        [8, 10],
      ],
      [
        [4, 8],
        [10, 11],
      ],
    ]);
    expect(folds[0]?.test).toMatchObject({ firstDate: '1970-01-07', lastDate: '1970-01-08' });
    expect(folds[0]?.training).toMatchObject({ firstDate: '1970-01-01', lastDate: '1970-01-04' });
  });

  it('stay anchored: everything from the first bar on', () => {
    const folds = foldsOf(datesOf(9), { kind: 'anchored', trainingBars: 4, testBars: 2, purgeBars: 0, embargoBars: 1 });
    expect(bounds(folds)).toEqual([
      [
        [0, 4],
        [5, 7],
      ],
      [
        [0, 6],
        [7, 9],
      ],
    ]);
  });

  it('are none where the bars are too few', () => {
    expect(foldsOf(datesOf(5), { kind: 'rolling', trainingBars: 4, testBars: 2, purgeBars: 1, embargoBars: 0 })).toEqual([]);
    expect(foldsOf([], { kind: 'anchored', trainingBars: 1, testBars: 1, purgeBars: 0, embargoBars: 0 })).toEqual([]);
  });

  it('refuse lengths that are none', () => {
    const gaps = { purgeBars: 0, embargoBars: 0 };
    const rules: FoldRule[] = [
      { kind: 'rolling', trainingBars: 0, testBars: 1, ...gaps },
      { kind: 'anchored', trainingBars: 1, testBars: 0, ...gaps },
      { kind: 'rolling', trainingBars: 1, testBars: 1, purgeBars: -1, embargoBars: 0 },
      { kind: 'rolling', trainingBars: 1, testBars: 1, purgeBars: 0, embargoBars: 0.5 },
    ];
    for (const rule of rules) expect(() => foldsOf(datesOf(9), rule)).toThrow(RangeError);
  });

  it('never test a bar twice, and never train within the gap before a test or after it', () => {
    const small = fc.integer({ min: 0, max: 4 });
    const anyRule = fc.record({
      kind: fc.constantFrom('rolling' as const, 'anchored' as const),
      trainingBars: fc.integer({ min: 1, max: 12 }),
      testBars: fc.integer({ min: 1, max: 6 }),
      purgeBars: small,
      embargoBars: small,
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), anyRule, (bars, rule) => {
        const folds = foldsOf(datesOf(bars), rule);
        const tested = folds.flatMap(({ test }) => barsIn(test));
        expect(new Set(tested).size).toBe(tested.length);
        for (const { training, test } of folds)
          for (const bar of barsIn(training)) expect(bar).toBeLessThan(test.from - rule.purgeBars - rule.embargoBars);
      }),
    );
  });
});
