// A sweep of 1,000 variants of a momentum rotation over ten assets and fifteen years, on two threads. Against a bare loop that
// rebalances the same columns as often.
import assert from 'node:assert/strict';
import { USUAL_OPTIONS } from '../../research/backtest/backtest-options.ts';
import { tableOf } from '../../research/backtest/price-table.ts';
import { runSweep } from '../../research/sweep/run-sweep.ts';
import { variantsOf } from '../../research/sweep/vary.ts';
import type { Bench } from './bench.ts';
import { milliseconds } from './evaluating.ts';
import { bareRebalancing, MONTH_SESSIONS, madeUpColumns } from './made-up-columns.ts';

const ASSETS = 10;
const DAYS = 3_780;
const VARIANTS = 1_000;
const WORKERS = 2;

export const bench: Bench = {
  name: 'sweep of 1,000 variants',
  unit: 'ms',
  floor: 'as many rebalanced columns in a bare loop',
  rounds: 3,
  limits: { subjectMax: 20_000 },
  prepare: async () => {
    const columns = madeUpColumns(ASSETS, DAYS);
    const prices = tableOf(columns.map(({ symbol, dates, closes }) => ({ symbol, dates, closes, adjusted: closes })));
    const text = `strategy: Rotation
rebalance: { every: month }
tree: { filter: { top: 1, by: { cumulative-return: 20 }, of: [${columns.map(({ symbol }) => symbol).join(', ')}] } }
`;
    const made = variantsOf(text, [
      { path: 'tree.filter.top', values: ['1', '2', '3', '4', '5'] },
      { path: 'tree.filter.by.cumulative-return', values: Array.from({ length: VARIANTS / 5 }, (_, at) => String(20 + at)) },
    ]);
    assert.ok(made.kind === 'variants' && made.count === VARIANTS);
    const { variant } = made;
    const places = Array.from({ length: VARIANTS }, (_, place) => place);
    const swept = async (): Promise<number> => {
      let ended = 0;
      const began = performance.now();
      await runSweep({
        ...{ kind: 'strategy', prices, options: USUAL_OPTIONS, variant, places, workers: WORKERS, isStopped: () => false },
        onRow: ({ outcome }) => {
          ended += outcome.kind === 'result' ? 1 : 0;
        },
      });
      assert.equal(ended, VARIANTS);
      return performance.now() - began;
    };
    return {
      subjects: [{ name: 'two threads', measure: swept }],
      floor: async () =>
        milliseconds(() => {
          for (let variants = 0; variants < VARIANTS; variants += 1) bareRebalancing(columns, MONTH_SESSIONS);
        }),
    };
  },
};
