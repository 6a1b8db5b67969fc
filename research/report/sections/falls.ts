// How far below its high it was, and the worst falls in a table.
import { daysBetween, type NewYorkDate } from '../../../shared/core/values/time.ts';
import { drawdownsOf, underwater } from '../../metrics/drawdowns.ts';
import { chartFigure } from '../charts/chart-figure.ts';
import { timeChart } from '../charts/time-chart.ts';
import { dataTable } from '../data-table.ts';
import { axisPercent, percent } from '../figure-text.ts';
import { type Html, html } from '../html.ts';
import { type Sample, sampleDates } from '../series/sample-dates.ts';
import type { Sheet } from '../sheet.ts';
import { taken } from '../sheet.ts';
import type { Section } from './section.ts';

const WORST = 10;
const ROWS_MAX = 400;

export function fallsSection(sheet: Sheet): Section {
  return { id: 'falls', word: 'Falls', title: 'Falls from the high', body: html`${figure(sheet)}${worstTable(sheet)}` };
}

function figure({ dates, equity, benchmark, sample, metrics, result }: Sheet): Html {
  const own = deepestOfEach(underwater(equity, equity[0] as number), sample);
  const theirs = benchmark === undefined ? undefined : deepestOfEach(underwater(benchmark.equity, benchmark.equity[0] as number), sample);
  const lines = [
    { name: result.name, color: 'var(--own)', values: own, isFilled: true },
    ...(theirs === undefined || benchmark === undefined
      ? []
      : [{ name: benchmark.symbol, color: 'var(--other)', values: theirs, isDashed: true }]),
  ];
  const told = sampleDates(dates, ROWS_MAX, 'month');
  const [ownTold, theirsTold] = [equity, benchmark?.equity].map((column) =>
    column === undefined ? undefined : deepestOfEach(underwater(column, column[0] as number), told),
  );
  return chartFigure({
    id: 'underwater',
    title: 'Below the highest close before (underwater)',
    label: `Area chart of the distance from the highest equity before. The largest fall was ${percent(metrics.maxDrawdown, 1)}.`,
    legend: lines,
    ...(sample.every === 'day' ? {} : { note: `Drawn with the deepest close of each ${sample.every}, so that no fall is left out.` }),
    height: 240,
    draw: (frame) => timeChart({ dates: taken(dates, sample.places), lines, includes: [0], says: axisPercent }, frame),
    table: {
      caption: `The deepest close of each ${told.every}`,
      heads: ['Up to', result.name, ...(benchmark === undefined ? [] : [benchmark.symbol])],
      rows: told.places.map((place, at) => [
        dates[place] as string,
        percent(ownTold?.[at]),
        ...(theirsTold === undefined ? [] : [percent(theirsTold[at])]),
      ]),
    },
  });
}

/** Below zero, the lowest since the place before. */
function deepestOfEach(below: Float64Array, { places }: Sample): Float64Array {
  return Float64Array.from(places, (place, at) => {
    let deepest = 0;
    for (let bar = at === 0 ? 0 : (places[at - 1] as number) + 1; bar <= place; bar += 1) deepest = Math.max(deepest, below[bar] as number);
    return deepest === 0 ? 0 : -deepest;
  });
}

function worstTable({ result: { equity, start, dates } }: Sheet): Html {
  const dateOf = (bar: number): NewYorkDate => (bar < 0 ? start.date : (dates[bar] as NewYorkDate));
  const days = (from: number, to: number): string => String(daysBetween(dateOf(from), dateOf(to)));
  const falls = drawdownsOf(equity, start.equity);
  const worst = [...falls].sort((a, b) => b.depth - a.depth).slice(0, WORST);
  if (worst.length === 0) return html`<p>It never closed below an earlier high.</p>`;
  return dataTable({
    caption: `The ${worst.length === falls.length ? `${falls.length}` : `${worst.length} largest of ${falls.length}`} falls; lengths in days of the calendar`,
    isCaptionShown: true,
    heads: ['Fall', 'From', 'Lowest', 'Recovered', 'Down', 'Up', 'In all'],
    texts: [1, 2, 3],
    rows: worst.map(({ depth, peak, trough, recovered }) => [
      percent(depth),
      dateOf(peak),
      dateOf(trough),
      recovered === null ? 'not yet' : dateOf(recovered),
      days(peak, trough),
      recovered === null ? '–' : days(trough, recovered),
      days(peak, recovered ?? dates.length - 1),
    ]),
  });
}
