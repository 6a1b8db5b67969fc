// A hundred variants of a momentum rotation walked forward over ten folds of fifteen years, on two threads. Against a sweep of the
// same variants: what is left is folds, choices and the way from one choice to the next.
import assert from 'node:assert/strict';
import { USUAL_OPTIONS } from '../../research/backtest/backtest-options.ts';
import { tableOf } from '../../research/backtest/price-table.ts';
import { runSweep } from '../../research/sweep/run-sweep.ts';
import { variantsOf } from '../../research/sweep/vary.ts';
import { gridSearch } from '../../research/validation/walk-forward/search.ts';
import { walkVariants } from '../../research/walk-forward/walk-variants.ts';
import type { Bench } from './bench.ts';
import { madeUpColumns } from './made-up-columns.ts';

const ASSETS = 10;
const DAYS = 3_780;
const VARIANTS = 100;
const FOLDS = 10;
const WORKERS = 2;
const RULE = { kind: 'rolling', trainingBars: 756, testBars: 273, purgeBars: 69, embargoBars: 0 } as const;

export const bench: Bench = {
  name: 'walk-forward of 100 variants over 10 folds',
  unit: 'ms',
  floor: 'a sweep of the same variants',
  rounds: 3,
  limits: { ratioMax: 2 },
  prepare: async () => {
    const columns = madeUpColumns(ASSETS, DAYS);
    const prices = tableOf(columns.map(({ symbol, dates, closes }) => ({ symbol, dates, closes, adjusted: closes })));
    const text = `strategy: Rotation
rebalance: { every: month }
tree: { filter: { top: 1, by: { cumulative-return: 20 }, of: [${columns.map(({ symbol }) => symbol).join(', ')}] } }
`;
    const varies = [
      { path: 'tree.filter.top', values: ['1', '2'] },
      { path: 'tree.filter.by.cumulative-return', values: Array.from({ length: VARIANTS / 2 }, (_, at) => String(20 + at)) },
    ];
    const made = variantsOf(text, varies);
    assert.ok(made.kind === 'variants' && made.count === VARIANTS);
    const { variant } = made;
    const work = { kind: 'strategy', prices, options: USUAL_OPTIONS, variant, workers: WORKERS, isStopped: () => false } as const;
    const timed = async (run: (onRow: () => void) => Promise<unknown>): Promise<number> => {
      let ended = 0;
      const began = performance.now();
      await run(() => {
        ended += 1;
      });
      assert.equal(ended, VARIANTS);
      return performance.now() - began;
    };
    const places = Array.from({ length: VARIANTS }, (_, place) => place);
    return {
      subjects: [
        {
          name: 'two threads',
          measure: async () =>
            timed(async (onRow) => {
              const days = { firstDay: 69, lastDay: DAYS - 1 };
              const walked = await walkVariants({ ...work, ...days, varies, rule: RULE, search: gridSearch, metric: 'sharpe', onRow });
              assert.ok(walked.folds.length >= FOLDS);
            }),
        },
      ],
      floor: async () => timed(async (onRow) => runSweep({ ...work, places, onRow })),
    };
  },
};
