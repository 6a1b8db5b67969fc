// A variant lived through once, from the first bar to the last: what it earned on every bar, and what it held where a test begins.
// What it did up to a bar does not depend on what comes after (a law of the backtest), so one life serves every fold.
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { BacktestOptions } from '../backtest/backtest-options.ts';
import type { BacktestResult } from '../backtest/backtest-result.ts';
import { dailyWeights } from '../backtest/daily-weights.ts';
import type { PriceTable } from '../backtest/price-table.ts';
import { measureVariant, type RanVariant, type SweptKind } from '../sweep/run-variant.ts';
import type { Variant } from '../sweep/vary.ts';

/** Days of the price table: at the close of the first everything begins, its bars are those after it, up to the last. */
export interface Axis {
  readonly firstDay: number;
  readonly lastDay: number;
  /** Bars, at the close before which it is asked what was held: where tests begin. */
  readonly testsFrom: readonly number[];
}

/** By symbol, parts of one; what they lack to one is cash. */
export type HeldWeights = Readonly<Record<string, number>>;

export interface VariantLife {
  /** Net, less cash, one for each bar of the axis; 0 before its first run, when it holds cash. */
  readonly excess: Float64Array;
  /** For each test. */
  readonly held: readonly HeldWeights[];
}

export interface LivedVariant extends RanVariant {
  /** Undefined of a variant that is refused. */
  readonly life: VariantLife | undefined;
}

export function liveVariant(kind: SweptKind, variant: Variant, prices: PriceTable, options: BacktestOptions, axis: Axis): LivedVariant {
  const { dates } = prices;
  const within = { ...options, from: dates[axis.firstDay] as NewYorkDate, to: dates[axis.lastDay] as NewYorkDate };
  const { ran, result } = measureVariant(kind, variant, prices, within);
  return { ...ran, life: result === undefined ? undefined : lifeOf(ran.excess, result, prices, options, axis) };
}

function lifeOf(own: Float64Array, result: BacktestResult, prices: PriceTable, { dividends }: BacktestOptions, axis: Axis): VariantLife {
  // Where the first run fills at an open, a bar lies before the axis; where it comes later, bars are missing at its beginning.
  const late = prices.dates.indexOf(result.start.date) - axis.firstDay;
  const excess = new Float64Array(axis.lastDay - axis.firstDay);
  for (let bar = Math.max(0, late); bar < excess.length; bar += 1) excess[bar] = own[bar - late] as number;
  const weights = dailyWeights(result, prices, dividends);
  const held = axis.testsFrom.map((test) => {
    const bar = test - 1 - late;
    const kept = result.symbols.map((symbol, place) => [symbol, weights[place]?.[bar] ?? 0] as const);
    return Object.fromEntries(kept.filter(([, weight]) => weight !== 0));
  });
  return { excess, held };
}
