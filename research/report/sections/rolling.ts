// Sharpe ratio, volatility and beta over the year before each day: whether the whole is one story or several.
import { excessOf } from '../../metrics/ratios.ts';
import { chartFigure } from '../charts/chart-figure.ts';
import { timeChart } from '../charts/time-chart.ts';
import { axisPercent, axisPlain, percent, plain } from '../figure-text.ts';
import type { Html } from '../html.ts';
import { html } from '../html.ts';
import { rollingBeta, rollingSharpe, rollingVolatility } from '../series/rolling.ts';
import { sampleDates, sampleNote } from '../series/sample-dates.ts';
import { POINTS_MAX, type Sheet, taken } from '../sheet.ts';
import type { Section } from './section.ts';

const ROWS_MAX = 100;

interface RollingColumn {
  readonly name: string;
  readonly color: string;
  readonly values: Float64Array;
  readonly isDashed?: boolean;
}

/** Undefined for less than a year and a bit: there is nothing to roll. */
export function rollingSection(sheet: Sheet): Section | undefined {
  const { result, metrics, benchmark } = sheet;
  const { returns, riskFree } = result;
  const { barsAYear } = metrics;
  const window = Math.round(barsAYear ?? 0);
  if (barsAYear === null || window < 2 || returns.length < window + 20) return undefined;
  const both = (of: (returns: Float64Array) => Float64Array): readonly RollingColumn[] => [
    { name: result.name, color: 'var(--own)', values: of(returns) },
    ...(benchmark === undefined ? [] : [{ name: benchmark.symbol, color: 'var(--other)', values: of(benchmark.returns), isDashed: true }]),
  ];
  const sharpes = both((column) => rollingSharpe(excessOf(column, riskFree), window, barsAYear));
  const volatilities = both((column) => rollingVolatility(column, window, barsAYear));
  const body = html`${figure(sheet, window, 'sharpe', 'Sharpe ratio', sharpes, axisPlain, plain, [0])}
${figure(sheet, window, 'volatility', 'Volatility a year', volatilities, axisPercent, percent, [0])}
${
  benchmark === undefined
    ? null
    : figure(
        sheet,
        window,
        'beta',
        `Beta to ${benchmark.symbol}`,
        [{ name: result.name, color: 'var(--own)', values: rollingBeta(returns, benchmark.returns, window) }],
        axisPlain,
        plain,
        [0, 1],
      )
}`;
  return { id: 'rolling', word: 'Rolling', title: 'Over the year before', body };
}

function figure(
  { result: { dates } }: Sheet,
  window: number,
  id: string,
  title: string,
  columns: readonly RollingColumn[],
  says: (value: number, step: number) => string,
  tells: (value: number) => string,
  includes: readonly number[],
): Html {
  const shownDates = dates.slice(window - 1);
  const sample = sampleDates(shownDates, POINTS_MAX);
  const told = sampleDates(shownDates, ROWS_MAX, 'quarter');
  const rolled = columns.map((column) => ({ ...column, values: column.values.subarray(window - 1) }));
  const lines = rolled.map((column) => ({ ...column, values: taken(column.values, sample.places) }));
  const own = rolled[0]?.values.filter((value) => !Number.isNaN(value)) ?? new Float64Array();
  const [low, high] = [
    own.reduce((least, each) => Math.min(least, each), Infinity),
    own.reduce((most, each) => Math.max(most, each), -Infinity),
  ];
  return chartFigure({
    id: `rolling-${id}`,
    title,
    label: `Line chart of ${title.toLowerCase()} over ${window} bars: between ${tells(low)} and ${tells(high)}.`,
    legend: lines,
    note: [`Each point is of the ${window} bars up to it.`, sampleNote(sample, shownDates.length)]
      .filter((each) => each !== undefined)
      .join(' '),
    height: 220,
    draw: (frame) => timeChart({ dates: taken(shownDates, sample.places), lines, includes, says }, frame),
    table: {
      caption: `${title} at the end of each ${told.every}`,
      heads: ['Date', ...columns.map(({ name }) => name)],
      rows: told.places.map((place) => [shownDates[place] as string, ...rolled.map(({ values }) => tells(values[place] as number))]),
    },
  });
}
