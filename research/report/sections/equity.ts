// What became of the money, on a logarithmic and on a linear scale, beside the benchmark.
import { chartFigure } from '../charts/chart-figure.ts';
import { timeChart } from '../charts/time-chart.ts';
import { dataTable } from '../data-table.ts';
import { dollars, signedPercent } from '../figure-text.ts';
import { type Html, html } from '../html.ts';
import { sampleDates, sampleNote } from '../series/sample-dates.ts';
import { trailingPeriods } from '../series/trailing-returns.ts';
import { type Sheet, taken } from '../sheet.ts';
import type { Section } from './section.ts';

const ROWS_MAX = 400;

export function equitySection(sheet: Sheet): Section {
  const body = html`<fieldset class="choice"><legend class="unseen">Scale of the equity</legend>
<input type="radio" name="scale" id="scale-log" checked="checked"/><label for="scale-log">Log</label>
<input type="radio" name="scale" id="scale-linear"/><label for="scale-linear">Linear</label></fieldset>
<div class="on-log">${figure(sheet, 'log')}</div><div class="on-linear">${figure(sheet, 'linear')}</div>
${trailingTable(sheet)}`;
  return { id: 'equity', word: 'Equity', title: 'Equity', body };
}

function figure({ dates, equity, benchmark, sample, result }: Sheet, scale: 'log' | 'linear'): Html {
  const lines = [
    { name: result.name, color: 'var(--own)', values: taken(equity, sample.places), isFilled: false },
    ...(benchmark === undefined
      ? []
      : [{ name: benchmark.symbol, color: 'var(--other)', values: taken(benchmark.equity, sample.places), isDashed: true }]),
  ];
  const told = sampleDates(dates, ROWS_MAX, 'month');
  const ends = [`${result.name} from ${dollars(equity[0])} to ${dollars(equity.at(-1))}`];
  if (benchmark !== undefined) ends.push(`${benchmark.symbol} to ${dollars(benchmark.equity.at(-1))}`);
  const scaled =
    scale === 'log'
      ? 'Logarithmic scale: the same step up is the same percentage everywhere.'
      : 'Linear scale: the same step up is the same money everywhere.';
  return chartFigure({
    id: `equity-${scale}`,
    title: `Equity in dollars, ${scale === 'log' ? 'logarithmic' : 'linear'}`,
    label: `Line chart of equity, ${scale} scale: ${ends.join('; ')}, ${dates[0]} to ${dates.at(-1)}.`,
    legend: lines,
    note: [scaled, sampleNote(sample, dates.length)].filter((each) => each !== undefined).join(' '),
    height: 340,
    draw: (frame) => timeChart({ dates: taken(dates, sample.places), lines, scale, says: shortDollars }, frame),
    table: {
      caption: `Equity at the last close of each ${told.every}`,
      heads: ['Date', result.name, ...(benchmark === undefined ? [] : [benchmark.symbol])],
      rows: told.places.map((place) => [
        dates[place] as string,
        dollars(equity[place]),
        ...(benchmark === undefined ? [] : [dollars(benchmark.equity[place])]),
      ]),
    },
  });
}

/** For axes: `$150k`. */
function shortDollars(value: number): string {
  const [unit, letter] = Math.abs(value) >= 1e6 ? [1e6, 'M'] : Math.abs(value) >= 1e3 ? [1e3, 'k'] : [1, ''];
  return `$${Number((value / unit).toPrecision(5))}${letter}`;
}

function trailingTable({ dates, equity, benchmark, result }: Sheet): Html {
  const earned = (column: Float64Array, place: number, years: number | null): string => {
    const growth = (column.at(-1) as number) / (column[place] as number);
    return signedPercent(years === null ? growth - 1 : growth > 0 ? growth ** (1 / years) - 1 : null);
  };
  return dataTable({
    caption: 'Returns up to the end; those of more than a year are a year',
    isCaptionShown: true,
    heads: ['Period', 'Since', result.name, ...(benchmark === undefined ? [] : [benchmark.symbol])],
    texts: [1],
    rows: trailingPeriods(dates).map(({ name, from, place, years }) => [
      name,
      from,
      earned(equity, place, years),
      ...(benchmark === undefined ? [] : [earned(benchmark.equity, place, years)]),
    ]),
  });
}
