// What a backtest of 500 assets costs, rebalanced monthly over twenty years, through the real engine: seconds for its 2.52
// million asset-days, and how that grows with assets and days. Against a bare loop of the same arithmetic on the same columns.
import assert from 'node:assert/strict';
import { backtest } from '../../research/backtest/backtest.ts';
import { USUAL_OPTIONS } from '../../research/backtest/backtest-options.ts';
import { type PriceTable, tableOf } from '../../research/backtest/price-table.ts';
import { subjectOfStrategy } from '../../research/backtest/subject.ts';
import { DEFAULT_OPTIONS } from '../../shared/core/strategy/options.ts';
import type { Bench } from './bench.ts';
import { milliseconds } from './evaluating.ts';
import { bareRebalancing, MONTH_SESSIONS, madeUpColumns } from './made-up-columns.ts';

const ASSETS = 500;
const DAYS = 5_040;

export const bench: Bench = {
  name: 'backtest of 500 assets',
  unit: 'ms',
  floor: 'the same arithmetic in a bare loop',
  // Many, as the floor is short beside what disturbs a machine.
  rounds: 21,
  // 2.52 million asset-days at ten million a second. 15 times the floor are wanted, and 13.1 to 14.8 were measured on a quiet machine; a
  // floor of five milliseconds moves by a fifth on its own, so 15 would fail on some days.
  limits: { subjectMax: 252, ratioMax: 18 },
  prepare: async () => {
    const columns = madeUpColumns(ASSETS, DAYS);
    const subject = (name: string, assets: number, days: number) => {
      const prices = tableOf(
        columns.slice(0, assets).map(({ symbol, dates, closes }) => {
          const until = closes.subarray(0, days);
          return { symbol, dates: days === DAYS ? dates : dates.slice(0, days), closes: until, adjusted: until };
        }),
      );
      return { name, measure: async () => milliseconds(() => monthly(prices)) };
    };
    return {
      subjects: [subject('all', ASSETS, DAYS), subject('half the assets', ASSETS / 2, DAYS), subject('half the days', ASSETS, DAYS / 2)],
      floor: async () => milliseconds(() => bareRebalancing(columns, MONTH_SESSIONS)),
    };
  },
};

function monthly(prices: PriceTable): void {
  const result = backtest(
    subjectOfStrategy({
      name: 'all alike',
      strategy: { kind: 'equal', children: prices.columns.map(({ symbol }) => ({ kind: 'asset', symbol })) },
      rebalance: { kind: 'every', every: 'month' },
      decideOn: 'last-close',
      options: DEFAULT_OPTIONS,
    }),
    prices,
    USUAL_OPTIONS,
  );
  assert.ok(result.kind === 'result' && result.rebalances.length > prices.dates.length / 25, 'it was rebalanced every month');
}
