// What `backtest --json` prints: the figures of a result without its columns, which --out writes.
import type { BacktestOptions } from '../../research/backtest/backtest-options.ts';
import { type BacktestResult, COST_KINDS, type CostKind } from '../../research/backtest/backtest-result.ts';
import { type MissingCloses, missingCloses } from '../../research/backtest/missing-closes.ts';
import type { PriceTable } from '../../research/backtest/price-table.ts';
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

export interface Warning {
  readonly code:
    | 'live-override'
    | 'refused-runs'
    | 'missing-closes'
    | 'unpriced-fees'
    | 'no-volumes'
    | 'short-history'
    | 'few-rebalances'
    | 'unsettled-cash';
  readonly detail: string;
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
const YEARS_SHORT = 3;
const REBALANCES_FEW = 30;

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

function warningsOf(
  { refused, unpriced, rebalances, skipped, symbols, trades }: BacktestResult,
  { years }: Metrics,
  prices: PriceTable,
  { costs }: BacktestOptions,
): readonly Warning[] {
  const warnings: Warning[] = [];
  const [first] = refused;
  if (first !== undefined)
    warnings.push({ code: 'refused-runs', detail: `${refused.length} runs traded nothing, first on ${first.date}: ${first.detail}` });
  const holes = missingCloses(prices);
  if (holes.length > 0) warnings.push({ code: 'missing-closes', detail: missingText(holes) });
  const missing = Object.entries(unpriced).filter(([, count]) => count > 0);
  if (missing.length > 0) {
    const told = missing.map(([kind, count]) => `${kind} of ${count} trades`).join(', ');
    warnings.push({ code: 'unpriced-fees', detail: `fees that no table covers on their dates count as nothing: ${told}` });
  }
  const without = symbols.filter((symbol) => prices.columns.some((column) => column.symbol === symbol && column.volumes === undefined));
  if (costs.impact > 0 && without.length > 0)
    warnings.push({
      code: 'no-volumes',
      detail: `no impact is counted where volumes are not known: ${without.slice(0, WORST).join(', ')}`,
    });
  if (years < YEARS_SHORT) warnings.push({ code: 'short-history', detail: `${years.toFixed(1)} years say little of a strategy` });
  if (rebalances.length < REBALANCES_FEW && trades.bar.length > 0)
    warnings.push({ code: 'few-rebalances', detail: `${rebalances.length} rebalances say little of a strategy` });
  const waited = skipped.filter(({ code }) => code === 'unsettled-cash').length;
  if (waited > 0) warnings.push({ code: 'unsettled-cash', detail: `${waited} buys waited, in part or whole, for proceeds to settle` });
  return warnings;
}

function missingText(holes: readonly MissingCloses[]): string {
  const told = holes.slice(0, WORST).map(({ symbol, count, first }) => {
    return count === 1 ? `${symbol} on ${first}` : `${symbol} on ${count} days, the first ${first}`;
  });
  const others = holes.length > WORST ? ` and of ${holes.length - WORST} other symbols` : '';
  return `closes are missing between the first and the last of a symbol: of ${told.join('; of ')}${others}`;
}
