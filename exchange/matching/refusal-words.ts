// The broker's words and code for every refusal: one table, for whoever answers over HTTP and for whoever does not.
import type { Refusal, RefusalCode } from './refusal.ts';

export interface RefusalWords {
  /** The broker's own number, such as 40310000. */
  readonly code: number;
  readonly message: string;
}

const NOT_FOUND = 40410000;
const FORBIDDEN = 40310000;
const UNPROCESSABLE = 42210000;

type Words = readonly [code: number, message: string | ((figures: Refusal['figures']) => string)];

const WORDS: Readonly<Record<RefusalCode, Words>> = {
  'client-order-id-taken': [40010001, 'client_order_id must be unique'],
  'account-blocked': [FORBIDDEN, 'account is blocked from trading'],
  'trading-suspended': [FORBIDDEN, 'trading is suspended by the user'],
  'asset-not-found': [NOT_FOUND, ({ symbol }) => `asset not found for ${symbol}`],
  'asset-not-tradable': [UNPROCESSABLE, ({ symbol }) => `asset "${symbol}" is not tradable`],
  'asset-not-fractionable': [FORBIDDEN, ({ symbol }) => `asset "${symbol}" is not fractionable`],
  'fractional-trading-off': [FORBIDDEN, 'account is not eligible to trade fractional shares'],
  'sub-penny-price': [
    UNPROCESSABLE,
    ({ field, price }) => `invalid ${field} ${price}. sub-penny increment does not fulfill minimum pricing criteria`,
  ],
  'notional-decimals': [UNPROCESSABLE, 'notional value must be limited to 2 decimal places'],
  'notional-not-market': [UNPROCESSABLE, 'notional orders must be market orders'],
  'fractional-not-day': [UNPROCESSABLE, 'fractional orders must be DAY orders'],
  'extended-hours-not-limit': [UNPROCESSABLE, 'extended hours order must be DAY or GTC limit orders'],
  // The windows are the broker's, the wording is ours.
  'auction-closed': [UNPROCESSABLE, ({ timeInForce }) => `${timeInForce} orders are not accepted at this time`],
  'price-unknown': [UNPROCESSABLE, ({ symbol }) => `unable to get a price for ${symbol}`],
  'cost-below-minimum': [FORBIDDEN, 'cost basis must be >= minimal amount of order 1'],
  'wash-trade': [FORBIDDEN, 'potential wash trade detected. use complex orders'],
  'buying-power': [FORBIDDEN, 'insufficient buying power'],
  'quantity-unavailable': [
    FORBIDDEN,
    ({ requested, available }) => `insufficient qty available for order (requested: ${requested}, available: ${available})`,
  ],
  'fractional-short': [UNPROCESSABLE, 'fractional orders cannot be sold short'],
  'shorting-off': [FORBIDDEN, 'account is not allowed to short'],
  'asset-not-shortable': [UNPROCESSABLE, ({ symbol }) => `asset "${symbol}" cannot be sold short`],
  'long-buy-open': [FORBIDDEN, 'cannot open a short sell while a long buy order is open'],
  'short-sell-open': [FORBIDDEN, 'cannot open a long buy while a short sell order is open'],
  'order-not-found': [NOT_FOUND, 'order not found'],
  'order-terminal': [UNPROCESSABLE, ({ status }) => `order is already in "${status}" state`],
  'order-not-replaceable': [UNPROCESSABLE, ({ status }) => `unable to replace order, order is in "${status}" state`],
  'notional-not-replaceable': [UNPROCESSABLE, 'unable to replace a notional order'],
  'order-unchanged': [UNPROCESSABLE, 'order parameters are not changed'],
  'position-not-found': [NOT_FOUND, 'position does not exist'],
};

export function refusalWords({ code, figures }: Refusal): RefusalWords {
  const [number, message] = WORDS[code];
  return { code: number, message: typeof message === 'string' ? message : message(figures) };
}
