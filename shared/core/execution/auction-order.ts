// Which orders of a run go into the closing auction. It refuses to know whether the broker has one: that is asked before
// the run begins.
import { CLOSING_CALL_MS } from '../market/auction.ts';
import { isWhole, type NanoShares } from '../values/shares.ts';
import { type EpochMs, SECOND_MS } from '../values/time.ts';
import { type Leg, reduces } from './leg.ts';
import type { ExecutionState } from './state.ts';

/** An order that is decided this long before the last call still gets there, with an attempt or two to spare. */
const ON_THE_WAY_MS = 30 * SECOND_MS;

/** Decided later, an order works in the market instead. */
export function auctionCutoff(close: EpochMs): EpochMs {
  return close - CLOSING_CALL_MS - ON_THE_WAY_MS;
}

/**
 * What nothing else of the run waits for: its purchases and short sales; where there are none, its sells and covers. An
 * auction brings its money after the market has closed, so nothing that pays for something else may wait for it.
 */
export function isForAuction(leg: Leg, quantity: NanoShares, { rules, close, legs }: ExecutionState, now: EpochMs): boolean {
  if (rules.auction === undefined || leg.slicing?.slices !== undefined || leg.closedOrders.length > 0) return false;
  const isLast = !reduces(leg) || legs.every(reduces);
  return isLast && isWhole(quantity) && now < auctionCutoff(close);
}
