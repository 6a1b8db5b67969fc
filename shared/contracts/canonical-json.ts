// One spelling for every value: keys sorted, no white space. The same value always has the same bytes and
// so the same hash.
import { createHash } from 'node:crypto';
import type { ContentHash } from '../core/values/identity.ts';

/**
 * A member that is undefined counts as absent.
 * @throws TypeError for what JSON cannot say exactly (NaN, Infinity, bigint, undefined or a hole in an array, functions,
 * instances of classes such as Date and Map).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`;
  if (isPlainObject(value)) return canonicalObject(value);
  throw new TypeError(`cannot be written as canonical JSON: ${typeof value} ${String(value)}`);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function canonicalObject(object: Readonly<Record<string, unknown>>): string {
  let members = '';
  for (const key of Object.keys(object).sort()) {
    const value = object[key];
    if (value === undefined) continue;
    members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(value)}`;
  }
  return `{${members}}`;
}

/** SHA-256 of the UTF-8 bytes, in hex. */
export function contentHash(text: string): ContentHash {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
