// The parameters of a ready-made strategy as a file gives them.

/** Shares are whole parts per million. */
export type Given = Readonly<Record<string, GivenValue>>;
export type GivenValue = string | number | readonly string[] | readonly SymbolPair[] | readonly GivenLimit[] | DatedValues;

/** Two symbols that are looked at, and held, together. */
export type SymbolPair = readonly [string, string];

/** What some symbols together may weigh, in whole parts per million. */
export interface GivenLimit {
  readonly of: readonly string[];
  readonly least: number;
  readonly most: number;
}

/** Values by date (a NewYorkDate) and then by symbol, both ascending, so that the same values are the same text. */
export type DatedValues = Readonly<Record<string, Readonly<Record<string, number>>>>;

export function isDatedValues(value: GivenValue): value is DatedValues {
  return typeof value === 'object' && !Array.isArray(value);
}

export function isLimit(value: unknown): value is GivenLimit {
  return typeof value === 'object' && value !== null && 'of' in value && 'least' in value && 'most' in value;
}
