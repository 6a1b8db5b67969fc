// The same figures as other programs define them, to be shown beside ours and never instead.
import type { BacktestResult } from '../backtest/backtest-result.ts';
import type { Metrics } from './metrics.ts';
import { deviationOf, meanOf } from './moments.ts';
import { cagr, excessOf, ratio, totalReturn } from './ratios.ts';

export interface OtherDefinition {
  readonly metric: keyof Metrics;
  readonly program: 'QuantStats' | 'LEAN';
  readonly definition: string;
  readonly value: number | null;
}

const BARS = 252;
/** The 5 % quantile of the standard normal distribution. */
const Z_05 = -1.6448536269514722;

/** Source: QuantStats' stats.py and LEAN's PortfolioStatistics and Statistics, as they were in 2025. */
export function otherDefinitions({
  returns,
  riskFree,
  exposure,
}: Pick<BacktestResult, 'returns' | 'riskFree' | 'exposure'>): readonly OtherDefinition[] {
  const [mean, deviation] = [meanOf(returns), deviationOf(returns)];
  const excess = excessOf(returns, riskFree);
  const rate = meanOf(riskFree) ?? 0;
  const annualDeviation = deviation === null ? null : deviation * Math.sqrt(BARS);
  const annualExcess = mean === null ? null : (1 + mean) ** BARS - 1 - rate * BARS;
  const negatives = deviationOf(returns.filter((each) => each < 0));
  return [
    {
      metric: 'sharpe',
      program: 'QuantStats',
      definition: 'mean(r − rf) / sd · √252',
      value: times(ratio(meanOf(excess), deviationOf(excess)), Math.sqrt(BARS)),
    },
    {
      metric: 'sharpe',
      program: 'LEAN',
      definition: '((1 + mean)^252 − 1 − rf) / annual sd',
      value: ratio(annualExcess, annualDeviation),
    },
    {
      metric: 'sortino',
      program: 'LEAN',
      definition: '((1 + mean)^252 − 1 − rf) / annual sd of the negative returns',
      value: ratio(annualExcess, times(negatives, Math.sqrt(BARS))),
    },
    { metric: 'cagr', program: 'QuantStats', definition: 'years of 252 bars', value: grown(returns) },
    {
      metric: 'valueAtRisk',
      program: 'QuantStats',
      definition: 'mean − 1.645 sd, as if returns were normal',
      value: mean === null || deviation === null ? null : mean + Z_05 * deviation,
    },
    {
      metric: 'exposure',
      program: 'QuantStats',
      definition: 'share of the days with a return, rounded up to a percent',
      value: exposure.length === 0 ? null : Math.ceil((100 * returns.filter((each) => each !== 0).length) / returns.length) / 100,
    },
  ];
}

function grown(returns: Float64Array): number | null {
  const total = totalReturn(returns);
  return total === null ? null : cagr(1 + total, returns.length / BARS);
}

function times(value: number | null, by: number): number | null {
  return value === null ? null : value * by;
}
