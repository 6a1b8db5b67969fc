// What returns were worth for their risk. Returns are parts of one a bar; bars a year is the true number, counted from dates.
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { deviationOf, meanOf } from './moments.ts';
import { yearsBetween } from './years.ts';

/** n / years; null for no time. @param from the date before the first bar. */
export function barsAYearOf(bars: number, from: NewYorkDate, to: NewYorkDate): number | null {
  const years = yearsBetween(from, to);
  return years > 0 && bars > 0 ? bars / years : null;
}

/** Π (1 + rᵢ) − 1; null for nothing. */
export function totalReturn(returns: Float64Array): number | null {
  if (returns.length === 0) return null;
  let growth = 1;
  for (let at = 0; at < returns.length; at += 1) growth *= 1 + (returns[at] as number);
  return growth - 1;
}

/** (end / start)^(1 / years) − 1 with years of 365.25 days; null for no time, or for what was lost as a whole. */
export function cagr(growth: number, years: number): number | null {
  return years > 0 && growth > 0 ? growth ** (1 / years) - 1 : null;
}

/** sd(n − 1) · √P. */
export function volatility(returns: Float64Array, barsAYear: number): number | null {
  return scaled(deviationOf(returns), Math.sqrt(barsAYear));
}

/** mean(r − rf) / sd(n − 1) of the excess · √P; null where the excess does not vary. Source: Sharpe (1994). */
export function sharpe(returns: Float64Array, riskFree: Float64Array | number, barsAYear: number): number | null {
  const excess = excessOf(returns, riskFree);
  return scaled(ratio(meanOf(excess), deviationOf(excess)), Math.sqrt(barsAYear));
}

/** √(Σ min(rᵢ − t, 0)² / n), of all n returns, a bar. Source: Sortino and van der Meer (1991). */
export function downsideDeviation(returns: Float64Array, target: Float64Array | number = 0): number | null {
  if (returns.length === 0) return null;
  const excess = excessOf(returns, target);
  let sum = 0;
  for (let at = 0; at < excess.length; at += 1) sum += Math.min(excess[at] as number, 0) ** 2;
  return Math.sqrt(sum / returns.length);
}

/** mean(r − t) / downside deviation · √P; null where nothing fell below the target. */
export function sortino(returns: Float64Array, target: Float64Array | number, barsAYear: number): number | null {
  return scaled(ratio(meanOf(excessOf(returns, target)), downsideDeviation(returns, target)), Math.sqrt(barsAYear));
}

/** Σ max(rᵢ − t, 0) / Σ max(t − rᵢ, 0); null where nothing fell below the target. Source: Keating and Shadwick (2002). */
export function omega(returns: Float64Array, target: number): number | null {
  let [above, below] = [0, 0];
  for (let at = 0; at < returns.length; at += 1) {
    const apart = (returns[at] as number) - target;
    if (apart > 0) above += apart;
    else below -= apart;
  }
  return ratio(above, below);
}

/** rᵢ − rfᵢ: what was earned beyond cash, or beyond a benchmark. @throws RangeError for columns of different lengths. */
export function excessOf(returns: Float64Array, riskFree: Float64Array | number): Float64Array {
  if (typeof riskFree !== 'number' && riskFree.length !== returns.length)
    throw new RangeError(`${returns.length} and ${riskFree.length} bars side by side`);
  return typeof riskFree === 'number'
    ? riskFree === 0
      ? returns
      : returns.map((earned) => earned - riskFree)
    : returns.map((earned, bar) => earned - (riskFree[bar] as number));
}

/** Null where one side is not defined, or the lower is not above zero. */
export function ratio(above: number | null, below: number | null): number | null {
  return above === null || below === null || !(below > 0) ? null : above / below;
}

function scaled(value: number | null, by: number): number | null {
  return value === null ? null : value * by;
}
