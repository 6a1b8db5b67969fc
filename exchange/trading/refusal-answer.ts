// Every refusal in the words, the code and the HTTP status of the broker. The one place that knows them.
import type { FastifyReply } from 'fastify';
import type { Refusal, RefusalCode } from '../matching/refusal.ts';

export interface RefusalAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> & { readonly code: number; readonly message: string };
}

const NOT_FOUND = 40410000;
const FORBIDDEN = 40310000;
const UNPROCESSABLE = 42210000;

const ANSWERS: Readonly<Record<RefusalCode, (refusal: Refusal) => RefusalAnswer>> = {
  'client-order-id-taken': () => answer(422, 40010001, 'client_order_id must be unique'),
  'account-blocked': () => answer(403, FORBIDDEN, 'account is blocked from trading'),
  'trading-suspended': () => answer(403, FORBIDDEN, 'trading is suspended by the user'),
  'asset-not-found': ({ figures }) => answer(404, NOT_FOUND, `asset not found for ${figures['symbol']}`),
  'asset-not-tradable': ({ figures }) => answer(422, UNPROCESSABLE, `asset "${figures['symbol']}" is not tradable`),
  'asset-not-fractionable': ({ figures }) => answer(403, FORBIDDEN, `asset "${figures['symbol']}" is not fractionable`),
  'fractional-trading-off': () => answer(403, FORBIDDEN, 'account is not eligible to trade fractional shares'),
  'sub-penny-price': ({ figures }) =>
    answer(
      422,
      UNPROCESSABLE,
      `invalid ${figures['field']} ${figures['price']}. sub-penny increment does not fulfill minimum pricing criteria`,
    ),
  'notional-decimals': () => answer(422, UNPROCESSABLE, 'notional value must be limited to 2 decimal places'),
  'notional-not-market': () => answer(422, UNPROCESSABLE, 'notional orders must be market orders'),
  'fractional-not-day': () => answer(422, UNPROCESSABLE, 'fractional orders must be DAY orders'),
  'extended-hours-not-limit': () => answer(422, UNPROCESSABLE, 'extended hours order must be DAY or GTC limit orders'),
  'price-unknown': ({ figures }) => answer(422, UNPROCESSABLE, `unable to get a price for ${figures['symbol']}`),
  'cost-below-minimum': () => answer(403, FORBIDDEN, 'cost basis must be >= minimal amount of order 1'),
  'wash-trade': ({ relatedOrders }) =>
    answer(403, FORBIDDEN, 'potential wash trade detected. use complex orders', { existing_order_id: relatedOrders?.[0] }),
  'buying-power': ({ figures }) =>
    answer(403, FORBIDDEN, 'insufficient buying power', { buying_power: figures['buyingPower'], cost_basis: figures['costBasis'] }),
  'quantity-unavailable': ({ figures, relatedOrders }) =>
    answer(
      403,
      FORBIDDEN,
      `insufficient qty available for order (requested: ${figures['requested']}, available: ${figures['available']})`,
      {
        available: figures['available'],
        existing_qty: figures['existing'],
        held_for_orders: figures['held'],
        related_orders: relatedOrders ?? [],
        symbol: figures['symbol'],
      },
    ),
  'order-not-found': () => answer(404, NOT_FOUND, 'order not found'),
  'order-terminal': ({ figures }) => answer(422, UNPROCESSABLE, `order is already in "${figures['status']}" state`),
  'order-not-replaceable': ({ figures }) => answer(422, UNPROCESSABLE, `unable to replace order, order is in "${figures['status']}" state`),
  'notional-not-replaceable': () => answer(422, UNPROCESSABLE, 'unable to replace a notional order'),
  'order-unchanged': () => answer(422, UNPROCESSABLE, 'order parameters are not changed'),
  'position-not-found': () => answer(404, NOT_FOUND, 'position does not exist'),
};

export function refusalAnswer(refusal: Refusal): RefusalAnswer {
  return ANSWERS[refusal.code](refusal);
}

export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status, body } = refusalAnswer(refusal);
  return reply.code(status).send(body);
}

function answer(status: number, code: number, message: string, more: Readonly<Record<string, unknown>> = {}): RefusalAnswer {
  return { status, body: { ...more, code, message } };
}
