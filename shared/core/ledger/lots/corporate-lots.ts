// What splits, spin-offs, mergers and the like do to lots. The broker tells a quantity, sometimes cash, and a word: what follows
// from those for certain is done, anything else makes a cost unknown and is named.
import { absolute } from '../../values/rounding.ts';
import type { NanoShares } from '../../values/shares.ts';
import { apportion } from './apportion.ts';
import { type Books, endLots } from './end-lots.ts';
import type { LotEvent } from './lot-event.ts';
import type { LotMethod, LotRemark, LotRemarkCode, TaxLot } from './tax-lot.ts';

/** Alpaca's words by which shares are only counted otherwise: a split, forward or reverse. */
const SPLIT_WORDS: ReadonlySet<string> = new Set(['SPLIT', 'SSP']);

/** What the other symbols of an action tell of this one. */
export interface CorporateContext {
  /** Dates and words by which shares of some symbol arrived. */
  readonly arrivals: ReadonlySet<string>;
}

export function corporateContext(events: readonly LotEvent[]): CorporateContext {
  const arrived = events.filter(({ kind, quantity }) => kind === 'corporate-action' && quantity > 0n);
  return { arrivals: new Set(arrived.map(actionOf)) };
}

export function takeCorporateAction(books: Books, event: LotEvent, method: LotMethod, context: CorporateContext): Books {
  const held = books.open.reduce((sum, { quantity }) => sum + quantity, 0n);
  const sign = books.open[0]?.side === 'short' ? -1n : 1n;
  const after = sign * held + event.quantity;
  const staysOnItsSide = held > 0n && after * sign > 0n;
  if (event.quantity === 0n) return event.amount === 0n ? books : remark(books, event, 'cash-in-lieu');
  if (SPLIT_WORDS.has(event.word ?? '') && staysOnItsSide) {
    const split = { ...books, open: scaled(books.open, absolute(after)) };
    return event.amount === 0n ? split : remark(split, event, 'cash-in-lieu');
  }
  return event.quantity * sign < 0n && held > 0n ? leave(books, event, held, method, context) : arrive(books, event);
}

/** The cost stays, the shares are more or fewer. */
function scaled(lots: readonly TaxLot[], whole: NanoShares): TaxLot[] {
  const quantities = apportion(
    whole,
    lots.map(({ quantity }) => quantity),
  );
  return lots.map((lot, place) => ({ ...lot, quantity: quantities[place] ?? 0n })).filter(({ quantity }) => quantity > 0n);
}

/** Cash for all that went is what it was sold for, unless shares of another came for it as well. */
function leave(books: Books, event: LotEvent, held: NanoShares, method: LotMethod, { arrivals }: CorporateContext): Books {
  const gone = absolute(event.quantity);
  const isSold =
    event.amount !== null && event.amount > 0n && books.open[0]?.side === 'long' && gone <= held && !arrivals.has(actionOf(event));
  const ended = gone <= held ? gone : held;
  const after = endLots(books, event, ended, isSold ? event.amount : null, method);
  const named = isSold ? after : remark(after, event, arrivals.has(actionOf(event)) ? 'exchanged-for-others' : 'gone-for-nothing');
  return gone === ended ? named : arrive(named, { ...event, quantity: event.quantity > 0n ? gone - ended : ended - gone });
}

function arrive(books: Books, event: LotEvent): Books {
  const { symbol, on: acquired, kind: origin, quantity } = event;
  const side = quantity > 0n ? 'long' : 'short';
  const lot: TaxLot = { symbol, side, quantity: absolute(quantity), acquired, amount: null, origin };
  return remark({ ...books, open: [...books.open, lot] }, event, 'shares-of-unknown-cost');
}

function remark(books: Books, { symbol, on, word = '', quantity, amount }: LotEvent, code: LotRemarkCode): Books {
  const made: LotRemark = { symbol, on, word, code, quantity, amount: amount ?? 0n };
  return { ...books, remarks: [...books.remarks, made] };
}

function actionOf({ on, word }: LotEvent): string {
  return `${on} ${word ?? ''}`;
}
