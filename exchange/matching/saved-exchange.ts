// The book as text and back, exactly: a restored exchange goes on as if it had never stopped.
import type { Book } from './book.ts';

const VERSION = 1;

/** One line of JSON; the same book always gives the same bytes. */
export function saveExchange(book: Book): string {
  return JSON.stringify({ version: VERSION, book }, (_key, value: unknown) => {
    if (typeof value === 'bigint') return { $bigint: value.toString() };
    if (value instanceof Map) return { $map: [...value] };
    if (value instanceof Set) return { $set: [...value] };
    return isPlain(value) ? Object.fromEntries(Object.entries(value).sort(byName)) : value;
  });
}

/** @throws Error when the text is not a saved exchange of this version. */
export function restoreExchange(text: string): Book {
  const saved: unknown = JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if ('$bigint' in value && typeof value.$bigint === 'string') return BigInt(value.$bigint);
    if ('$map' in value && Array.isArray(value.$map)) return new Map(value.$map as [unknown, unknown][]);
    if ('$set' in value && Array.isArray(value.$set)) return new Set(value.$set);
    return value;
  });
  if (!isSaved(saved)) throw new Error(`not an exchange saved as version ${VERSION}`);
  return saved.book;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function isSaved(saved: unknown): saved is { version: number; book: Book } {
  if (typeof saved !== 'object' || saved === null || !('version' in saved) || !('book' in saved)) return false;
  const { version, book } = saved;
  return version === VERSION && typeof book === 'object' && book !== null && 'orders' in book && book.orders instanceof Map;
}
