// What it was invested in over time, how much of it, and how much was turned over.
import { dailyWeights } from '../../backtest/daily-weights.ts';
import { barChart } from '../charts/bar-chart.ts';
import { chartFigure } from '../charts/chart-figure.ts';
import { timeChart } from '../charts/time-chart.ts';
import { axisPercent, percent } from '../figure-text.ts';
import { type Html, html } from '../html.ts';
import { sampleDates, sampleNote } from '../series/sample-dates.ts';
import { type Sheet, taken } from '../sheet.ts';
import type { Section } from './section.ts';

const NAMED_MAX = 8;
const POINTS_MAX = 400;
const ROWS_MAX = 100;

export function holdingsSection(sheet: Sheet): Section {
  return { id: 'holdings', word: 'Holdings', title: 'What it held', body: html`${allocation(sheet)}${exposure(sheet)}${turnover(sheet)}` };
}

interface Held {
  readonly name: string;
  readonly color: string;
  readonly values: Float64Array;
}

/** The largest by their mean weight without its sign, all others as one, and cash. */
function heldOf({ result, extras }: Sheet): readonly Held[] {
  const weights = dailyWeights(result, extras.prices, extras.options.dividends);
  const bars = result.dates.length;
  const sized = weights
    .map((values, place) => ({
      name: result.symbols[place] as string,
      values,
      mean: values.reduce((sum, each) => sum + Math.abs(each), 0) / bars,
    }))
    .sort((a, b) => b.mean - a.mean || (a.name < b.name ? -1 : 1));
  const isEach = sized.length <= NAMED_MAX;
  const named = sized.slice(0, isEach ? NAMED_MAX : NAMED_MAX - 1);
  const others = sized.slice(named.length);
  const rest = new Float64Array(bars);
  for (const { values } of others) for (let bar = 0; bar < bars; bar += 1) rest[bar] = (rest[bar] as number) + (values[bar] as number);
  return [
    ...named.map(({ name, values }, place) => ({ name, values, color: `var(--part-${place + 1})` })),
    ...(others.length === 0 ? [] : [{ name: `${others.length} others`, values: rest, color: `var(--part-${NAMED_MAX})` }]),
    { name: 'cash', color: 'var(--cash)', values: result.cash.map((cash, bar) => cash / (result.equity[bar] as number)) },
  ];
}

function allocation(sheet: Sheet): Html {
  const { dates } = sheet.result;
  const held = heldOf(sheet);
  const sample = sampleDates(dates, POINTS_MAX);
  const told = sampleDates(dates, ROWS_MAX, 'quarter');
  const lines = held.map((each) => ({ ...each, values: taken(each.values, sample.places) }));
  const last = held.map(({ name, values }) => `${name} ${percent(values.at(-1), 0)}`).join(', ');
  return chartFigure({
    id: 'allocation',
    title: 'Allocation, parts of the equity',
    label: `Stacked area chart of what was held. At the end: ${last}.`,
    legend: lines,
    ...noteOf(sampleNote(sample, dates.length)),
    draw: (frame) => timeChart({ dates: taken(dates, sample.places), lines, isStacked: true, says: axisPercent }, frame),
    table: {
      caption: `Parts of the equity at the end of each ${told.every}`,
      heads: ['Date', ...held.map(({ name }) => name)],
      rows: told.places.map((place) => [dates[place] as string, ...held.map(({ values }) => percent(values[place], 1))]),
    },
  });
}

function exposure({ result: { dates, exposure: invested }, metrics, sample: whole, result }: Sheet): Html {
  const sample = sampleDates(dates, Math.max(whole.places.length, POINTS_MAX));
  const told = sampleDates(dates, ROWS_MAX, 'quarter');
  const lines = [{ name: result.name, color: 'var(--own)', values: taken(invested, sample.places), isFilled: true }];
  return chartFigure({
    id: 'exposure',
    title: 'Exposure: all positions without their signs, as a part of the equity',
    label: `Area chart of the invested part of the equity, ${percent(metrics.exposure, 0)} on average.`,
    note: [`${percent(metrics.exposure, 1)} on average.`, sampleNote(sample, dates.length)].filter((each) => each !== undefined).join(' '),
    height: 200,
    draw: (frame) => timeChart({ dates: taken(dates, sample.places), lines, includes: [0, 1], says: axisPercent }, frame),
    table: {
      caption: `Exposure at the end of each ${told.every}`,
      heads: ['Date', 'Invested'],
      rows: told.places.map((place) => [dates[place] as string, percent(invested[place], 1)]),
    },
  });
}

function turnover({ result: { dates, rebalances, start }, metrics }: Sheet): Html {
  const years = [...new Set([start.date, ...dates].map((date) => date.slice(0, 4)))];
  const [funding] = rebalances;
  const of = years.map((year) => {
    const own = rebalances.filter((each) => each !== funding && each.date.startsWith(year));
    return { year, rebalances: own.length, turned: own.reduce((sum, each) => sum + each.turnover, 0) };
  });
  return chartFigure({
    id: 'turnover',
    title: 'Turnover of each year, one-way, without the first funding',
    label: `Bar chart of turnover by year, ${percent(metrics.turnover, 0)} a year on average.`,
    note: 'Half of all that was bought and sold, as a part of the equity.',
    height: 200,
    draw: (frame) =>
      barChart(
        {
          categories: years,
          bars: [{ name: 'turnover', color: 'var(--own)', values: of.map(({ turned }) => turned) }],
          says: axisPercent,
        },
        frame,
      ),
    table: {
      caption: 'Turnover and rebalances of each year',
      heads: ['Year', 'Turnover', 'Rebalances'],
      rows: of.map(({ year, turned, rebalances: count }) => [year, percent(turned), String(count)]),
    },
  });
}

function noteOf(note: string | undefined): { note?: string } {
  return note === undefined ? {} : { note };
}
