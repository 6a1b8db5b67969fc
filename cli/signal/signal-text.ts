// Weights, and where asked for the steps that led to them, for a person.
import type { PriceAdjustment } from '../../shared/core/market/bar.ts';
import type { Trace } from '../../shared/core/strategy/evaluator/trace.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { Output } from '../output.ts';
import { textTable } from '../text-table.ts';
import { visibleText } from '../visible-text.ts';
import { traceText } from './trace-text.ts';

const WHICH_CLOSES: Readonly<Record<PriceAdjustment, string>> = {
  adjusted: '(prices are adjusted closes where the files have them)',
  'split-adjusted': '(prices are closes as the files have them, dividends not counted back)',
};

/** @param prices what the closes that were looked at are adjusted for. */
export function signalText(
  name: string,
  asOf: NewYorkDate,
  trace: Trace,
  prices: PriceAdjustment,
  isExplained: boolean,
  colors: Output['colors'],
): string {
  const { weights, cash } = trace;
  const rows = Object.entries(weights ?? {}).map(([symbol, weight]) => [symbol, percentOf(weight)]);
  const table = textTable(['symbol', 'weight'], [...rows, ['cash', percentOf(cash ?? 0)]], { left: [0], header: colors.dim });
  const title = `${colors.bold(visibleText(name))} at the close of ${asOf}`;
  const sections = [title, weights === null ? 'no weights: something on the taken path is undefined' : table];
  if (isExplained) sections.push(`${colors.bold('Why')} ${colors.dim(WHICH_CLOSES[prices])}\n${traceText(trace, colors)}`);
  return sections.join('\n\n');
}

function percentOf(weight: number): string {
  return `${(weight * 100).toFixed(2)}%`;
}
