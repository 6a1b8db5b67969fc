// The auctions at the two ends of a session, and until when a broker takes orders for them. The brokers' calls are earlier
// than the exchanges' own.
import { type EpochMs, MINUTE_MS } from '../values/time.ts';
import type { Session } from './calendar.ts';

export type Auction = 'open' | 'close';

/** 9:28 for the open, and ten minutes before the close (15:50), as Alpaca's documents say; from then on an order is refused. */
export const OPENING_CALL_MS = 2 * MINUTE_MS;
export const CLOSING_CALL_MS = 10 * MINUTE_MS;

/** From then on no order is taken for this session's auction. */
export function lastCallOf(auction: Auction, { open, close }: Pick<Session, 'open' | 'close'>): EpochMs {
  return auction === 'open' ? open - OPENING_CALL_MS : close - CLOSING_CALL_MS;
}
