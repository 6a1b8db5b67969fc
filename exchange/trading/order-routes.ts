// Orders: POST, GET (list, by id, by client order id), PATCH, DELETE (one, all).
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { openOrders } from '../matching/book.ts';
import { cancelOrder } from '../matching/cancel-order.ts';
import { refuse } from '../matching/refusal.ts';
import { replaceOrder } from '../matching/replace-order.ts';
import { submitOrder } from '../matching/submit-order.ts';
import { listOrders } from './list-orders.ts';
import { orderJson } from './order-json.ts';
import { readOrder, readReplacement } from './order-request.ts';
import { withPriceAsGiven } from './price-as-given.ts';
import { sendRefusal } from './refusal-answer.ts';
import type { TradingDesk } from './trading-desk.ts';

const byId = z.object({ id: z.string() });
const byClientOrderId = z.object({ client_order_id: z.string() });

export function orderRoutes(app: FastifyInstance, { book, around }: TradingDesk): void {
  app.post('/v2/orders', async (request, reply) => {
    const order = submitOrder(book, around, readOrder(request.body));
    return 'kind' in order ? sendRefusal(reply, withPriceAsGiven(order, request.body)) : orderJson(order);
  });

  app.get('/v2/orders', async (request) => listOrders(book, request.query).map(orderJson));

  // fastify reads `::` as one colon.
  app.get('/v2/orders::by_client_order_id', async (request, reply) => {
    const { client_order_id: clientOrderId } = byClientOrderId.parse(request.query);
    const order = book.orders.get(book.orderIdByClientOrderId.get(clientOrderId) ?? '');
    return order === undefined ? sendRefusal(reply, refuse('order-not-found')) : orderJson(order);
  });

  app.get('/v2/orders/:id', async (request, reply) => {
    const order = book.orders.get(byId.parse(request.params).id);
    return order === undefined ? sendRefusal(reply, refuse('order-not-found')) : orderJson(order);
  });

  app.patch('/v2/orders/:id', async (request, reply) => {
    const order = replaceOrder(book, around, byId.parse(request.params).id, readReplacement(request.body));
    return 'kind' in order ? sendRefusal(reply, withPriceAsGiven(order, request.body)) : orderJson(order);
  });

  app.delete('/v2/orders/:id', async (request, reply) => {
    const refusal = cancelOrder(book, byId.parse(request.params).id);
    return refusal === undefined ? reply.code(204).send() : sendRefusal(reply, refusal);
  });

  app.delete('/v2/orders', async (_request, reply) => {
    const open = openOrders(book);
    for (const { id } of open) cancelOrder(book, id);
    return reply.code(207).send(open.map(({ id }) => ({ id, status: 200 })));
  });
}
