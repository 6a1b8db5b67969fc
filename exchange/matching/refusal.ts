// Why the exchange did not do what it was asked: a code, and the figures that decided. The wording is in refusal-words.ts.

export type RefusalCode =
  | 'client-order-id-taken'
  | 'account-blocked'
  | 'trading-suspended'
  | 'asset-not-found'
  | 'asset-not-tradable'
  | 'asset-not-fractionable'
  | 'fractional-trading-off'
  | 'sub-penny-price'
  | 'notional-decimals'
  | 'notional-not-market'
  | 'fractional-not-day'
  | 'extended-hours-not-limit'
  | 'auction-closed'
  | 'price-unknown'
  | 'cost-below-minimum'
  | 'wash-trade'
  | 'buying-power'
  | 'quantity-unavailable'
  | 'fractional-short'
  | 'shorting-off'
  | 'asset-not-shortable'
  | 'long-buy-open'
  | 'short-sell-open'
  | 'order-not-found'
  | 'order-terminal'
  | 'order-not-replaceable'
  | 'notional-not-replaceable'
  | 'order-unchanged'
  | 'position-not-found';

export interface Refusal {
  readonly kind: 'refusal';
  readonly code: RefusalCode;
  readonly figures: Readonly<Record<string, string>>;
  /** Ids of the open orders that stand in the way, oldest first. */
  readonly relatedOrders?: readonly string[];
}

export function refuse(code: RefusalCode, figures: Readonly<Record<string, string>> = {}, relatedOrders?: readonly string[]): Refusal {
  return { kind: 'refusal', code, figures, ...(relatedOrders === undefined ? {} : { relatedOrders }) };
}
