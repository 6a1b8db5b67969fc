// One variant: its text read, backtested and measured. The same answer in this process, on another thread and in a Lambda.
import { createHash } from 'node:crypto';
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import type { Problem } from '../../shared/contracts/problem.ts';
import { readAnyStrategy } from '../../shared/contracts/strategy-file/read-strategy.ts';
import { sleeveOfFile } from '../../shared/contracts/strategy-file/sleeve-of-file.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { backtest } from '../backtest/backtest.ts';
import type { BacktestOptions } from '../backtest/backtest-options.ts';
import type { BacktestResult } from '../backtest/backtest-result.ts';
import type { PriceTable } from '../backtest/price-table.ts';
import { type Subject, subjectOfPolicy, subjectOfStrategy } from '../backtest/subject.ts';
import { metricsOf } from '../metrics/metrics.ts';
import { excessOf } from '../metrics/ratios.ts';
import type { Variant } from './vary.ts';

export type SweptKind = 'strategy' | 'portfolio';

/** What a sweep keeps of a metric set. */
export const SWEPT_METRICS = ['cagr', 'volatility', 'sharpe', 'sortino', 'calmar', 'maxDrawdown', 'turnover', 'costs'] as const;
export type SweptMetric = (typeof SWEPT_METRICS)[number];

export interface VariantRow extends Pick<Variant, 'place' | 'values'> {
  /** SHA-256 of its text: what a verdict is bound to. */
  readonly variant: string;
  readonly outcome:
    | {
        readonly kind: 'result';
        readonly start: NewYorkDate;
        readonly end: NewYorkDate;
        readonly metrics: Readonly<Record<SweptMetric, number | null>>;
        /** SHA-256 of its daily returns: equal where two variants did the same. */
        readonly returns: string;
      }
    /** A variant that cannot be is a trial all the same. */
    | { readonly kind: 'refused'; readonly detail: string };
}

export interface RanVariant {
  readonly row: VariantRow;
  /** Daily returns less those of cash; none of a refused one. */
  readonly excess: Float64Array;
}

export type ReadVariant =
  | { readonly kind: 'subject'; readonly subject: Subject }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** Nothing beside the text is opened: what it names was put into it before. */
export function readVariant(kind: SweptKind, text: string): ReadVariant {
  if (kind === 'portfolio') {
    const read = parsePortfolioFile(text, 'variant.yaml');
    return read.kind === 'refused' ? read : { kind: 'subject', subject: subjectOfPolicy(read.policy) };
  }
  const read = readAnyStrategy(text, 'variant.yaml');
  if (read.kind === 'refused') return read;
  return { kind: 'subject', subject: subjectOfStrategy(sleeveOfFile(read.strategy)) };
}

/** What it was measured by, and what it did: undefined of a refused one. */
export interface MeasuredVariant {
  readonly ran: RanVariant;
  readonly result: BacktestResult | undefined;
}

export function runVariant(kind: SweptKind, variant: Variant, prices: PriceTable, options: BacktestOptions): RanVariant {
  return measureVariant(kind, variant, prices, options).ran;
}

export function measureVariant(
  kind: SweptKind,
  { place, values, text }: Variant,
  prices: PriceTable,
  options: BacktestOptions,
): MeasuredVariant {
  const ran = (outcome: VariantRow['outcome'], excess: Float64Array = new Float64Array(0)): RanVariant => ({
    row: { place, values, variant: hashOf(text), outcome },
    excess,
  });
  const refused = (detail: string): MeasuredVariant => ({ ran: ran({ kind: 'refused', detail }), result: undefined });
  const read = readVariant(kind, text);
  if (read.kind === 'refused') {
    const [first] = read.problems;
    // A text among the values is quoted already.
    return refused(`${first?.path ?? ''}: ${first?.value ?? ''}, expected ${first?.expected ?? ''}`);
  }
  const result = backtest(read.subject, prices, options);
  if (result.kind === 'refused') return refused(`${result.code}: ${result.detail}`);
  const metrics = metricsOf(result);
  const { start, dates, returns, riskFree } = result;
  const kept = Object.fromEntries(SWEPT_METRICS.map((metric) => [metric, metrics[metric]])) as Record<SweptMetric, number | null>;
  const hash = hashOf(new Uint8Array(returns.buffer, returns.byteOffset, returns.byteLength));
  return {
    ran: ran(
      { kind: 'result', start: start.date, end: dates.at(-1) ?? start.date, metrics: kept, returns: hash },
      excessOf(returns, riskFree),
    ),
    result,
  };
}

function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
