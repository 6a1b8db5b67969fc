// A refusal of the book in the broker's words and code, so that a record reads the same whoever was the broker.
// A test holds this table to the one of the exchange.
import type { Refusal, RefusalCode } from '../../../exchange/matching/refusal.ts';
import type { SubmissionResult } from '../../ports/broker.ts';

type Rejected = Extract<SubmissionResult, { readonly kind: 'rejected' }>;

/** What an order intent can run into. It has a quantity, a limit on the grid and regular hours, and replaces nothing. */
type RejectionCode = Exclude<
  RefusalCode,
  | 'client-order-id-taken'
  | 'sub-penny-price'
  | 'notional-decimals'
  | 'notional-not-market'
  | 'extended-hours-not-limit'
  | 'order-not-found'
  | 'order-terminal'
  | 'order-not-replaceable'
  | 'notional-not-replaceable'
  | 'order-unchanged'
  | 'position-not-found'
>;

const NOT_FOUND = '40410000';
const FORBIDDEN = '40310000';
const UNPROCESSABLE = '42210000';

const REJECTIONS: Readonly<Record<RejectionCode, (figures: Refusal['figures']) => Rejected>> = {
  'account-blocked': () => rejected(FORBIDDEN, 'account is blocked from trading'),
  'trading-suspended': () => rejected(FORBIDDEN, 'trading is suspended by the user'),
  'asset-not-found': ({ symbol }) => rejected(NOT_FOUND, `asset not found for ${symbol}`),
  'asset-not-tradable': ({ symbol }) => rejected(UNPROCESSABLE, `asset "${symbol}" is not tradable`),
  'asset-not-fractionable': ({ symbol }) => rejected(FORBIDDEN, `asset "${symbol}" is not fractionable`),
  'fractional-trading-off': () => rejected(FORBIDDEN, 'account is not eligible to trade fractional shares'),
  'fractional-not-day': () => rejected(UNPROCESSABLE, 'fractional orders must be DAY orders'),
  'price-unknown': ({ symbol }) => rejected(UNPROCESSABLE, `unable to get a price for ${symbol}`),
  'cost-below-minimum': () => rejected(FORBIDDEN, 'cost basis must be >= minimal amount of order 1'),
  'wash-trade': () => rejected(FORBIDDEN, 'potential wash trade detected. use complex orders'),
  'buying-power': () => rejected(FORBIDDEN, 'insufficient buying power'),
  'quantity-unavailable': ({ requested, available }) =>
    rejected(FORBIDDEN, `insufficient qty available for order (requested: ${requested}, available: ${available})`),
};

/** @throws Error for a refusal that no submission can bring. */
export function rejectionOf({ code, figures }: Refusal): Rejected {
  if (!isRejection(code)) throw new Error(`a submission was refused as ${code}`);
  return REJECTIONS[code](figures);
}

function isRejection(code: RefusalCode): code is RejectionCode {
  return Object.hasOwn(REJECTIONS, code);
}

function rejected(code: string, message: string): Rejected {
  return { kind: 'rejected', code, message };
}
