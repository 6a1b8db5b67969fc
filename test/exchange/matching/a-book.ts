// A book with the world around it, driven by a few short words.
import { type FaultDesk, faultDesk } from '../../../exchange/faults/fault-book.ts';
import type { MarketView } from '../../../exchange/market/market-view.ts';
import { advanceTo } from '../../../exchange/matching/advance.ts';
import { type Book, openBook, requireOrder } from '../../../exchange/matching/book.ts';
import type { BookOrder, OrderDraft } from '../../../exchange/matching/book-order.ts';
import type { Refusal } from '../../../exchange/matching/refusal.ts';
import { submitOrder } from '../../../exchange/matching/submit-order.ts';
import type { Surroundings } from '../../../exchange/matching/surroundings.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import type { EpochMs } from '../../../shared/core/values/time.ts';
import { aMarket, at, sessions, still } from '../a-market.ts';

export interface TestBook {
  readonly book: Book;
  readonly around: Surroundings;
  readonly faults: FaultDesk;
  /** @throws Error when the order is refused. */
  place(draft: OrderDraft): BookOrder;
  submit(draft: OrderDraft): BookOrder | Refusal;
  /** The order as it is now. */
  look(order: BookOrder): BookOrder;
  wait(ms: number): void;
  moveTo(at: EpochMs): void;
}

/** No partial fill by chance. Friday 2026-11-20 10:00 in New York, SPY at 99.99/100.01 and TLT at 49.99/50.01, unless said otherwise. */
export function aBook(given: { cash?: string; from?: EpochMs; market?: MarketView; partialFillPpm?: number } = {}): TestBook {
  const faults = faultDesk();
  const around: Surroundings = {
    venue: given.market ?? aMarket({ SPY: still('99.99', '100.01'), TLT: still('49.99', '50.01') }),
    sessions,
    mischief: {
      take: (kind, symbol) => faults.take(kind, symbol) !== undefined,
      isHalted: (symbol) => faults.peek('halt', symbol) !== undefined,
    },
    seed: 7,
    partialFillPpm: given.partialFillPpm ?? 0,
  };
  const book = openBook({ accountNumber: 'PA1', cash: usd(given.cash ?? '100000'), at: given.from ?? at('2026-11-20', '10:00:00') });
  const submit = (draft: OrderDraft) => submitOrder(book, around, draft);
  return {
    book,
    around,
    faults,
    submit,
    place: (draft) => {
      const order = submit(draft);
      if ('kind' in order) throw new Error(`refused: ${order.code} ${JSON.stringify(order.figures)}`);
      return order;
    },
    look: ({ id }) => requireOrder(book, id),
    wait: (ms) => advanceTo(book, around, book.now + ms),
    moveTo: (instant) => advanceTo(book, around, instant),
  };
}

/** `buy('SPY', '10')` at the market for the day. */
export function buy(symbol: string, quantity: string, more: Partial<OrderDraft> = {}): OrderDraft {
  return { symbol, side: 'buy', type: 'market', timeInForce: 'day', extendedHours: false, quantity: shares(quantity), ...more };
}

export function sell(symbol: string, quantity: string, more: Partial<OrderDraft> = {}): OrderDraft {
  return { ...buy(symbol, quantity, more), side: 'sell' };
}

export function limit(price: string): Pick<OrderDraft, 'type' | 'limitPrice'> {
  return { type: 'limit', limitPrice: usd(price) };
}

export function stop(price: string): Pick<OrderDraft, 'type' | 'stopPrice'> {
  return { type: 'stop', stopPrice: usd(price) };
}
