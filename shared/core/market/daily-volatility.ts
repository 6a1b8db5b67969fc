// How much a symbol moves from close to close, of its latest sessions. It refuses to know what that is used for.
import type { NewYorkDate } from '../values/time.ts';
import type { Ppm } from '../values/weight.ts';

/** A month of sessions. */
export const VOLATILITY_RETURNS = 20;

/**
 * Sample standard deviation of the simple returns between `sessions`, to the nearest part per million.
 * @param sessions consecutive, ascending; one more than there are returns.
 * @returns undefined unless there is a close above zero on every one of them, and they differ: a gap would look like calm
 * or like a jump, and a price that never moves is a feed that stands still.
 */
export function dailyVolatility(
  dates: readonly NewYorkDate[],
  closes: readonly number[],
  sessions: readonly NewYorkDate[],
): Ppm | undefined {
  const first = dates.length - sessions.length;
  if (sessions.length < 3 || first < 0 || sessions.some((date, place) => dates[first + place] !== date)) return undefined;
  const returns: number[] = [];
  for (let place = first + 1; place < closes.length; place += 1) {
    const [before = 0, after = 0] = [closes[place - 1], closes[place]];
    if (!(before > 0 && after > 0)) return undefined;
    returns.push(after / before - 1);
  }
  const mean = returns.reduce((sum, each) => sum + each, 0) / returns.length;
  const variance = returns.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (returns.length - 1);
  const volatility = BigInt(Math.round(Math.sqrt(variance) * 1_000_000));
  return volatility === 0n ? undefined : volatility;
}
