// What trading and holding cost, by kind and year, and how start, gains and costs add up to the end.
import { COST_KINDS, type CostKind } from '../../backtest/backtest-result.ts';
import { meanOf } from '../../metrics/moments.ts';
import { barChart } from '../charts/bar-chart.ts';
import { chartFigure } from '../charts/chart-figure.ts';
import { dataTable } from '../data-table.ts';
import { axisPlain, dollars, plain } from '../figure-text.ts';
import { type Html, html } from '../html.ts';
import type { Sheet } from '../sheet.ts';
import { lead, type Section } from './section.ts';

const BPS = 10_000;
const NAMES: Readonly<Record<CostKind, string>> = {
  commission: 'commission',
  spread: 'half the spread',
  impact: 'impact',
  fees: 'fees of regulators',
  borrow: 'borrowing',
};

export function costsSection(sheet: Sheet): Section {
  const counted = COST_KINDS.filter((kind) => sumOf(sheet.result.paid[kind]) > 0);
  const body = html`${counted.length === 0 ? lead('No cost was counted. An account would have earned less.') : byYear(sheet, counted)}<div class="columns">${counted.length === 0 ? null : byKind(sheet)}${books(sheet)}</div>`;
  return { id: 'costs', word: 'Costs', title: 'Costs', body };
}

function byYear({ result: { dates, paid, equity } }: Sheet, kinds: readonly CostKind[]): Html {
  const years = [...new Set(dates.map((date) => date.slice(0, 4)))];
  const places = years.map(
    (year) => [dates.findIndex((date) => date.startsWith(year)), dates.findLastIndex((date) => date.startsWith(year)) + 1] as const,
  );
  const bpsOf = (kind: CostKind): number[] =>
    places.map(([from, to]) => (BPS * sumOf(paid[kind].subarray(from, to))) / (meanOf(equity.subarray(from, to)) ?? Number.NaN));
  const bars = kinds.map((kind) => ({ name: NAMES[kind], color: `var(--part-${COST_KINDS.indexOf(kind) + 1})`, values: bpsOf(kind) }));
  const all = years.map((_, at) => bars.reduce((sum, { values }) => sum + (values[at] as number), 0));
  return chartFigure({
    id: 'costs-by-year',
    title: 'Costs of each year, in basis points of its mean equity',
    label: `Stacked bar chart of costs by year, at most ${plain(Math.max(...all), 1)} basis points.`,
    legend: bars,
    height: 220,
    draw: (frame) => barChart({ categories: years, bars, isStacked: true, says: axisPlain }, frame),
    table: {
      caption: 'Costs of each year, in basis points of its mean equity',
      heads: ['Year', ...bars.map(({ name }) => name), 'all'],
      rows: years.map((year, at) => [year, ...bars.map(({ values }) => plain(values[at])), plain(all[at])]),
    },
  });
}

function byKind({ result: { paid, equity }, metrics: { years } }: Sheet): Html {
  const mean = meanOf(equity);
  const bps = (sum: number): string => plain(mean === null || !(years > 0) ? null : (BPS * sum) / mean / years, 2);
  const sums = COST_KINDS.map((kind) => ({ name: NAMES[kind], sum: sumOf(paid[kind]) }));
  const all = sums.reduce((total, { sum }) => total + sum, 0);
  return dataTable({
    caption: 'Costs by kind, over all bars',
    isCaptionShown: true,
    heads: ['Kind', 'Paid', 'bps a year', 'Share'],
    rows: [...sums, { name: 'all', sum: all }].map(({ name, sum }) => [
      name,
      dollars(sum, 2),
      bps(sum),
      `${plain((100 * sum) / all, 1)} %`,
    ]),
  });
}

function books({ result: { start, earned, paid, equity } }: Sheet): Html {
  const costs = COST_KINDS.reduce((sum, kind) => sum + sumOf(paid[kind]), 0);
  return dataTable({
    caption: 'From the start to the end',
    isCaptionShown: true,
    heads: ['Item', 'Dollars'],
    rows: [
      ['at the start', dollars(start.equity, 2)],
      ['gains of prices', dollars(sumOf(earned.gains), 2)],
      ['dividends paid in cash', dollars(sumOf(earned.dividends), 2)],
      ['interest on cash', dollars(sumOf(earned.interest), 2)],
      ['costs', dollars(-costs, 2)],
      ['at the end', dollars(equity.at(-1) ?? start.equity, 2)],
    ],
  });
}

function sumOf(column: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < column.length; at += 1) sum += column[at] as number;
  return sum;
}
