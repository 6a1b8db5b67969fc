// The Broker port directly on the matching of the local exchange: no HTTP, no JSON, no waiting. It gives the answers
// that the Alpaca adapter gives over that exchange. It refuses to know what time it is: the clock is an argument.
import { accountValue, availableQuantity } from '../../../exchange/matching/account-value.ts';
import { advanceTo } from '../../../exchange/matching/advance.ts';
import { type Book, openOrders } from '../../../exchange/matching/book.ts';
import { cancelOrder } from '../../../exchange/matching/cancel-order.ts';
import { submitOrder } from '../../../exchange/matching/submit-order.ts';
import type { Sessions, Surroundings } from '../../../exchange/matching/surroundings.ts';
import type { Account, Position } from '../../core/portfolio/portfolio.ts';
import { roundToCents } from '../../core/values/money.ts';
import { larger } from '../../core/values/rounding.ts';
import type { Asset, Broker, CancelResult } from '../../ports/broker.ts';
import type { Clock } from '../../ports/clock.ts';
import { activityOf } from './activity-of.ts';
import { brokerSessions } from './broker-sessions.ts';
import { orderOf } from './order-of.ts';
import { draftOf, submissionResult } from './submission.ts';
import { askedSymbols } from './symbols.ts';

/** As over HTTP, where an empty or dotted id would name the whole collection. */
const ORDER_ID = /^[\w-]+$/;

export interface SimulatedBrokerOptions {
  /** The account. Its time moves when the broker is asked something, up to what the clock then says. */
  readonly book: Book;
  readonly around: Surroundings;
  readonly clock: Clock;
  /** What the broker says of its sessions, true or not; left out, those it trades by. */
  readonly calendar?: Sessions;
}

/** What the port asks callers never to do (an order without a quantity, a price off the grid) is a RangeError. */
export function simulatedBroker({ book, around, clock, calendar = around.sessions }: SimulatedBrokerOptions): Broker {
  /** The book as of now: everything that is due has happened in it. */
  function current(): Book {
    advanceTo(book, around, clock.now());
    return book;
  }

  return {
    // The matching plays both.
    capabilities: { auctions: ['open', 'close'] },

    account: async () => accountOf(current(), around),

    positions: async () => positionsOf(current()),

    openOrders: async () => openOrders(current()).map(orderOf),

    orderByClientOrderId: async (id) => {
      const { orders, orderIdByClientOrderId } = current();
      const order = orders.get(orderIdByClientOrderId.get(id) ?? '');
      return order === undefined ? undefined : orderOf(order);
    },

    submit: async (intent) => submissionResult(submitOrder(current(), around, draftOf(intent, clock.now()))),

    cancel: async (orderId) => {
      if (!ORDER_ID.test(orderId)) throw new RangeError('an order id is letters, digits and dashes');
      return cancelResult(current(), orderId);
    },

    calendar: async (from, to) => brokerSessions(calendar, from, to),

    assets: async (symbols) =>
      askedSymbols(symbols)
        .sort()
        .flatMap((symbol) => assetOf(around, symbol)),

    activities: async (from) => {
      const now = current();
      return now.activities.map((activity) => activityOf(activity, now)).filter(({ at }) => at >= from);
    },
  };
}

/** What may be spent is rounded down to a cent, the rest is exact. */
function accountOf(book: Book, around: Surroundings): Account {
  const { equity, lastEquity, cash, buyingPower, canShort, multiplier, shortMarketValue } = accountValue(book, around);
  const restrictions = [
    ...(book.isBlocked ? ['trading_blocked', 'account_blocked'] : []),
    ...(book.configuration.suspendTrade ? ['trade_suspended_by_user'] : []),
  ];
  return {
    accountNumber: book.accountNumber,
    equity,
    cash,
    buyingPower: roundToCents(buyingPower, 'floor'),
    isBlocked: restrictions.length > 0,
    ...(restrictions.length === 0 ? {} : { restrictions }),
    lastEquity,
    canShort,
    multiplier,
    shortValue: -shortMarketValue,
  };
}

function positionsOf(book: Book): Position[] {
  return [...book.holdings.keys()].sort().flatMap((symbol) => {
    const quantity = book.holdings.get(symbol)?.quantity ?? 0n;
    return quantity === 0n ? [] : [{ symbol, quantity, available: larger(availableQuantity(book, symbol), 0n) }];
  });
}

/** An order that is being canceled already may still fill: it is not terminal. */
function cancelResult(book: Book, orderId: string): CancelResult {
  const refusal = cancelOrder(book, orderId);
  if (refusal === undefined) return 'requested';
  if (refusal.code === 'order-not-found') return 'not-found';
  if (refusal.code === 'order-terminal') return 'already-terminal';
  throw new Error(`a cancel was refused as ${refusal.code}`);
}

function assetOf({ venue }: Surroundings, symbol: string): Asset[] {
  const asset = venue.asset(symbol);
  if (asset === undefined) return [];
  const { isTradable, isFractionable, isShortable = false, isEasyToBorrow = false } = asset;
  return [{ symbol: asset.symbol, isTradable, isFractionable, isShortable, isEasyToBorrow }];
}
