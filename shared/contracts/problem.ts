// One thing that is wrong in a file its owner wrote, said so that it can be mended without reading our code.

export interface Problem {
  readonly file: string;
  /** Where in the file's own words: "schedules.monthly.at", "sleeves.core.strategy.equal[2]"; empty for the whole file. */
  readonly path: string;
  /** From 1; absent when the file could not be read at all. */
  readonly line?: number;
  readonly column?: number;
  /** What stands there, as written: `"clos-25m"`, `missing`, `unknown key`. */
  readonly value: string;
  /** What should stand there, as the rest of "expected …". */
  readonly expected: string;
}

export type PathStep = string | number;

/** A problem before it is known where in the text it stands. */
export interface Finding {
  readonly path: readonly PathStep[];
  /** Whether the key at the end of the path is wrong, or what stands behind it. */
  readonly about: 'key' | 'value';
  readonly value: string;
  readonly expected: string;
}

/** `['strategy', 'equal', 2]` → "strategy.equal[2]". */
export function pathText(path: readonly PathStep[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${shown(step)}`)).join('');
}

/** A value as its owner would recognise it, never longer than a line. */
export function valueText(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return Object.keys(value).length === 0 ? 'an empty mapping' : 'a mapping';
  return typeof value === 'string' ? JSON.stringify(shown(value)) : String(value);
}

function shown(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
