// How the returns of single bars were spread, beside a normal distribution of the same mean and deviation.
import { deviationOf, meanOf } from '../../metrics/moments.ts';
import { barChart } from '../charts/bar-chart.ts';
import { chartFigure } from '../charts/chart-figure.ts';
import { axisPlain, count, percent, plain } from '../figure-text.ts';
import { html } from '../html.ts';
import { type Bin, histogram } from '../series/histogram.ts';
import type { Sheet } from '../sheet.ts';
import type { Section } from './section.ts';

/** Undefined where returns do not vary. */
export function distributionSection({ result: { returns }, metrics }: Sheet): Section | undefined {
  const [mean, deviation] = [meanOf(returns), deviationOf(returns)];
  if (mean === null || deviation === null || !(deviation > 1e-12)) return undefined;
  const bins = histogram(returns, { mean, deviation });
  const figure = chartFigure({
    id: 'distribution-chart',
    title: 'Days by their return',
    label: `Histogram of daily returns. Mean ${percent(mean, 3)}, deviation ${percent(deviation)}, one day in twenty below ${percent(metrics.valueAtRisk)}.`,
    legend: [
      { name: 'days', color: 'var(--own)' },
      { name: 'days, if they were normal', color: 'var(--other)', isDashed: true },
    ],
    note: `One day in twenty returned ${percent(metrics.valueAtRisk)} or less, and those ${percent(metrics.expectedShortfall)} on average. Skewness ${plain(metrics.skewness)}, excess kurtosis ${plain(metrics.excessKurtosis, 1)}: a normal distribution has 0 and 0. Under each bar stands its middle; both ends are open.`,
    draw: (frame) =>
      barChart(
        {
          categories: middlesOf(bins),
          bars: [
            {
              name: 'days',
              color: 'var(--own)',
              values: bins.map((bin) => bin.count),
            },
          ],
          isDense: true,
          labelled: (bins.length - 1) / 2,
          line: { color: 'var(--other)', values: bins.map(({ normal }) => normal) },
          says: axisPlain,
        },
        frame,
      ),
    table: {
      caption: 'Days by their return',
      heads: ['Return', 'Days', 'Days, if they were normal'],
      rows: bins.map((bin) => [binName(bin), count(bin.count), plain(bin.normal, 1)]),
    },
  });
  return { id: 'distribution', word: 'Distribution', title: 'Distribution of returns', body: html`${figure}` };
}

/** With as many digits as the width of the bins needs. */
function middlesOf(bins: readonly Bin[]): string[] {
  const width = 100 * ((bins[2]?.middle ?? 0) - (bins[1]?.middle ?? 0));
  const digits = Math.max(1, -Math.floor(Math.log10(width) + 1e-9));
  return bins.map(({ middle }) => percent(middle, digits));
}

function binName({ from, to }: Bin): string {
  if (from === -Infinity) return `below ${percent(to)}`;
  return to === Infinity ? `${percent(from)} and above` : `${percent(from)} to ${percent(to)}`;
}
