// A backtest for people: the figures that say most, a year a line, the worst falls, and what it cost.
import type { Output } from '../output.ts';
import { textTable } from '../text-table.ts';
import type { BacktestDocument } from './backtest-document.ts';

type Colors = Output['colors'];

export function backtestText(document: BacktestDocument, colors: Colors): string {
  const { name, start, end, runs } = document;
  const title = `${colors.bold(name)} from ${start.date} to ${end.date}`;
  const became = `${dollars(start.equity)} became ${dollars(end.equity)}; ${runs.all} runs, ${runs.traded} of them traded`;
  return [
    `${title}\n${became}`,
    figuresText(document, colors),
    yearsText(document, colors),
    fallsText(document, colors),
    costsText(document, colors),
  ].join('\n\n');
}

function figuresText({ metrics, benchmark }: BacktestDocument, colors: Colors): string {
  const beside = metrics.benchmark;
  const rows: (readonly [string, string, string])[] = [
    ['a year (CAGR)', percent(metrics.cagr), percent(beside?.cagr)],
    ['volatility a year', percent(metrics.volatility), percent(beside?.volatility)],
    ['Sharpe', plain(metrics.sharpe), plain(beside?.sharpe)],
    ['Sortino', plain(metrics.sortino), ''],
    ['Calmar', plain(metrics.calmar), ''],
    ['largest fall', percent(metrics.maxDrawdown), percent(beside?.maxDrawdown)],
    ['longest fall, days', metrics.longestDrawdownDays?.toString() ?? 'undefined', ''],
    ['worst 5 % of days, mean', percent(metrics.expectedShortfall), ''],
    ['invested, mean', percent(metrics.exposure), ''],
    ['turnover a year, one-way', percent(metrics.turnover), ''],
    ['costs a year', percent(metrics.costs, 3), ''],
    ...(beside === null || beside === undefined
      ? []
      : ([
          ['beta, alpha a year', `${plain(beside.beta)}, ${percent(beside.alpha)}`, ''],
          ['correlation', plain(beside.correlation), ''],
        ] as const)),
  ];
  const isAlone = benchmark === null;
  return textTable(
    isAlone ? ['figure', 'value'] : ['figure', 'value', benchmark],
    rows.map((row) => (isAlone ? row.slice(0, 2) : [...row])),
    { left: [0], header: colors.dim },
  );
}

function yearsText({ years }: BacktestDocument, colors: Colors): string {
  const rows = years.map(({ period, return: earned, isWhole }) => [period, percent(earned), isWhole ? '' : 'in part']);
  return textTable(['year', 'return', ''], rows, { left: [0, 2], header: colors.dim });
}

function fallsText({ drawdowns }: BacktestDocument, colors: Colors): string {
  const rows = drawdowns.map(({ depth, from, trough, recovered }) => [percent(depth), from, trough, recovered ?? 'not yet']);
  return textTable(['fall', 'from', 'lowest', 'recovered'], rows, { left: [1, 2, 3], header: colors.dim });
}

function costsText({ costs }: BacktestDocument, colors: Colors): string {
  const rows = Object.entries(costs).map(([kind, paid]) => [kind, dollars(paid)]);
  return textTable(['cost', 'paid'], rows, { left: [0], header: colors.dim });
}

function percent(value: number | null | undefined, digits = 2): string {
  if (value === undefined) return '';
  return value === null ? 'undefined' : `${(100 * value).toFixed(digits)}%`;
}

function plain(value: number | null | undefined): string {
  if (value === undefined) return '';
  return value === null ? 'undefined' : value.toFixed(2);
}

function dollars(value: number): string {
  return `${value.toFixed(2)} USD`;
}
