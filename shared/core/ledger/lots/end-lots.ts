// Ends lots by a method: which go first, what part of their amount goes with them, and what was realised.
import type { MicroUsd } from '../../values/money.ts';
import { smaller } from '../../values/rounding.ts';
import type { NanoShares } from '../../values/shares.ts';
import { apportion } from './apportion.ts';
import { holdingTerm } from './holding-term.ts';
import type { LotEvent } from './lot-event.ts';
import type { LotBook, LotMethod, RealisedLot, TaxLot } from './tax-lot.ts';

/** Of one symbol: all its open lots are on one side. */
export type Books = LotBook;

/**
 * @param quantity not more than is open.
 * @param amount what ending them brought, or cost; null where nobody knows.
 */
export function endLots(books: Books, event: LotEvent, quantity: NanoShares, amount: MicroUsd | null, method: LotMethod): Books {
  const taken = new Map<TaxLot, NanoShares>();
  let left = quantity;
  for (const lot of inTurn(books.open, method)) {
    const part = smaller(left, lot.quantity);
    if (part > 0n) taken.set(lot, part);
    left -= part;
  }
  const open = books.open.flatMap((lot) => remainder(lot, taken.get(lot) ?? 0n));
  const stillHeld = new Set(open.map(({ acquired }) => acquired));
  const shares = amount === null ? undefined : apportion(amount, [...taken.values()]);
  const realised = [...taken].map(([lot, part], place) => realise(lot, part, shares?.[place] ?? null, event, stillHeld.has(lot.acquired)));
  return { ...books, open, realised: [...books.realised, ...realised] };
}

/** `hifo`: the most expensive first, and of short lots those that brought the least. What has no known amount comes last. */
function inTurn(lots: readonly TaxLot[], method: LotMethod): readonly TaxLot[] {
  if (method === 'fifo') return lots;
  return lots.toSorted((a, b) => {
    if (a.amount === null || b.amount === null) return a.amount === b.amount ? 0 : a.amount === null ? 1 : -1;
    // A price is amount / quantity: compared without dividing.
    const [ofA, ofB] = [a.amount * b.quantity, b.amount * a.quantity];
    if (ofA === ofB) return 0;
    return ofA > ofB === (a.side === 'long') ? -1 : 1;
  });
}

function remainder(lot: TaxLot, taken: NanoShares): TaxLot[] {
  if (taken === 0n) return [lot];
  if (taken === lot.quantity) return [];
  const amount = lot.amount === null ? null : (apportion(lot.amount, [taken, lot.quantity - taken])[1] ?? null);
  return [{ ...lot, quantity: lot.quantity - taken, amount }];
}

function realise(lot: TaxLot, quantity: NanoShares, ended: MicroUsd | null, event: LotEvent, isPartOfMore: boolean): RealisedLot {
  const { symbol, side, acquired } = lot;
  const begun = lot.amount === null ? null : (apportion(lot.amount, [quantity, lot.quantity - quantity])[0] ?? null);
  const [cost, proceeds] = side === 'long' ? [begun, ended] : [ended, begun];
  const gain = cost === null || proceeds === null ? null : proceeds - cost;
  const term = holdingTerm(lot, event.on);
  return { symbol, side, quantity, acquired, disposed: event.on, cost, proceeds, gain, term, by: event.kind, isPartOfMore };
}
