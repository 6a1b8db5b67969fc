// A map of the source as named fields. A key that nobody knows is a problem: it might change what is held.
import { nearestWord } from '../nearest-word.ts';
import { type Collection, type Datum, describeDatum, shortened } from './datum.ts';
import { below, type OpenReport, type Where } from './open-report.ts';

export interface Fields {
  /** Undefined for a missing key and for `null`. */
  get(key: string): Datum | undefined;
  /** The place of a key's value, or of the map where the key is missing. */
  at(key: string): Where;
}

/** The keys that one kind of map may have: those read, and those that are known to mean nothing. */
export interface KnownKeys {
  readonly read: ReadonlySet<string>;
  readonly noise: ReadonlySet<string>;
}

/**
 * Exports write the same key as `asset-class`, `asset_class` and `:asset-class`; here it is always the first.
 * Unknown and repeated keys are reported, where there is a report.
 */
export function fieldsOf(map: Collection, where: Where, known: KnownKeys, report: OpenReport | undefined): Fields {
  const values = new Map<string, Datum>();
  for (let index = 0; index + 1 < map.items.length; index += 2) {
    const [key, value] = [map.items[index], map.items[index + 1]];
    if (key === undefined || value === undefined) continue;
    const name = keyOf(key);
    if (name === undefined) report?.refuse(below(where, '', key.at), describeDatum(key), 'a key that is a keyword or a string');
    else if (known.noise.has(name) || report?.isFull()) continue;
    else if (!known.read.has(name)) report?.refuse(below(where, shortened(name), key.at), 'unknown key', expectedKey(name, known));
    else if (values.has(name)) report?.refuse(below(where, name, key.at), 'the same key twice', 'each key once');
    else values.set(name, value);
  }
  const get = (key: string): Datum | undefined => {
    const value = values.get(key);
    return value?.kind === 'nil' ? undefined : value;
  };
  return { get, at: (key) => below(where, key, values.get(key)?.at ?? map.at) };
}

/** The value of one key, whatever else the map holds. */
export function valueIn(map: Collection, wanted: string): Datum | undefined {
  for (let index = 0; index + 1 < map.items.length; index += 2) {
    const key = map.items[index];
    if (key !== undefined && keyOf(key) === wanted) return map.items[index + 1];
  }
  return undefined;
}

/** The text of a field; empty where it is missing. */
export function textAt(fields: Fields, key: string, report: OpenReport): string {
  const value = fields.get(key);
  if (value === undefined) return '';
  if (value.kind === 'string') return value.text;
  report.refuse(fields.at(key), describeDatum(value), 'a text');
  return '';
}

export function keyOf(key: Datum): string | undefined {
  if (key.kind !== 'string' && key.kind !== 'keyword') return undefined;
  const name = key.text.includes('_') ? key.text.replaceAll('_', '-') : key.text;
  return name.startsWith(':') ? name.slice(1) : name;
}

function expectedKey(name: string, known: KnownKeys): string {
  const nearest = nearestWord(name, [...known.read]);
  if (nearest !== undefined) return `${nearest}, the nearest known key`;
  return known.read.size > 8 ? 'no key that may change what is held' : `one of ${[...known.read].join(', ')}`;
}
