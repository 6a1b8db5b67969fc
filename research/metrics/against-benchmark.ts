// Returns beside those of a benchmark on the same bars.
import { deviationOf, meanOf } from './moments.ts';
import { excessOf, ratio } from './ratios.ts';

/** cov(r, b) / var(b), both of the sample; null where the benchmark does not vary. */
export function betaOf(returns: Float64Array, benchmark: Float64Array): number | null {
  const [mean, other] = [meanOf(returns), meanOf(benchmark)];
  if (mean === null || other === null || returns.length < 2) return null;
  let [together, apart] = [0, 0];
  for (let bar = 0; bar < returns.length; bar += 1) {
    const by = (benchmark[bar] as number) - other;
    together += ((returns[bar] as number) - mean) * by;
    apart += by * by;
  }
  return Math.sqrt(apart / returns.length) > NOISE ? together / apart : null;
}

const NOISE = 1e-15;

/** (1 + mean(r − rf) − β · mean(b − rf))^P − 1, a year. Source: Jensen (1968), compounded. */
export function alphaOf(returns: Float64Array, benchmark: Float64Array, riskFree: Float64Array | number, barsAYear: number): number | null {
  const [own, others] = [excessOf(returns, riskFree), excessOf(benchmark, riskFree)];
  const beta = betaOf(own, others);
  const [mean, other] = [meanOf(own), meanOf(others)];
  return beta === null || mean === null || other === null ? null : (1 + mean - beta * other) ** barsAYear - 1;
}

/** The correlation of Pearson; null where either does not vary. */
export function correlationOf(returns: Float64Array, benchmark: Float64Array): number | null {
  const beta = betaOf(returns, benchmark);
  const relative = ratio(deviationOf(benchmark), deviationOf(returns));
  return beta === null || relative === null ? null : beta * relative;
}

/** sd(r − b) · √P. */
export function trackingError(returns: Float64Array, benchmark: Float64Array, barsAYear: number): number | null {
  const deviation = deviationOf(excessOf(returns, benchmark));
  return deviation === null ? null : deviation * Math.sqrt(barsAYear);
}

/** mean(r − b) / sd(r − b) · √P. Source: Goodwin (1998). */
export function informationRatio(returns: Float64Array, benchmark: Float64Array, barsAYear: number): number | null {
  const excess = excessOf(returns, benchmark);
  const each = ratio(meanOf(excess), deviationOf(excess));
  return each === null ? null : each * Math.sqrt(barsAYear);
}

/**
 * Compound return of the bars on which the benchmark rose (or fell), a year, as a part of the benchmark's own; null where
 * there are none, or the benchmark's is zero. Source: Morningstar's upside and downside capture.
 */
export function capture(returns: Float64Array, benchmark: Float64Array, side: 'up' | 'down', barsAYear: number): number | null {
  let [own, other, bars] = [1, 1, 0];
  for (let bar = 0; bar < returns.length; bar += 1) {
    const by = benchmark[bar] as number;
    if (side === 'up' ? !(by > 0) : !(by < 0)) continue;
    own *= 1 + (returns[bar] as number);
    other *= 1 + by;
    bars += 1;
  }
  if (bars === 0 || other === 1) return null;
  return (own ** (barsAYear / bars) - 1) / (other ** (barsAYear / bars) - 1);
}
