// A chart with all that makes it readable without seeing it: title, words, legend, a note on what was left out, and a table.
import type { EChartsOption } from 'echarts';
import { dataTable, type TableShape } from '../data-table.ts';
import { type Html, html } from '../html.ts';
import { drawChart, type Frame, frames } from './draw-chart.ts';

export interface ChartFigure {
  /** Of the page, once. */
  readonly id: string;
  readonly title: string;
  /** What it shows, with its main figures: the text for whoever cannot see it. */
  readonly label: string;
  readonly legend?: readonly { readonly name: string; readonly color: string; readonly isDashed?: boolean }[];
  /** Said under it: what was left out of it, how it is reckoned. */
  readonly note?: string;
  readonly height?: number;
  readonly draw: (frame: Frame) => EChartsOption;
  readonly table: TableShape;
}

export function chartFigure({ id, title, label, legend = [], note, height, draw, table }: ChartFigure): Html {
  const drawings = frames(height).map((frame) => drawChart(`${id}-${frame.kind}`, frame, label, draw(frame)));
  return html`<figure class="chart" id="${id}" aria-labelledby="${id}-title">
<figcaption id="${id}-title">${title}</figcaption>
${legend.length > 1 ? legendList(legend) : null}
${drawings}
${note === undefined ? null : html`<p class="note">${note}</p>`}
<details class="figures"><summary>The same as a table<span class="unseen">: ${title}</span></summary>${dataTable(table)}</details>
</figure>
`;
}

function legendList(legend: NonNullable<ChartFigure['legend']>): Html {
  return html`<ul class="legend">${legend.map(
    ({ name, color, isDashed }) =>
      html`<li><span class="key${isDashed === true ? ' dashed' : ''}" style="--key:${color}" aria-hidden="true"></span>${name}</li>`,
  )}</ul>`;
}
