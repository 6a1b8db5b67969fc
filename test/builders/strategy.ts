// Strategies and histories in as few words as a test needs.
import type { History } from '../../shared/core/strategy/history.ts';
import type { RebalanceRule, Tree } from '../../shared/core/strategy/tree.ts';
import { addDays, type NewYorkDate } from '../../shared/core/values/time.ts';
import { percent } from '../../shared/core/values/weight.ts';

export const CASH: Tree = { kind: 'cash' };

/** As a sleeve that says nothing of it is rebalanced. */
export const EVERY_RUN: RebalanceRule = { kind: 'every', every: 'day' };

export function asset(symbol: string): Tree {
  return { kind: 'asset', symbol };
}

/** `specified(['60%', asset('SPY')], ['40%', asset('AGG')])`. */
export function specified(...children: readonly (readonly [string, Tree])[]): Tree {
  return { kind: 'specified', children: children.map(([weight, child]) => ({ weight: percent(weight), child })) };
}

export function equal(...children: readonly Tree[]): Tree {
  return { kind: 'equal', children };
}

export function inverseVolatility(window: number, ...children: readonly Tree[]): Tree {
  return { kind: 'inverse-volatility', window, children };
}

/** `volatilityTarget('10%', 20, asset('SPY'))`. */
export function volatilityTarget(annual: string, window: number, child: Tree): Tree {
  return { kind: 'volatility-target', annual: percent(annual), window, child };
}

export const FIRST_CLOSE: NewYorkDate = '2026-01-05';

/** The date of the close in this place of `someHistory`. */
export function dateAt(place: number): NewYorkDate {
  return addDays(FIRST_CLOSE, place);
}

/** One close a day from `FIRST_CLOSE` on. */
export function someHistory(closes: Readonly<Record<string, readonly number[]>>): History {
  const columns = Object.entries(closes).map(([symbol, each]) => ({ symbol, dates: each.map((_, place) => dateAt(place)), closes: each }));
  return { anchor: FIRST_CLOSE, columns };
}

/** Every bar reaches so far above and below its close. */
export function reaching(reach: (close: number) => number, { anchor, columns }: History): History {
  return {
    anchor,
    columns: columns.map((column) => ({
      ...column,
      highs: column.closes.map((close) => close + reach(close)),
      lows: column.closes.map((close) => close - reach(close)),
    })),
  };
}
