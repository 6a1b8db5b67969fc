// The equity of the account at past instants, folded from its log: nothing has to be written down as time passes.
import type { MicroUsd } from '../../shared/core/values/money.ts';
import type { NanoShares } from '../../shared/core/values/shares.ts';
import type { EpochMs } from '../../shared/core/values/time.ts';
import { holdingsValue } from './account-value.ts';
import type { Activity } from './activity.ts';
import type { Book, Holding } from './book.ts';
import { NANOS_PER_MS } from './stamp.ts';
import type { Venue } from './surroundings.ts';

/** @param instants ascending. Before the first deposit the equity is 0. */
export function equityHistory(book: Book, venue: Venue, instants: readonly EpochMs[]): MicroUsd[] {
  let cash = 0n;
  let next = 0;
  const holdings = new Map<string, Holding>();
  return instants.map((instant) => {
    const until = BigInt(instant + 1) * NANOS_PER_MS;
    for (let activity = book.activities[next]; activity !== undefined && activity.at < until; activity = book.activities[++next]) {
      cash += activity.cashChange;
      applyFill(holdings, activity);
    }
    return cash + holdingsValue(holdings, venue, instant);
  });
}

function applyFill(holdings: Map<string, Holding>, activity: Activity): void {
  if (activity.kind !== 'FILL') return;
  const { symbol, side, quantity, price } = activity;
  const held: NanoShares = holdings.get(symbol)?.quantity ?? 0n;
  const left = side === 'buy' ? held + quantity : held - quantity;
  // The last fill stands in for the cost, which matters only where the market knows no price.
  if (left === 0n) holdings.delete(symbol);
  else holdings.set(symbol, { quantity: left, cost: (price * left) / 1_000_000_000n });
}
