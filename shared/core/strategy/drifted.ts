// Where weights have drifted to when nothing was traded: each symbol by its own return, cash unmoved. What is short is owed,
// so its return is taken from the whole. It refuses to know whether what came of it may be held.
import type { NewYorkDate } from '../values/time.ts';
import type { Undefined } from './evaluate.ts';
import type { History } from './history.ts';
import { quantised } from './quantised.ts';
import type { TargetWeights } from './weights.ts';

export type Drifted = { readonly kind: 'weights'; readonly targets: TargetWeights } | Undefined;

/**
 * From the close of `on`, or of a symbol that has none there the last one before it, to the close of `asOf`. A symbol
 * without a close on `asOf` makes it undefined: a guess would buy or sell the difference to what it is worth.
 * @param history closes from `on` at the latest to `asOf`, in the prices that the strategy decides on.
 */
export function driftedFrom(targets: TargetWeights, on: NewYorkDate, history: History, asOf: NewYorkDate): Drifted {
  return driftedBy(targets, on, asOf, (symbol) => {
    const column = history.columns.find((each) => each.symbol === symbol);
    return {
      before: column?.closes[column.dates.findLastIndex((date) => date <= on)],
      now: column?.closes[column.dates.indexOf(asOf)],
    };
  });
}

export interface ClosesApart {
  /** The last close up to the rebalance. */
  readonly before: number | undefined;
  /** That of the day that is asked for, where it has one. */
  readonly now: number | undefined;
}

/** The same from wherever closes are kept. */
export function driftedBy(targets: TargetWeights, on: NewYorkDate, asOf: NewYorkDate, closesOf: (symbol: string) => ClosesApart): Drifted {
  // On the session of the rebalance itself there is no drift, and of it no close yet.
  if (asOf < on) return { kind: 'weights', targets };
  const values = new Map<string, number>();
  for (const { symbol, weight } of targets.weights) {
    const { before, now } = closesOf(symbol);
    if (!isPrice(before)) return undefinedClose(symbol, `it has none up to ${on}, when the weights were last rebalanced`);
    if (!isPrice(now)) return undefinedClose(symbol, `it has none on ${asOf}`);
    values.set(symbol, (Number(weight) * now) / before);
  }
  const whole = [...values.values()].reduce((sum, value) => sum + value, Number(targets.cash));
  if (!(whole > 0)) return undefinedClose(targets.weights[0]?.symbol ?? 'cash', `what was held since ${on} is worth nothing by it`);
  return { kind: 'weights', targets: quantised(new Map([...values].map(([symbol, value]) => [symbol, value / whole]))) };
}

function undefinedClose(symbol: string, detail: string): Undefined {
  return { kind: 'undefined', symbol, metric: 'close', detail: `is undefined or of no use: ${detail}` };
}

function isPrice(close: number | undefined): close is number {
  return close !== undefined && Number.isFinite(close) && close > 0;
}
