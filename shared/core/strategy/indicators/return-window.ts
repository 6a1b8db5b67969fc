// The mean and the spread of the last daily returns. All need one close more than returns.
import { mean } from './mean.ts';
import { logReturns, returns } from './returns.ts';
import { type Divisor, deviation } from './variance.ts';
import { requireCount } from './window.ts';

/**
 * The mean of the last `window` daily returns, in percent a day. Defined from `window` + 1 closes on.
 * Source: Composer's moving-average-return.
 * @throws RangeError when the window is not a whole number of at least 1.
 */
export function movingAverageReturn(close: Float64Array, window: number): Float64Array {
  return multiplied(mean(returns(close), window), 100);
}

/**
 * The standard deviation of the last `window` daily returns, in percent a day, not annualised. Defined from `window` + 1 closes on
 * (the sample's: a window of at least 2).
 * Source: Composer's stdev-return (sample).
 * @throws RangeError when the window is not a whole number of at least 1.
 */
export function returnDeviation(close: Float64Array, window: number, divisor: Divisor = 'sample'): Float64Array {
  return multiplied(deviation(returns(close), window, divisor), 100);
}

/**
 * s·√P·100: the sample standard deviation of the last `window` logarithmic returns, annualised with P = `periodsPerYear` bars a year
 * (252 for sessions, 365 for days of a market that never closes), in percent a year. Defined from `window` + 1 closes on (a window of at
 * least 2).
 * Source: Hull, "Options, Futures, and Other Derivatives", estimating volatility from historical data; TTR's volatility("close").
 * @throws RangeError when the window is not a whole number of at least 1, or `periodsPerYear` is not above 0.
 */
export function realisedVolatility(close: Float64Array, window: number, periodsPerYear = 252): Float64Array {
  requireCount('window', window);
  if (!(periodsPerYear > 0 && Number.isFinite(periodsPerYear)))
    throw new RangeError(`periodsPerYear is ${periodsPerYear}, expected above 0`);
  return multiplied(deviation(logReturns(close), window), Math.sqrt(periodsPerYear) * 100);
}

function multiplied(column: Float64Array, factor: number): Float64Array {
  for (let i = 0; i < column.length; i += 1) column[i] = (column[i] as number) * factor;
  return column;
}
