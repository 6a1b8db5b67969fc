// A table of the report: a caption, heads with their scope, figures to the right. It may scroll sideways, by keyboard too.
import { type Html, html, type Piece } from './html.ts';

export interface TableShape {
  readonly caption: string;
  readonly heads: readonly string[];
  /** The first cell of a row is its head. */
  readonly rows: readonly (readonly Piece[])[];
  /** Columns of text, the first one always; all others are figures. */
  readonly texts?: readonly number[];
  /** Shown, rather than only read out. */
  readonly isCaptionShown?: boolean;
}

export function dataTable({ caption, heads, rows, texts = [], isCaptionShown = false }: TableShape): Html {
  const isText = new Set([0, ...texts]);
  const of = (column: number): string => (isText.has(column) ? 'text' : 'figure');
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table>
<caption${isCaptionShown ? null : html` class="unseen"`}><span>${caption}</span></caption>
<thead><tr>${heads.map((head, column) => html`<th scope="col" class="${of(column)}">${head}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((cell, column) =>
        column === 0
          ? html`<th scope="row" class="text${dated(cell)}">${cell}</th>`
          : html`<td class="${of(column)}${dated(cell)}">${cell}</td>`,
      )}</tr>
`,
  )}</tbody></table></div>`;
}

/** Dates stay on one line. */
function dated(cell: Piece): string {
  return typeof cell === 'string' && /^\d{4}-\d\d-\d\d$/.test(cell) ? ' date' : '';
}
