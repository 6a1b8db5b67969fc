// The broker as the product sees it. Adapters: alpaca (HTTP), simulated (in process).
import type { Order, OrderIntent } from '../core/execution/order.ts';
import type { Activity } from '../core/ledger/activity.ts';
import type { Auction } from '../core/market/auction.ts';
import type { Session } from '../core/market/calendar.ts';
import type { Account, Position } from '../core/portfolio/portfolio.ts';
import type { ClientOrderId } from '../core/values/identity.ts';
import type { EpochMs, NewYorkDate } from '../core/values/time.ts';

/** A day of the broker's calendar, with the date on which its trades settle where the broker says it. */
export interface BrokerSession extends Omit<Session, 'isEarlyClose'> {
  readonly settlementDate?: NewYorkDate;
}

export interface Asset {
  readonly symbol: string;
  readonly isTradable: boolean;
  readonly isFractionable: boolean;
  /** Left out: not known, so it may not be sold short. */
  readonly isShortable?: boolean;
  readonly isEasyToBorrow?: boolean;
  /** Neither a share nor a fund: crypto, an option. Left out: one of them. */
  readonly class?: 'other';
}

/** What not every broker, or account, can do. */
export interface BrokerCapabilities {
  /** Auctions that take whole-share limit orders, and fill them. */
  readonly auctions: readonly Auction[];
}

/** What is certain after a submission. An answer that was lost is a thrown `BrokerError`, not one of these. */
export type SubmissionResult =
  | { readonly kind: 'accepted'; readonly order: Order }
  /** This client order id was used before: look it up. */
  | { readonly kind: 'duplicate' }
  /** The broker answered that it did not take the order. */
  | { readonly kind: 'rejected'; readonly code: string; readonly message: string };

export type CancelResult = 'requested' | 'already-terminal' | 'not-found';

/**
 * Every method throws `BrokerError` when the outside world fails. Reads are retried inside the adapter;
 * `submit` is sent once per call and never repeated by the adapter.
 */
export interface Broker {
  readonly capabilities: BrokerCapabilities;
  account(): Promise<Account>;
  /** By symbol, ascending. */
  positions(): Promise<readonly Position[]>;
  openOrders(): Promise<readonly Order[]>;
  /** undefined when the broker knows no such order *now*; a submission may still be in flight. */
  orderByClientOrderId(id: ClientOrderId): Promise<Order | undefined>;
  submit(intent: OrderIntent): Promise<SubmissionResult>;
  cancel(orderId: string): Promise<CancelResult>;
  /** The sessions from `from` to `to`, both included. */
  calendar(from: NewYorkDate, to: NewYorkDate): Promise<readonly BrokerSession[]>;
  /** Unknown symbols are absent from the answer. */
  assets(symbols: readonly string[]): Promise<readonly Asset[]>;
  /**
   * What happened to the account at or after `from`, by the broker's own order, which is nearly that of time: one may be
   * dated back by days when it is posted.
   */
  activities(from: EpochMs): Promise<readonly Activity[]>;
}
