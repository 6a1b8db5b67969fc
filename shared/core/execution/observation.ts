// What one turn of the crank sees of the world, and what it asks of it.
import type { Quote } from '../market/quote.ts';
import type { Account } from '../portfolio/portfolio.ts';
import type { ClientOrderId } from '../values/identity.ts';
import type { NanoShares } from '../values/shares.ts';
import type { OpenOrders } from './open-orders.ts';
import type { Order, OrderIntent } from './order.ts';

/** What became of a submission made since the state was written. An accepted order is in `orders` instead. */
export type SubmissionNews =
  | { readonly kind: 'rejected'; readonly code: string; readonly message: string }
  /** The answer was lost: the broker may have the order. */
  | { readonly kind: 'lost' }
  /** The broker certainly did not take it this time (rate limited, connection refused). */
  | { readonly kind: 'not-landed' }
  /** We did not send it: the kill switch was found on, or the time was over. */
  | { readonly kind: 'withheld'; readonly because: 'kill-switch' | 'deadline' };

export interface Observation {
  /** Off, or on and what becomes of the orders that work. */
  readonly killSwitch: 'off' | OpenOrders;
  /** Read after the orders, so that it knows at least what they say. */
  readonly account: Account;
  /**
   * What is held, negative when short, read after the orders too; a symbol that is absent is not held. Left out where the
   * account cannot sell short: the broker itself then refuses to sell what is not there.
   */
  readonly positions?: ReadonlyMap<string, NanoShares>;
  /** The live orders that the broker has, by client order id. One that is absent was not found. */
  readonly orders: ReadonlyMap<ClientOrderId, Order>;
  /** Everything that is open in the account, whoever's it is; left out where nothing is about to be sent. */
  readonly openOrders?: readonly Order[];
  readonly quotes: ReadonlyMap<string, Quote>;
  readonly news: ReadonlyMap<ClientOrderId, SubmissionNews>;
}

/** `price`: the order's time at its price is over. `stop`: nothing more may be sent, and nothing may work on. */
export type CancelOccasion = 'price' | 'stop';

export type Action =
  | { readonly kind: 'submit'; readonly intent: OrderIntent }
  | { readonly kind: 'cancel'; readonly orderId: string; readonly occasion: CancelOccasion };
