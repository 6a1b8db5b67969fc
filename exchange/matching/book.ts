// The whole state of the exchange for one account: plain values, changed in place by the files of this folder.

import type { ExactFee, FeeType } from '../../shared/core/ledger/fee-table.ts';
import { newYorkDate } from '../../shared/core/market/new-york-time.ts';
import type { MicroUsd } from '../../shared/core/values/money.ts';
import type { NanoShares } from '../../shared/core/values/shares.ts';
import type { EpochMs, NewYorkDate } from '../../shared/core/values/time.ts';
import type { Activity } from './activity.ts';
import { type BookOrder, isTerminal } from './book-order.ts';
import { deriveUuid } from './chance.ts';
import { type EpochNs, stamp } from './stamp.ts';

export interface Holding {
  /** Below zero: a short position. Never zero. */
  readonly quantity: NanoShares;
  /** What the quantity cost, on average; of a short position what its sale brought, below zero. */
  readonly cost: MicroUsd;
}

/** Sale proceeds that count as cash but have not arrived. */
export interface UnsettledProceeds {
  readonly amount: MicroUsd;
  readonly settlesOn: NewYorkDate;
}

export interface AccountConfiguration {
  readonly fractionalTrading: boolean;
  readonly noShorting: boolean;
  readonly suspendTrade: boolean;
  readonly maxMarginMultiplier: 1 | 2 | 4;
  readonly tradeConfirmEmail: 'all' | 'none';
}

/** Fees of one trade date that are not posted yet. */
export interface FeeAccrual {
  readonly date: NewYorkDate;
  readonly byType: Map<FeeType, ExactFee>;
}

/** What the account held before the first change of a date: the basis of "equity at the last close". */
export interface DayStart {
  readonly date: NewYorkDate;
  readonly cash: MicroUsd;
  readonly holdings: ReadonlyMap<string, Holding>;
}

export interface Book {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly createdAt: EpochNs;
  isBlocked: boolean;
  configuration: AccountConfiguration;
  /** How far time has come. */
  now: EpochMs;
  lastStamp: EpochNs;
  cash: MicroUsd;
  readonly holdings: Map<string, Holding>;
  /** All orders ever, oldest first. */
  readonly orders: Map<string, BookOrder>;
  readonly orderIdByClientOrderId: Map<string, string>;
  /** Ids of the orders that are not terminal, oldest first. */
  readonly openOrderIds: Set<string>;
  unsettled: UnsettledProceeds[];
  feeAccrual: FeeAccrual | undefined;
  dayStart: DayStart | undefined;
  readonly activities: Activity[];
}

export interface BookOpening {
  readonly accountNumber: string;
  readonly cash: MicroUsd;
  readonly at: EpochMs;
}

/** A new account with one deposit in it. */
export function openBook({ accountNumber, cash, at }: BookOpening): Book {
  const accountId = deriveUuid('account', accountNumber);
  const book: Book = {
    accountId,
    accountNumber,
    createdAt: BigInt(at) * 1_000_000n,
    isBlocked: false,
    configuration: { fractionalTrading: true, noShorting: false, suspendTrade: false, maxMarginMultiplier: 4, tradeConfirmEmail: 'all' },
    now: at,
    lastStamp: 0n,
    cash,
    holdings: new Map(),
    orders: new Map(),
    orderIdByClientOrderId: new Map(),
    openOrderIds: new Set(),
    unsettled: [],
    feeAccrual: undefined,
    dayStart: undefined,
    activities: [],
  };
  const date = newYorkDate(at);
  book.activities.push({ kind: 'CSD', id: activityId(book), at: stamp(book, at), date, cashChange: cash });
  return book;
}

/** Sorts by age as text; clients use it as a page token and read nothing from it. */
export function activityId(book: Book): string {
  const serial = book.activities.length;
  return `${String(serial).padStart(17, '0')}::${deriveUuid('activity', book.accountNumber, serial)}`;
}

/** Oldest first. */
export function openOrders(book: Book): BookOrder[] {
  return [...book.openOrderIds].map((id) => requireOrder(book, id));
}

export function requireOrder(book: Book, id: string): BookOrder {
  const order = book.orders.get(id);
  if (order === undefined) throw new Error(`the book lists order ${id} but does not hold it`);
  return order;
}

/** Moves the order to a status at `at`; a terminal one leaves the open orders. */
export function enterStatus(book: Book, order: BookOrder, status: BookOrder['status'], at: EpochMs): EpochNs {
  order.status = status;
  order.updatedAt = stamp(book, at);
  if (isTerminal(status)) {
    order.wakesAt = undefined;
    book.openOrderIds.delete(order.id);
  }
  return order.updatedAt;
}
