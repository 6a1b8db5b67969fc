// The Broker port over Alpaca's trading API.
import assert from 'node:assert/strict';
import {
  accountJson,
  assetJson,
  assetsJson,
  calendarJson,
  type OrderJson,
  orderJson,
  ordersJson,
  positionsJson,
} from '../../contracts/alpaca/trading.ts';
import type { Order } from '../../core/execution/order.ts';
import { SYMBOL_PATTERN } from '../../core/values/identity.ts';
import type { Asset, Broker, CancelResult } from '../../ports/broker.ts';
import { badAnswer, contentOf, refusalOf, refused } from './answers.ts';
import { accountOf, assetOf, orderOf, positionOf, sessionOf } from './from-json.ts';
import { hostUrl } from './host-url.ts';
import type { HttpAnswer } from './http-exchange.ts';
import { type AlpacaOptions, RESILIENCE_DEFAULT } from './options.ts';
import { type Host, resilientHost } from './resilience.ts';
import { submissionBody, submissionResult } from './submission.ts';

const ORDERS_PER_PAGE = 500;
/** Beyond this many, one listing of all assets is kinder to the rate limit than asking for each. */
const ASSETS_ASKED_SINGLY_MAX = 40;
const NOT_FOUND_CODE = 40_410_000;
const ORDER_ID = /^[\w-]+$/;

export function alpacaBroker(options: AlpacaOptions): Broker {
  const rules = { ...RESILIENCE_DEFAULT, ...options.resilience };
  const host = resilientHost({
    origin: hostUrl(options.tradingUrl),
    credentials: options.credentials,
    requestMs: rules.requestMs,
    onExchange: options.onExchange,
    rules,
    random: options.random,
  });

  return {
    account: async () => accountOf(contentOf(await host.get('/v2/account'), accountJson, 'none')),

    positions: async () => {
      const positions = contentOf(await host.get('/v2/positions'), positionsJson, 'none').map(positionOf);
      return positions.filter((position) => position.quantity !== 0n).sort(bySymbol);
    },

    openOrders: async () => (await allOpenOrders(host)).map(knownOrder),

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

    assets: async (symbols) => {
      const asked = [...new Set(symbols)].sort();
      return asked.length > ASSETS_ASKED_SINGLY_MAX ? listedAssets(host, asked) : singleAssets(host, asked);
    },
  };
}

function cancelResult(answer: HttpAnswer): CancelResult {
  if (answer.status < 300) return 'requested';
  if (isNotFound(answer)) return 'not-found';
  if (answer.status !== 422) throw refused(answer);
  // An order that is being canceled already may still fill: it is not terminal.
  return /pending_cancel/.test(refusalOf(answer)?.message ?? '') ? 'requested' : 'already-terminal';
}

/** A 404 that speaks of the thing asked for, not of a path that does not exist. */
function isNotFound(answer: HttpAnswer): boolean {
  const refusal = refusalOf(answer);
  return answer.status === 404 && refusal?.code === NOT_FOUND_CODE && !/endpoint/i.test(refusal.message);
}

/** The list has no page token: the next page begins after the last order's time, stepped back so that none is lost on a tie. */
async function allOpenOrders(host: Host): Promise<readonly OrderJson[]> {
  const found = new Map<string, OrderJson>();
  for (let after: string | undefined; ; ) {
    const query = {
      status: 'open',
      limit: `${ORDERS_PER_PAGE}`,
      direction: 'asc',
      nested: 'false',
      ...(after === undefined ? {} : { after }),
    };
    const answer = await host.get('/v2/orders', query);
    const page = contentOf(answer, ordersJson, 'none');
    const known = found.size;
    for (const order of page) found.set(order.id, order);
    if (page.length < ORDERS_PER_PAGE) return [...found.values()];
    const lastAt = Date.parse(page.at(-1)?.submitted_at ?? '');
    if (found.size === known || Number.isNaN(lastAt)) throw badAnswer('the open orders cannot be read to their end', 'none', answer);
    after = new Date(lastAt - 1).toISOString();
  }
}

function knownOrder(json: OrderJson): Order {
  const order = orderOf(json);
  if (order === undefined) throw badAnswer(`order ${json.id} has the side ${json.side}`, 'none');
  return order;
}

async function singleAssets(host: Host, symbols: readonly string[]): Promise<readonly Asset[]> {
  const assets: Asset[] = [];
  for (const symbol of symbols) {
    assert(SYMBOL_PATTERN.test(symbol), `${symbol} is not a symbol`);
    const answer = await host.get(`/v2/assets/${symbol}`);
    if (!isNotFound(answer)) assets.push(assetOf(contentOf(answer, assetJson, 'none')));
  }
  return assets;
}

/** A symbol may be listed twice, once for a company that left: the one that can be traded counts. */
async function listedAssets(host: Host, symbols: readonly string[]): Promise<readonly Asset[]> {
  const listing = contentOf(await host.get('/v2/assets', { asset_class: 'us_equity' }), assetsJson, 'none').map(assetOf);
  const bySymbolName = new Map<string, Asset>();
  for (const asset of listing) if (asset.isTradable || !bySymbolName.has(asset.symbol)) bySymbolName.set(asset.symbol, asset);
  return symbols.flatMap((symbol) => bySymbolName.get(symbol) ?? []);
}

function bySymbol(a: { readonly symbol: string }, b: { readonly symbol: string }): number {
  return a.symbol < b.symbol ? -1 : 1;
}
