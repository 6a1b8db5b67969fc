// What symbols earned over a lookback, without its latest sessions where those do not count. It refuses to know what a
// rule makes of it.
import { isDefined } from '../evaluator/defined.ts';
import type { Look } from './ready-made.ts';

export interface PastReturns {
  /** What has to be looked at, from the place `first` of the rule's looks on. */
  readonly looksAt: readonly Look[];
  /** In percent, of the symbol in this place; NaN where undefined. */
  returnOf(values: Float64Array, place: number): number;
  /** The look that leaves the value in this place undefined. */
  missing(values: Float64Array, place: number): number;
}

/** @param span in sessions; (1 + r of the lookback) / (1 + r of the skipped) − 1, `skip` less than the lookback. */
export function pastReturns(
  symbols: readonly string[],
  { lookback, skip }: { readonly lookback: number; readonly skip: number },
  first = 0,
): PastReturns {
  const over = (window: number) => symbols.map((symbol): Look => ({ symbol, metric: { name: 'cumulative-return', window } }));
  const skipped = first + symbols.length;
  return {
    looksAt: skip === 0 ? over(lookback) : [...over(lookback), ...over(skip)],
    returnOf(values, place) {
      const whole = values[first + place] as number;
      return skip === 0 ? whole : ((1 + whole / 100) / (1 + (values[skipped + place] as number) / 100) - 1) * 100;
    },
    missing: (values, place) => (isDefined(values[first + place]) ? skipped + place : first + place),
  };
}
