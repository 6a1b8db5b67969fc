// The parameters of a ready-made strategy as a file gives them.

/** Shares are whole parts per million. */
export type Given = Readonly<Record<string, GivenValue>>;
export type GivenValue =
  | string
  | number
  | readonly string[]
  | readonly SymbolPair[]
  | readonly GivenLimit[]
  | readonly GivenWeight[]
  | readonly GivenView[]
  | DatedValues;

/** Of a word in a list: whether it names a strategy that stands there too. Symbols are capitals. */
export function isStrategyName(word: string): boolean {
  return /^[a-z]/.test(word);
}

/** Two symbols that are looked at, and held, together. */
export type SymbolPair = readonly [string, string];

/** What some symbols together may weigh, in whole parts per million. */
export interface GivenLimit {
  readonly of: readonly string[];
  readonly least: number;
  readonly most: number;
}

/** What a symbol weighs, in whole parts per million. */
export interface GivenWeight {
  readonly symbol: string;
  readonly weight: number;
}

/** What some symbols, the same of each, are expected to earn above cash; or above what some others earn. */
export interface GivenView {
  readonly of: readonly string[];
  /** None: above cash. */
  readonly beyond: readonly string[];
  /** Percent a year. */
  readonly earns: number;
  /** Whole parts per million. */
  readonly confidence: number;
}

/** Values by date (a NewYorkDate) and then by symbol, both ascending, so that the same values are the same text. */
export type DatedValues = Readonly<Record<string, Readonly<Record<string, number>>>>;

export function isDatedValues(value: GivenValue): value is DatedValues {
  return typeof value === 'object' && !Array.isArray(value);
}

export function isLimit(value: unknown): value is GivenLimit {
  return typeof value === 'object' && value !== null && 'of' in value && 'least' in value && 'most' in value;
}

export function isWeight(value: unknown): value is GivenWeight {
  return typeof value === 'object' && value !== null && 'symbol' in value && 'weight' in value;
}

export function isView(value: unknown): value is GivenView {
  return typeof value === 'object' && value !== null && 'beyond' in value && 'earns' in value;
}
