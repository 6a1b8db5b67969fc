// Returns by month, as a table whose cells are coloured, and by year as bars.
import { type PeriodReturn, periodReturns } from '../../metrics/calendar-returns.ts';
import { barChart } from '../charts/bar-chart.ts';
import { chartFigure } from '../charts/chart-figure.ts';
import { axisPercent, MONTHS, plain, signedPercent } from '../figure-text.ts';
import { type Html, html } from '../html.ts';
import type { Sheet } from '../sheet.ts';
import type { Section } from './section.ts';

export function calendarSection(sheet: Sheet): Section {
  return { id: 'calendar', word: 'Calendar', title: 'Months and years', body: html`${heatmap(sheet)}${years(sheet)}` };
}

function heatmap({ result: { dates, returns } }: Sheet): Html {
  const months = new Map(periodReturns(dates, returns, 'month').map((each) => [each.period, each]));
  const all = periodReturns(dates, returns, 'year');
  const strongest = Math.max(...[...months.values()].map((each) => Math.abs(each.return)), 1e-9);
  const rows = all.map((year) => {
    const cells = MONTHS.map((_, at) => months.get(`${year.period}-${String(at + 1).padStart(2, '0')}`));
    return html`<tr><th scope="row">${year.period}</th>${cells.map((cell) => monthCell(cell, strongest))}<td class="year">${signed(year.return)}${year.isWhole ? null : '*'}</td></tr>
`;
  });
  return html`<h3 id="months-title">Return of each month, in percent</h3>
<div class="scroll" role="region" tabindex="0" aria-labelledby="months-title"><table class="months">
<caption class="unseen">Return of each month and year, in percent</caption>
<thead><tr><th scope="col">Year</th>${MONTHS.map((month) => html`<th scope="col">${month}</th>`)}<th scope="col">All</th></tr></thead>
<tbody>${rows}</tbody></table></div>
<p class="note">Blue gained, orange lost; the stronger the colour, the more. * A period that the first or the last bar may cut.</p>
`;
}

function monthCell(cell: PeriodReturn | undefined, strongest: number): Html {
  if (cell === undefined) return html`<td></td>`;
  // By its root: most months are small beside the worst one, and should still be told apart.
  const strength = Math.round(100 * Math.sqrt(Math.abs(cell.return) / strongest));
  return html`<td class="${cell.return < 0 ? 'lost' : 'gained'}" style="--strength:${strength}%">${signed(cell.return)}${cell.isWhole ? null : '*'}</td>`;
}

function signed(value: number): string {
  return plain(100 * value, 1);
}

function years({ result, benchmark }: Sheet): Html {
  const own = periodReturns(result.dates, result.returns, 'year');
  const theirs = benchmark === undefined ? undefined : periodReturns(result.dates, benchmark.returns, 'year');
  const bars = [
    { name: result.name, color: 'var(--own)', values: own.map((year) => year.return) },
    ...(benchmark === undefined || theirs === undefined
      ? []
      : [{ name: benchmark.symbol, color: 'var(--other)', values: theirs.map((year) => year.return) }]),
  ];
  const lost = own.filter((year) => year.return < 0).length;
  return chartFigure({
    id: 'years',
    title: 'Return of each year',
    label: `Bar chart of the return of each year: ${lost} of ${own.length} lost.`,
    legend: bars,
    note: 'The first and the last year may be cut by the first and the last bar.',
    draw: (frame) => barChart({ categories: own.map(({ period }) => period), bars, says: axisPercent }, frame),
    table: {
      caption: 'Return of each year',
      heads: ['Year', result.name, ...(benchmark === undefined ? [] : [benchmark.symbol]), 'Note'],
      texts: [benchmark === undefined ? 2 : 3],
      rows: own.map((year, at) => [
        year.period,
        signedPercent(year.return),
        ...(theirs === undefined ? [] : [signedPercent(theirs[at]?.return)]),
        year.isWhole ? '' : 'may be cut',
      ]),
    },
  });
}
