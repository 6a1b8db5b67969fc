// The same under other settings: whether the result hangs on one of them.
import { barChart } from '../charts/bar-chart.ts';
import { chartFigure } from '../charts/chart-figure.ts';
import { axisPercent, percent, plain } from '../figure-text.ts';
import { type Html, html } from '../html.ts';
import type { Sensitivity } from '../report-inputs.ts';
import type { Sheet } from '../sheet.ts';
import { lead, type Section } from './section.ts';

/** Undefined where none was looked at. */
export function sensitivitySection({ extras: { sensitivities = [] } }: Sheet): Section | undefined {
  if (sensitivities.length === 0) return undefined;
  return { id: 'sensitivity', word: 'Settings', title: 'Under other settings', body: html`${sensitivities.map(sensitivityMarkup)}` };
}

function sensitivityMarkup({ of, says, settings }: Sensitivity, place: number): Html {
  const figure = chartFigure({
    id: `sensitivity-${place + 1}`,
    title: `${of}: return a year (CAGR)`,
    label: `Bar chart of the return a year by ${of.toLowerCase()}: ${settings.map(({ name, cagr }) => `${name} ${percent(cagr, 1)}`).join(', ')}.`,
    height: 200,
    legend: [
      { name: 'this report', color: 'var(--own)' },
      { name: 'other settings', color: 'var(--part-8)' },
    ],
    draw: (frame) =>
      barChart(
        {
          categories: settings.map(({ name }) => name),
          bars: [
            {
              name: of,
              color: (_, place) => (settings[place]?.isChosen === true ? 'var(--own)' : 'var(--part-8)'),
              values: settings.map(({ cagr }) => cagr),
            },
          ],
          says: axisPercent,
        },
        frame,
      ),
    table: {
      caption: of,
      heads: ['Setting', 'CAGR', 'Sharpe', 'Largest fall'],
      rows: settings.map(({ name, isChosen, cagr, sharpe, maxDrawdown }) => [
        isChosen ? `${name} (this report)` : name,
        percent(cagr),
        plain(sharpe),
        percent(maxDrawdown),
      ]),
    },
  });
  return html`${lead(says)}${figure}`;
}
