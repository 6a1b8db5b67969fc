// What a fill does to the order, the cash, the position, the fees and the log.

import { feesOf } from '../../shared/core/ledger/fee-table.ts';
import { newYorkDate } from '../../shared/core/market/new-york-time.ts';
import { settlementDate } from '../../shared/core/market/settlement.ts';
import type { MicroUsd } from '../../shared/core/values/money.ts';
import { divide } from '../../shared/core/values/rounding.ts';
import { type NanoShares, notional } from '../../shared/core/values/shares.ts';
import type { EpochMs, NewYorkDate } from '../../shared/core/values/time.ts';
import { activityId, type Book, enterStatus } from './book.ts';
import type { BookOrder } from './book-order.ts';

export interface Execution {
  readonly quantity: NanoShares;
  readonly price: MicroUsd;
  /** What is left of the order after it; of a notional order, what the rest of the amount buys at this price. */
  readonly leaves: NanoShares;
}

export function recordFill(book: Book, order: BookOrder, { quantity, price, leaves }: Execution, at: EpochMs): void {
  const isLast = leaves === 0n;
  const date = newYorkDate(at);
  rememberDayStart(book, date);

  // A fraction of a micro-dollar always falls to the other side, so that the account never gains by rounding.
  const amount = notional(price, quantity, order.side === 'buy' ? 'ceil' : 'floor');
  const cashChange = order.side === 'buy' ? -amount : amount;
  book.cash += cashChange;
  if (order.side === 'sell') expectProceeds(book, amount, date);
  changeHolding(book, order, quantity, amount);
  accrueFees(book, order, date, amount, quantity);

  order.fillCount += 1;
  order.filledQuantity += quantity;
  order.filledValue += price * quantity;
  const filledAt = enterStatus(book, order, isLast ? 'filled' : 'partially_filled', at);
  order.filledAt = filledAt;
  book.activities.push({
    kind: 'FILL',
    id: activityId(book),
    at: filledAt,
    date,
    cashChange,
    orderId: order.id,
    symbol: order.symbol,
    side: order.side,
    quantity,
    price,
    cumulativeQuantity: order.filledQuantity,
    leavesQuantity: leaves,
    isLast,
  });
}

/** Kept before the first change of a date, for the equity at the close before it. */
export function rememberDayStart(book: Book, date: NewYorkDate): void {
  if (book.dayStart?.date !== date) book.dayStart = { date, cash: book.cash, holdings: new Map(book.holdings) };
}

function expectProceeds(book: Book, amount: MicroUsd, date: NewYorkDate): void {
  book.unsettled = book.unsettled.filter(({ settlesOn }) => settlesOn > date);
  book.unsettled.push({ amount, settlesOn: settlementDate(date) });
}

function changeHolding(book: Book, { symbol, side }: BookOrder, quantity: NanoShares, amount: MicroUsd): void {
  const held = book.holdings.get(symbol) ?? { quantity: 0n, cost: 0n };
  const [change, cost] = side === 'buy' ? [quantity, amount] : [-quantity, -amount];
  const left = held.quantity + change;
  const isLarger = held.quantity === 0n || held.quantity > 0n === change > 0n;
  if (isLarger) {
    book.holdings.set(symbol, { quantity: left, cost: held.cost + cost });
    return;
  }
  if (left !== 0n && left > 0n !== held.quantity > 0n) throw new Error(`${symbol} would go through zero, to ${left} nano-shares`);
  if (left === 0n) book.holdings.delete(symbol);
  else book.holdings.set(symbol, { quantity: left, cost: divide(held.cost * left, held.quantity, 'half-even') });
}

function accrueFees(book: Book, { side }: BookOrder, date: NewYorkDate, amount: MicroUsd, quantity: NanoShares): void {
  book.feeAccrual ??= { date, byType: new Map() };
  const { byType } = book.feeAccrual;
  for (const { type, femtos } of feesOf(side, date, amount, quantity)) {
    const sum = byType.get(type) ?? 0n;
    byType.set(type, sum === 'unpriced' || femtos === 'unpriced' ? 'unpriced' : sum + femtos);
  }
}
