// What the reader of a symphony's text hands on: atoms and collections, each with where it began. No meaning yet.

/** `text` is the content: a string unescaped, a keyword without its colon, a number as it was written. */
export interface Atom {
  readonly kind: 'string' | 'number' | 'keyword' | 'symbol' | 'boolean' | 'nil';
  readonly text: string;
  /** The offset of its first character. */
  readonly at: number;
}

/** A map's items alternate between keys and values. */
export interface Collection {
  readonly kind: 'list' | 'vector' | 'map';
  readonly items: readonly Datum[];
  readonly at: number;
}

export type Datum = Atom | Collection;

/** The word of a string, a keyword or a symbol: exports write `"daily"`, `:daily` and `daily` for the same thing. */
export function wordOf(datum: Datum | undefined): string | undefined {
  if (datum === undefined) return undefined;
  return datum.kind === 'string' || datum.kind === 'keyword' || datum.kind === 'symbol' ? datum.text : undefined;
}

/** A datum as its owner would recognise it, never longer than a line. */
export function describeDatum(datum: Datum | undefined): string {
  if (datum === undefined) return 'missing';
  switch (datum.kind) {
    case 'nil':
      return 'nothing';
    case 'list':
    case 'vector':
      return datum.items.length === 0 ? 'an empty list' : 'a list';
    case 'map':
      return datum.items.length === 0 ? 'an empty map' : 'a map';
    case 'string':
      return JSON.stringify(shortened(datum.text));
    case 'keyword':
      return `:${shortened(datum.text)}`;
    default:
      return shortened(datum.text);
  }
}

/** At most sixty characters. */
export function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
