// Markup out of templates: what is filled in is escaped unless it is markup itself. It refuses to know what a report says.

/** Text that is HTML already. Made by `html` alone, so that nothing from a file becomes markup by accident. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** `null` leaves nothing behind; a list is its pieces one after another. */
export type Piece = Html | string | number | null | readonly Piece[];

export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  let markup = strings[0] as string;
  for (const [place, piece] of pieces.entries()) markup += markupOf(piece) + (strings[place + 1] as string);
  return new Html(markup);
}

function markupOf(piece: Piece): string {
  if (piece === null) return '';
  if (piece instanceof Html) return piece.markup;
  if (typeof piece === 'string' || typeof piece === 'number') return String(piece).replace(/[&<>"']/g, (sign) => ENTITIES[sign] as string);
  return piece.map(markupOf).join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
