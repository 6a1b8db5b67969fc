// Instants in nanoseconds, no two alike: the order of events can be read off their time alone.
import type { Flavor } from '../../shared/core/values/flavor.ts';
import { larger } from '../../shared/core/values/rounding.ts';
import type { EpochMs } from '../../shared/core/values/time.ts';

/** Nanoseconds since 1970-01-01T00:00Z. */
export type EpochNs = Flavor<bigint, 'EpochNs'>;

export const NANOS_PER_MS = 1_000_000n;

/** The next unused nanosecond at or after `at`. */
export function stamp(book: { lastStamp: EpochNs }, at: EpochMs): EpochNs {
  book.lastStamp = larger(BigInt(at) * NANOS_PER_MS, book.lastStamp + 1n);
  return book.lastStamp;
}
