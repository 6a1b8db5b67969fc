// The Broker port over Alpaca's trading API.
import assert from 'node:assert/strict';
import { accountJson, calendarJson, type OrderJson, orderJson, positionsJson } from '../../contracts/alpaca/trading.ts';
import type { Order } from '../../core/execution/order.ts';
import type { Broker, CancelResult } from '../../ports/broker.ts';
import { fetchActivities } from './activities.ts';
import { badAnswer, contentOf, isNotFound, refusalOf, refused } from './answers.ts';
import { fetchAssets } from './assets.ts';
import { accountOf, orderOf, positionOf, sessionOf } from './from-json.ts';
import { alpacaHost } from './host.ts';
import type { HttpAnswer } from './http-exchange.ts';
import { fetchOpenOrders } from './open-orders.ts';
import type { AlpacaOptions } from './options.ts';
import { submissionBody, submissionResult } from './submission.ts';

const ORDER_ID = /^[\w-]+$/;

export function alpacaBroker(options: AlpacaOptions): Broker {
  const host = alpacaHost(options.tradingUrl, options);

  return {
    capabilities: { auctions: options.auctions ?? [] },

    account: async () => accountOf(contentOf(await host.get('/v2/account'), accountJson, 'none')),

    positions: async () => {
      const positions = contentOf(await host.get('/v2/positions'), positionsJson, 'none').map(positionOf);
      return positions.filter((position) => position.quantity !== 0n).sort(bySymbol);
    },

    openOrders: async () => (await fetchOpenOrders(host)).map(knownOrder),

    orderByClientOrderId: async (id) => {
      const answer = await host.get('/v2/orders:by_client_order_id', { client_order_id: id });
      if (isNotFound(answer)) return undefined;
      const order = knownOrder(contentOf(answer, orderJson, 'none'));
      if (order.clientOrderId !== id) throw badAnswer('it is another order than was asked for', 'none', answer);
      return order;
    },

    submit: async (intent) => {
      const body = submissionBody(intent);
      return submissionResult(intent, await host.sendOnce({ method: 'POST', path: '/v2/orders', body }));
    },

    cancel: async (orderId) => {
      // An empty or dotted id would name the whole collection: "cancel all".
      assert(ORDER_ID.test(orderId), 'an order id is letters, digits and dashes');
      return cancelResult(await host.sendOnce({ method: 'DELETE', path: `/v2/orders/${orderId}` }));
    },

    calendar: async (from, to) => {
      assert(from <= to, `the calendar runs from ${from} to ${to}`);
      const days = contentOf(await host.get('/v2/calendar', { start: from, end: to }), calendarJson, 'none');
      return days.filter((day) => day.date >= from && day.date <= to).map(sessionOf);
    },

    assets: (symbols) => fetchAssets(host, symbols),

    activities: (from) => fetchActivities(host, from),
  };
}

function cancelResult(answer: HttpAnswer): CancelResult {
  if (answer.status < 300) return 'requested';
  if (isNotFound(answer)) return 'not-found';
  if (answer.status !== 422) throw refused(answer);
  // An order that is being canceled already may still fill: it is not terminal.
  return /pending_cancel/.test(refusalOf(answer)?.message ?? '') ? 'requested' : 'already-terminal';
}

function knownOrder(json: OrderJson): Order {
  const order = orderOf(json);
  if (order === undefined) throw badAnswer(`order ${json.id} has the side ${json.side}`, 'none');
  return order;
}

function bySymbol(a: { readonly symbol: string }, b: { readonly symbol: string }): number {
  return a.symbol < b.symbol ? -1 : 1;
}
