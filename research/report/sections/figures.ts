// Every figure with its definition, and beside it what other programs would have said.

import { otherDefinitions } from '../../metrics/definitions.ts';
import type { BenchmarkMetrics, Metrics } from '../../metrics/metrics.ts';
import { dataTable } from '../data-table.ts';
import { count, percent, plain, smallPercent } from '../figure-text.ts';
import { type Html, html } from '../html.ts';
import type { Sheet } from '../sheet.ts';
import type { Section } from './section.ts';

type Shown = 'part' | 'small' | 'plain' | 'count' | 'days';
type Row = readonly [key: keyof Metrics, name: string, shown: Shown, definition: string];

const GROUPS: readonly (readonly [string, readonly Row[]])[] = [
  [
    'Return',
    [
      ['totalReturn', 'Return over all', 'part', 'end / start − 1'],
      ['cagr', 'Return a year (CAGR)', 'part', '(end / start)^(365.25 / days) − 1'],
      ['bestDay', 'Best day', 'part', ''],
      ['worstDay', 'Worst day', 'part', ''],
      ['bestMonth', 'Best month', 'part', 'of the calendar'],
      ['worstMonth', 'Worst month', 'part', 'of the calendar'],
      ['bestYear', 'Best year', 'part', 'of the calendar'],
      ['worstYear', 'Worst year', 'part', 'of the calendar'],
      ['winningDays', 'Days that gained', 'part', 'of those that gained or lost'],
      ['winningMonths', 'Months that gained', 'part', 'of those that gained or lost'],
      ['winningYears', 'Years that gained', 'part', 'of those that gained or lost'],
    ],
  ],
  [
    'Risk',
    [
      ['volatility', 'Volatility a year', 'part', 'sd(n − 1) · √P'],
      ['downsideDeviation', 'Downside deviation a year', 'part', '√(Σ min(r, 0)² / n) · √P'],
      ['maxDrawdown', 'Largest fall', 'part', '1 − lowest / highest before'],
      ['longestDrawdownDays', 'Longest fall', 'days', 'from a high until it was reached again'],
      ['ulcerIndex', 'Ulcer index', 'part', '√(Σ fall² / n)'],
      ['painIndex', 'Pain index', 'part', 'Σ fall / n'],
      ['valueAtRisk', 'Value at risk, 95 %', 'part', 'historical, one bar'],
      ['expectedShortfall', 'Expected shortfall, 95 %', 'part', 'mean of the worst 5 %, one bar'],
      ['skewness', 'Skewness', 'plain', 'of the sample'],
      ['excessKurtosis', 'Excess kurtosis', 'plain', 'of the sample; a normal has 0'],
      ['tailRatio', 'Tail ratio', 'plain', '|95 % quantile| / |5 % quantile|'],
    ],
  ],
  [
    'Return for risk',
    [
      ['sharpe', 'Sharpe ratio', 'plain', 'mean(r − rf) / sd(n − 1) · √P'],
      ['sortino', 'Sortino ratio', 'plain', 'mean(r − rf) / √(Σ min(r − rf, 0)² / n) · √P'],
      ['calmar', 'Calmar ratio', 'plain', 'CAGR / largest fall'],
      ['omega', 'Omega ratio', 'plain', 'Σ gains / Σ losses about 0'],
      ['recoveryFactor', 'Recovery factor', 'plain', 'return over all / largest fall'],
      ['profitFactor', 'Profit factor', 'plain', 'Σ gains / Σ losses'],
      ['gainToPain', 'Gain to pain', 'plain', 'Σ r / Σ losses'],
      ['payoff', 'Payoff', 'plain', 'mean gain / mean loss, a day'],
      ['kelly', 'Kelly fraction', 'part', 'p − (1 − p) / payoff'],
    ],
  ],
  [
    'Trading',
    [
      ['exposure', 'Exposure', 'part', 'the mean invested part'],
      ['turnover', 'Turnover a year', 'part', '½ Σ |Δw|, without the first funding'],
      ['costs', 'Costs a year', 'small', 'of the mean equity'],
      ['rebalances', 'Rebalances', 'count', ''],
      ['trades', 'Trades', 'count', ''],
      ['bars', 'Bars', 'count', ''],
      ['barsAYear', 'Bars a year, P', 'plain', 'counted from dates'],
    ],
  ],
];

const BESIDE: readonly (readonly [keyof BenchmarkMetrics, string, Shown, string])[] = [
  ['alpha', 'Alpha a year', 'part', 'Jensen, compounded'],
  ['beta', 'Beta', 'plain', 'cov(r, b) / var(b)'],
  ['correlation', 'Correlation', 'plain', 'Pearson'],
  ['rSquared', 'R²', 'plain', 'correlation²'],
  ['trackingError', 'Tracking error a year', 'part', 'sd(r − b) · √P'],
  ['informationRatio', 'Information ratio', 'plain', 'mean(r − b) / sd(r − b) · √P'],
  ['upCapture', 'Capture of rises', 'part', 'compounded, on days that the benchmark rose'],
  ['downCapture', 'Capture of falls', 'part', 'compounded, on days that the benchmark fell'],
];

export function figuresSection(sheet: Sheet): Section {
  return {
    id: 'figures',
    word: 'Figures',
    title: 'All figures',
    body: html`<div class="columns">${GROUPS.map((group) => groupTable(sheet, group))}${besideTable(sheet)}</div>${variantTable(sheet)}`,
  };
}

function groupTable({ metrics, benchmark }: Sheet, [title, rows]: (typeof GROUPS)[number]): Html {
  const theirs = metrics.benchmark;
  const isBeside = benchmark !== undefined && theirs !== null && rows.some(([key]) => key in theirs);
  return dataTable({
    caption: title,
    isCaptionShown: true,
    heads: ['Figure', 'Value', ...(isBeside ? [benchmark.symbol] : [])],
    rows: rows.map(([key, name, shown, definition]) => [
      named(name, definition),
      text(metrics[key] as number | null, shown),
      ...(isBeside ? [key in theirs ? text(theirs[key as keyof BenchmarkMetrics], shown) : ''] : []),
    ]),
  });
}

function besideTable({ metrics, benchmark }: Sheet): Html | null {
  const theirs = metrics.benchmark;
  if (benchmark === undefined || theirs === null) return null;
  return dataTable({
    caption: `Beside ${benchmark.symbol}`,
    isCaptionShown: true,
    heads: ['Figure', 'Value'],
    rows: BESIDE.map(([key, name, shown, definition]) => [named(name, definition), text(theirs[key], shown)]),
  });
}

function variantTable({ metrics, result }: Sheet): Html {
  const all = GROUPS.flatMap(([, rows]) => rows);
  return dataTable({
    caption: 'The same figures as other programs define them',
    isCaptionShown: true,
    heads: ['Figure', 'Here', 'There', 'Program', 'Its definition'],
    texts: [3, 4],
    rows: otherDefinitions(result).map(({ metric, program, definition, value }) => {
      const [, name = metric, shown = 'plain'] = all.find(([key]) => key === metric) ?? [];
      return [name, text(metrics[metric] as number | null, shown), text(value, shown), program, definition];
    }),
  });
}

function named(name: string, definition: string): Html {
  return html`${name}${definition === '' ? null : html`<small>${definition}</small>`}`;
}

function text(value: number | null, shown: Shown): string {
  if (shown === 'part') return percent(value);
  if (shown === 'small') return smallPercent(value);
  if (shown === 'plain' || value === null) return plain(value);
  return shown === 'days' ? `${count(value)} days` : count(value);
}
