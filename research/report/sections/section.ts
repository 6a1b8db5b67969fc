// A part of the report: a landmark with its heading.
import { type Html, html, type Piece } from '../html.ts';

export interface Section {
  readonly id: string;
  readonly title: string;
  /** In the navigation: one word. */
  readonly word: string;
  readonly body: Html;
}

export function sectionMarkup({ id, title, body }: Omit<Section, 'word'>): Html {
  return html`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${title}</h2>
${body}
</section>
`;
}

/** A paragraph under a heading. */
export function lead(...pieces: readonly Piece[]): Html {
  return html`<p class="lead">${pieces}</p>
`;
}
