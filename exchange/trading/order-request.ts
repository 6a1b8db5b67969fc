// What a client may ask for in POST and PATCH of an order, read into exact numbers.
import * as z from 'zod';
import { parseUsd } from '../../shared/core/values/money.ts';
import { parseShares } from '../../shared/core/values/shares.ts';
import type { OrderDraft } from '../matching/book-order.ts';
import type { ReplacementTerms } from '../matching/replace-order.ts';
import { plainDecimal } from './plain-decimal.ts';

/** Numbers come as strings or as JSON numbers; either way only their digits count. */
const digits = z.union([z.string(), z.number()]).transform((value) => (typeof value === 'number' ? plainDecimal(value) : value));

const quantity = digits.transform((text, context) => {
  const value = parseShares(text);
  if (value !== undefined && value > 0n) return value;
  const isTooFine = value === undefined && /^\d+\.\d{10,}$/.test(text);
  context.addIssue({ code: 'custom', message: isTooFine ? 'qty must be limited to 9 decimal places' : `qty must be > 0: ${text}` });
  return z.NEVER;
});

/** More digits than a micro-dollar are rounded away from the tick, so that the tick rule still refuses them. */
function amount(field: string) {
  return digits.transform((text, context) => {
    const value = parseUsd(text, 'ceil');
    if (value !== undefined && value > 0n) return value;
    context.addIssue({ code: 'custom', message: `${field} must be > 0: ${text}` });
    return z.NEVER;
  });
}

const clientOrderId = z.string().max(128, 'must be no more than 128 characters');
const timeInForce = z.enum(['day', 'gtc', 'ioc', 'fok', 'opg', 'cls']);

const orderBody = z
  .object({
    symbol: z.string().min(1),
    qty: quantity.nullish(),
    notional: amount('notional').nullish(),
    side: z.enum(['buy', 'sell']),
    type: z.enum(['market', 'limit', 'stop', 'stop_limit']),
    time_in_force: timeInForce,
    limit_price: amount('limit_price').nullish(),
    stop_price: amount('stop_price').nullish(),
    extended_hours: z.boolean().nullish(),
    client_order_id: clientOrderId.nullish(),
    // Orders that hang together are not offered, and must not be taken for simple ones.
    order_class: z.enum(['', 'simple']).nullish(),
    take_profit: z.null().optional(),
    stop_loss: z.null().optional(),
    trail_price: z.null().optional(),
    trail_percent: z.null().optional(),
  })
  .superRefine((body, context) => {
    const message = refuseBody(body);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

interface BodyTerms {
  readonly type: OrderDraft['type'];
  readonly qty?: bigint | null | undefined;
  readonly notional?: bigint | null | undefined;
  readonly limit_price?: bigint | null | undefined;
  readonly stop_price?: bigint | null | undefined;
}

function refuseBody({ type, qty, notional, limit_price: limit, stop_price: stop }: BodyTerms): string | undefined {
  if (isGiven(qty) === isGiven(notional)) return isGiven(qty) ? 'only one of qty or notional is accepted' : 'qty or notional is required';
  const needsLimit = type === 'limit' || type === 'stop_limit';
  const needsStop = type === 'stop' || type === 'stop_limit';
  if (needsLimit && !isGiven(limit)) return `${type} orders require limit price`;
  if (needsStop && !isGiven(stop)) return `${type} orders require stop price`;
  if (!needsLimit && isGiven(limit)) return `${type} orders must not have limit price`;
  if (!needsStop && isGiven(stop)) return `${type} orders must not have stop price`;
  return undefined;
}

/** @throws ZodError when the body is not an order. */
export function readOrder(body: unknown): OrderDraft {
  const order = orderBody.parse(body ?? {});
  return {
    symbol: order.symbol,
    side: order.side,
    type: order.type,
    timeInForce: order.time_in_force,
    extendedHours: order.extended_hours ?? false,
    // An empty id asks the broker to make one.
    ...(order.client_order_id ? { clientOrderId: order.client_order_id } : {}),
    ...(isGiven(order.qty) ? { quantity: order.qty } : {}),
    ...(isGiven(order.notional) ? { notional: order.notional } : {}),
    ...(isGiven(order.limit_price) ? { limitPrice: order.limit_price } : {}),
    ...(isGiven(order.stop_price) ? { stopPrice: order.stop_price } : {}),
  };
}

const replacementBody = z.object({
  qty: quantity.nullish(),
  time_in_force: timeInForce.nullish(),
  limit_price: amount('limit_price').nullish(),
  stop_price: amount('stop_price').nullish(),
  client_order_id: clientOrderId.nullish(),
});

/** @throws ZodError when the body is not a replacement. */
export function readReplacement(body: unknown): ReplacementTerms {
  const terms = replacementBody.parse(body ?? {});
  return {
    ...(terms.client_order_id ? { clientOrderId: terms.client_order_id } : {}),
    ...(isGiven(terms.qty) ? { quantity: terms.qty } : {}),
    ...(isGiven(terms.time_in_force) ? { timeInForce: terms.time_in_force } : {}),
    ...(isGiven(terms.limit_price) ? { limitPrice: terms.limit_price } : {}),
    ...(isGiven(terms.stop_price) ? { stopPrice: terms.stop_price } : {}),
  };
}

function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}
