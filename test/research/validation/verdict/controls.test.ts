// The machine can say every word: strategies known to be good, and known to be worthless. Two hundred seeds are in the benchmarks.
import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../../research/validation/statistics/chance.ts';
import { sharpeOf } from '../../../../research/validation/statistics/return-shape.ts';
import { gatherEvidence } from '../../../../research/validation/verdict/gather-evidence.ts';
import { judge } from '../../../../research/validation/verdict/judge.ts';
import { gridSearch } from '../../../../research/validation/walk-forward/search.ts';
import { walkForward } from '../../../../research/validation/walk-forward/walk-forward.ts';
import { normalReturns } from '../statistics/made-up-returns.ts';
import { shareOf } from './controls.ts';

const BARS = 9 * 252;
const dates = Array.from({ length: BARS }, (_, bar) => new Date(bar * 86_400_000).toISOString().slice(0, 10));
/** Gross of nothing, less two basis points a day for trading at all. */
const SLIPPAGE = 0.000_2;

// Thousands of columns: more time than a test usually has, on a busy machine.
describe('controls', { timeout: 60_000 }, () => {
  it('a true net Sharpe ratio of 2 over ten years, the best of twenty trials, is scaled', () => {
    expect(shareOf('SCALE', 40, { trials: 20, sharpe: 2 })).toBeGreaterThanOrEqual(0.8);
  });

  it('noise is not', () => {
    expect(shareOf('SCALE', 40, { trials: 20, sharpe: 0 })).toBeLessThanOrEqual(0.05);
  });

  it('nor is the best of 500 variants of noise, judged by all that it was chosen on', () => {
    expect(shareOf('SCALE', 3, { trials: 500, sharpe: 0 })).toBe(0);
  });

  it('an over-fitted search of 500 variants on noise, walked forward, is killed', async () => {
    for (const seed of [1, 2, 3]) {
      const chance = seededChance(seed);
      const variants = Array.from({ length: 500 }, () => normalReturns(BARS, -SLIPPAGE, 0.01, chance));
      const walked = await walkForward({
        dates,
        rule: { kind: 'anchored', trainingBars: 504, testBars: 252, purgeBars: 1, embargoBars: 4 },
        search: gridSearch({ variant: variants.map((_, variant) => variant) }),
        returnsOf: async ({ variant }, spans) => {
          const column = variants[Number(variant)] as Float64Array;
          const [span] = spans;
          return column.subarray(span?.from, span?.to);
        },
      });
      const nothing = new Float64Array(walked.returns.length);
      const sharpes = variants.map((column) => sharpeOf(column));
      const mean = sharpes.reduce((sum, each) => sum + each, 0) / sharpes.length;
      const evidence = gatherEvidence(
        {
          returns: walked.returns,
          cash: nothing,
          benchmark: nothing,
          atDoubleSlippage: walked.returns.map((each) => each - SLIPPAGE),
          barsAYear: 252,
          yearsOutOfSample: walked.returns.length / 252,
          claimedSharpe: 1,
          variants,
          variantBenchmark: new Float64Array(BARS),
          trials: { count: 500, variance: sharpes.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 499, max: 500 },
          trades: 10_000,
          rebalances: 2_000,
          holdout: null,
        },
        { chance, samples: 100, blocks: 10 },
      );
      // What the search showed of its best on all that it saw would have looked like knowledge.
      expect(Math.max(...sharpes) * Math.sqrt(252)).toBeGreaterThan(0.5);
      expect([seed, judge(evidence).verdict]).toEqual([seed, 'KILL']);
    }
  });
});
