// Positions: GET (all, one) and DELETE, which sells at the market, or buys back what is short.
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { parseDecimal } from '../../shared/core/values/decimal.ts';
import { absolute, divide } from '../../shared/core/values/rounding.ts';
import { type NanoShares, parseShares } from '../../shared/core/values/shares.ts';
import { openOrders } from '../matching/book.ts';
import type { BookOrder } from '../matching/book-order.ts';
import { becomeCanceled, cancelOrder } from '../matching/cancel-order.ts';
import { type Refusal, refuse } from '../matching/refusal.ts';
import { submitOrder } from '../matching/submit-order.ts';
import { orderJson } from './order-json.ts';
import { positionJson } from './position-json.ts';
import { refusalAnswer, sendRefusal } from './refusal-answer.ts';
import type { TradingDesk } from './trading-desk.ts';

const bySymbol = z.object({ symbol: z.string() });

const partOfPosition = z
  .object({ qty: z.string().optional(), percentage: z.string().optional() })
  .refine(({ qty, percentage }) => qty === undefined || percentage === undefined, 'only one of qty or percentage is accepted');

const wholeAccount = z.object({ cancel_orders: z.enum(['true', 'false']).default('false') });

export function positionRoutes(app: FastifyInstance, desk: TradingDesk): void {
  const { book } = desk;

  app.get('/v2/positions', async () => [...book.holdings.keys()].sort().map((symbol) => positionJson(desk, symbol)));

  app.get('/v2/positions/:symbol', async (request, reply) => {
    const symbol = symbolOf(desk, bySymbol.parse(request.params).symbol);
    return book.holdings.has(symbol) ? positionJson(desk, symbol) : sendRefusal(reply, refuse('position-not-found'));
  });

  app.delete('/v2/positions/:symbol', async (request, reply) => {
    const symbol = symbolOf(desk, bySymbol.parse(request.params).symbol);
    const order = closePosition(desk, symbol, partOfPosition.parse(request.query));
    return 'kind' in order ? sendRefusal(reply, order) : orderJson(order);
  });

  app.delete('/v2/positions', async (request, reply) => {
    if (wholeAccount.parse(request.query).cancel_orders === 'true') cancelAtOnce(desk);
    const closed = [...book.holdings.keys()].sort().map((symbol) => {
      const order = closePosition(desk, symbol, {});
      if (!('kind' in order)) return { symbol, status: 200, body: orderJson(order) };
      return { symbol, ...refusalAnswer(order) };
    });
    return reply.code(207).send(closed);
  });
}

function closePosition({ book, around }: TradingDesk, symbol: string, part: z.infer<typeof partOfPosition>): BookOrder | Refusal {
  const held = book.holdings.get(symbol)?.quantity;
  if (held === undefined) return refuse('position-not-found');
  const quantity = quantityOf(absolute(held), part);
  return submitOrder(book, around, {
    symbol,
    side: held > 0n ? 'sell' : 'buy',
    type: 'market',
    timeInForce: 'day',
    quantity,
    extendedHours: false,
  });
}

function quantityOf(held: NanoShares, { qty, percentage }: z.infer<typeof partOfPosition>): NanoShares {
  if (qty !== undefined) return positive('qty', parseShares(qty));
  if (percentage === undefined) return held;
  // Nine decimals of a percent, as the broker reads it.
  const percent = positive('percentage', parseDecimal(percentage, 9));
  if (percent > 100_000_000_000n) throw invalid('percentage must be between 0 and 100');
  return positive('percentage', divide(held * percent, 100_000_000_000n, 'floor'));
}

function positive(field: string, value: bigint | undefined): bigint {
  if (value === undefined || value <= 0n) throw invalid(`${field} must be > 0`);
  return value;
}

function invalid(message: string): z.ZodError {
  return new z.ZodError([{ code: 'custom', message, path: [], input: undefined }]);
}

/** The orders must be gone before the sale, or they would hold the shares it needs. */
function cancelAtOnce({ book }: TradingDesk): void {
  for (const order of openOrders(book)) {
    cancelOrder(book, order.id);
    if (order.status === 'pending_cancel') becomeCanceled(book, order, book.now);
  }
}

/** Positions may be named by asset id too. */
function symbolOf({ market }: TradingDesk, symbolOrId: string): string {
  return market.assets().find(({ id }) => id === symbolOrId)?.symbol ?? symbolOrId;
}
