// The result out of an account that has been lived through: days of the table become bars, and the books are checked.
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { yearsBetween } from '../metrics/years.ts';
import { assertBalanced } from './account.ts';
import { type BacktestResult, COST_KINDS, type CostColumns, type Turnover } from './backtest-result.ts';
import type { LivedRuns } from './live-runs.ts';
import type { PriceTable } from './price-table.ts';

/** @throws AssertionError where a bar does not balance: then nothing of the result could be believed. */
export function resultOf(name: string, { dates }: PriceTable, symbols: readonly string[], lived: LivedRuns): BacktestResult {
  const { account, start, until, log, changes, rebalances, runs, refused, skipped, unpriced, withoutImpact } = lived;
  const barOf = (day: number): number => day - start - 1;
  const bars = (column: Float64Array): Float64Array => column.slice(start + 1, until + 1);
  const cut = <Columns extends Readonly<Record<string, Float64Array>>>(columns: Columns): Columns =>
    Object.fromEntries(Object.entries(columns).map(([kind, column]) => [kind, bars(column)])) as Columns;

  const equity = bars(account.equity);
  const startDate = dates[start] as NewYorkDate;
  // Getting in at the close of the start was paid before the first bar, and there is none before it.
  const equityAtStart = (account.equity[start] as number) + paidOn(account.paid, start);
  const paid = cut(account.paid);
  for (const kind of COST_KINDS) paid[kind][0] = (paid[kind][0] as number) + (account.paid[kind][start] as number);
  const result: BacktestResult = {
    kind: 'result',
    name,
    start: { date: startDate, equity: equityAtStart },
    dates: dates.slice(start + 1, until + 1),
    equity,
    returns: equity.map((now, bar) => now / (bar === 0 ? equityAtStart : (equity[bar - 1] as number)) - 1),
    cash: bars(account.cashOn),
    exposure: bars(account.gross).map((gross, bar) => gross / (equity[bar] as number)),
    riskFree: bars(lived.rates),
    earned: cut({ ...account.earned }),
    paid,
    symbols,
    holdings: {
      fromBar: Int32Array.from(changes, ({ day }) => barOf(day)),
      units: oneAfterAnother(changes, symbols.length),
    },
    trades: log.columns(start),
    rebalances: rebalances.map(({ day, isFirstFunding: _, ...each }) => ({ ...each, bar: barOf(day) })),
    turnover: turnoverOf(rebalances, startDate, dates[until] as NewYorkDate),
    runs,
    refused,
    skipped,
    unpriced,
    withoutImpact,
  };
  assertBalanced(result);
  return result;
}

function oneAfterAnother(changes: LivedRuns['changes'], width: number): Float64Array {
  const all = new Float64Array(changes.length * width);
  for (const [at, { units }] of changes.entries()) all.set(units, at * width);
  return all;
}

function paidOn(paid: CostColumns, day: number): number {
  return COST_KINDS.reduce((sum, kind) => sum + (paid[kind][day] as number), 0);
}

function turnoverOf(rebalances: LivedRuns['rebalances'], from: NewYorkDate, to: NewYorkDate): Turnover {
  const sum = (all: LivedRuns['rebalances']): number => all.reduce((total, { turnover }) => total + turnover, 0);
  const years = yearsBetween(from, to);
  return { total: sum(rebalances), perYear: years > 0 ? sum(rebalances.filter(({ isFirstFunding }) => !isFirstFunding)) / years : null };
}
