// What a fold may choose by: how good returns are, a year, larger the better; NaN where that is not defined.
import { maxDrawdown } from '../metrics/drawdowns.ts';
import { cagr, ratio, sharpe, sortino, totalReturn } from '../metrics/ratios.ts';

export type ChoiceMetric = 'sharpe' | 'sortino' | 'calmar' | 'cagr';

/** @param excess net returns less cash, a bar. @param barsAYear the true number. */
export function choiceScore(metric: ChoiceMetric, excess: Float64Array, barsAYear: number): number {
  return metricOf(metric, excess, barsAYear) ?? Number.NaN;
}

function metricOf(metric: ChoiceMetric, excess: Float64Array, barsAYear: number): number | null {
  switch (metric) {
    case 'sharpe':
      return sharpe(excess, 0, barsAYear);
    case 'sortino':
      return sortino(excess, 0, barsAYear);
    case 'cagr':
      return grown(excess, barsAYear);
    case 'calmar':
      return ratio(grown(excess, barsAYear), maxDrawdown(equityOf(excess), 1));
  }
}

function grown(returns: Float64Array, barsAYear: number): number | null {
  const total = totalReturn(returns);
  return total === null ? null : cagr(1 + total, returns.length / barsAYear);
}

/** Of one dollar, at each close. */
export function equityOf(returns: Float64Array): Float64Array {
  let held = 1;
  return returns.map((earned) => (held *= 1 + earned));
}
