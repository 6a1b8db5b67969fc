// What `backtest --json` prints: the figures of a result without its columns, which --out writes.
import type { BacktestOptions } from '../../research/backtest/backtest-options.ts';
import { type BacktestResult, COST_KINDS, type CostKind } from '../../research/backtest/backtest-result.ts';
import type { PriceTable } from '../../research/backtest/price-table.ts';
import { type Warning, warningsOf } from '../../research/backtest/warnings.ts';
import { type PeriodReturn, periodReturns } from '../../research/metrics/calendar-returns.ts';
import { drawdownsOf } from '../../research/metrics/drawdowns.ts';
import type { Metrics } from '../../research/metrics/metrics.ts';
import { type Variant, variantsOf } from '../../research/metrics/variants.ts';

export interface BacktestDocument {
  readonly name: string;
  readonly file: string;
  readonly start: BacktestResult['start'];
  readonly end: { readonly date: string; readonly equity: number };
  readonly options: Readonly<Record<string, unknown>>;
  readonly benchmark: string | null;
  readonly metrics: Metrics;
  readonly variants: readonly Variant[];
  /** In dollars, over all bars. */
  readonly costs: Readonly<Record<CostKind, number>>;
  readonly years: readonly PeriodReturn[];
  readonly drawdowns: readonly DrawdownDocument[];
  readonly runs: { readonly all: number; readonly traded: number; readonly refused: number };
  readonly refused: BacktestResult['refused'];
  readonly warnings: readonly Warning[];
}

interface DrawdownDocument {
  readonly depth: number;
  readonly from: string;
  readonly trough: string;
  readonly recovered: string | null;
}

interface DocumentInputs {
  readonly file: string;
  readonly prices: PriceTable;
  readonly options: BacktestOptions;
  readonly benchmark: string | undefined;
  /** What is doubtful whatever the backtest shows. */
  readonly known: readonly Warning[];
}

const CENT = 0.01;
const WORST = 5;

export function backtestDocument(
  result: BacktestResult,
  metrics: Metrics,
  { file, prices, options, benchmark, known }: DocumentInputs,
): BacktestDocument {
  const { start, dates, equity, paid, refused, rebalances, runs } = result;
  const dateOf = (bar: number): string => (bar < 0 ? start.date : (dates[bar] as string));
  const { cash, ...others } = options;
  return {
    name: result.name,
    file,
    // What was paid at its close was put back, and that in floats; nothing else changes the cash asked for.
    start: { ...start, equity: Math.abs(start.equity - options.equity) < CENT ? options.equity : start.equity },
    end: { date: dateOf(dates.length - 1), equity: equity.at(-1) ?? start.equity },
    options: { ...others, cash: cash.kind === 'annual' ? cash : { kind: 'daily', first: cash.dates[0], last: cash.dates.at(-1) } },
    benchmark: benchmark ?? null,
    metrics,
    variants: variantsOf(result),
    costs: Object.fromEntries(COST_KINDS.map((kind) => [kind, paid[kind].reduce((sum, each) => sum + each, 0)])) as Record<
      CostKind,
      number
    >,
    years: periodReturns(dates, result.returns, 'year'),
    drawdowns: [...drawdownsOf(equity, start.equity)]
      .sort((a, b) => b.depth - a.depth)
      .slice(0, WORST)
      .map(({ depth, peak, trough, recovered }) => ({
        depth,
        from: dateOf(peak),
        trough: dateOf(trough),
        recovered: recovered === null ? null : dateOf(recovered),
      })),
    runs: { all: runs, traded: rebalances.length, refused: refused.length },
    refused,
    warnings: [...known, ...warningsOf(result, metrics, prices, options)],
  };
}
