// The sessions of the New York Stock Exchange as the rest of the core sees them.
import type { EpochMs, NewYorkDate } from '../values/time.ts';

/** One trading day: regular hours only. */
export interface Session {
  readonly date: NewYorkDate;
  readonly open: EpochMs;
  readonly close: EpochMs;
  readonly isEarlyClose: boolean;
}
