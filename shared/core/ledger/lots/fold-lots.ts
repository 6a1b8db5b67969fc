// The tax lots of a portfolio: its ledger's entries folded by symbol. A purchase covers what is short and then makes a lot; a sale
// ends lots by the method and then makes a short one. It refuses to know what is taxed.
import { absolute, smaller } from '../../values/rounding.ts';
import type { Entry } from '../entry.ts';
import { apportion } from './apportion.ts';
import { type CorporateContext, corporateContext, takeCorporateAction } from './corporate-lots.ts';
import { type Books, endLots } from './end-lots.ts';
import { type LotEvent, lotEvents } from './lot-event.ts';
import type { LotBook, LotMethod, RealisedLot, TaxLot } from './tax-lot.ts';

/** What is not known of a lot is null in it and in every gain that it is part of. */
export function foldLots(entries: readonly Entry[], method: LotMethod = 'fifo'): LotBook {
  const events = lotEvents(entries);
  const context = corporateContext([...events.values()].flat());
  const books = [...events.keys()].sort().map((symbol) => booksOf(events.get(symbol) ?? [], method, context));
  return {
    open: books.flatMap(({ open }) => open),
    realised: books.flatMap(({ realised }) => realised).sort(byDate),
    remarks: books.flatMap(({ remarks }) => remarks).sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)),
  };
}

function booksOf(events: readonly LotEvent[], method: LotMethod, context: CorporateContext): Books {
  return events.reduce<Books>(
    (books, event) =>
      event.kind === 'corporate-action' ? takeCorporateAction(books, event, method, context) : trade(books, event, method),
    { open: [], realised: [], remarks: [] },
  );
}

function trade(books: Books, event: LotEvent, method: LotMethod): Books {
  const side = event.quantity > 0n ? 'long' : 'short';
  const held = books.open.filter((lot) => lot.side !== side).reduce((sum, lot) => sum + lot.quantity, 0n);
  const ended = smaller(held, absolute(event.quantity));
  const opened = absolute(event.quantity) - ended;
  const [toEnd, toOpen] = event.amount === null ? [null, null] : apportion(absolute(event.amount), [ended, opened]);
  const after = ended === 0n ? books : endLots(books, event, ended, toEnd ?? null, method);
  if (opened === 0n) return after;
  const { symbol, on: acquired, kind: origin } = event;
  const lot: TaxLot = { symbol, side, quantity: opened, acquired, amount: toOpen ?? null, origin };
  return { ...after, open: [...after.open, lot] };
}

function byDate(a: RealisedLot, b: RealisedLot): number {
  if (a.disposed !== b.disposed) return a.disposed < b.disposed ? -1 : 1;
  return a.symbol === b.symbol ? 0 : a.symbol < b.symbol ? -1 : 1;
}
