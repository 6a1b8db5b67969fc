// What has happened to the account, page after page, with the names that we gave to our orders.
import { activitiesJson, type FillJson, type NonTradeJson, orderNameJson, orderNamesJson } from '../../contracts/alpaca/trading.ts';
import type { Activity, CashKind } from '../../core/ledger/activity.ts';
import { newYorkInstant } from '../../core/market/new-york-time.ts';
import type { ClientOrderId } from '../../core/values/identity.ts';
import { parseShares } from '../../core/values/shares.ts';
import { DAY_MS, type EpochMs } from '../../core/values/time.ts';
import { badAnswer, contentOf, isNotFound } from './answers.ts';
import { sideOf } from './from-json.ts';
import type { Host } from './resilience.ts';

/** The most that the broker lists at once. */
const ACTIVITIES_PER_PAGE = 100;
const ORDERS_PER_PAGE = 500;

/** Words that we do not find here are unknown: they may have moved shares. */
const CASH_WORDS: ReadonlyMap<string, CashKind> = new Map([
  ...['DIV', 'DIVCGL', 'DIVCGS', 'DIVFEE', 'DIVFT', 'DIVNRA', 'DIVROC', 'DIVTW', 'DIVTXEX', 'DIVWH'].map(cash('dividend')),
  ...['FEE', 'CFEE', 'PTC', 'PTR'].map(cash('fee')),
  ...['INT', 'INTNRA', 'INTTW'].map(cash('interest')),
  ...['CSD', 'CSW', 'TRANS', 'JNLC', 'ACATC'].map(cash('transfer')),
]);
const CORPORATE_WORDS: ReadonlySet<string> = new Set(['SPLIT', 'SSO', 'SSP', 'SPIN', 'MA', 'NC', 'REORG', 'SC', 'CIL']);

/**
 * Everything at or after `from`, oldest first as the broker sorts it.
 * @throws BrokerError, `bad-answer` also when the pages come to no end.
 */
export async function fetchActivities(host: Host, from: EpochMs): Promise<readonly Activity[]> {
  const told = await fetchPages(host, from);
  const fills = told.filter((json) => isFill(json));
  const names = fills.length === 0 ? new Map<string, ClientOrderId>() : await orderNames(host, new Set(fills.map((fill) => fill.order_id)));
  const activities = told.map((json) => (isFill(json) ? fillOf(json, names.get(json.order_id)) : nonTradeOf(json)));
  return activities.filter(({ at }) => at >= from);
}

async function fetchPages(host: Host, from: EpochMs): Promise<readonly (FillJson | NonTradeJson)[]> {
  // A day more than asked: whether the filter reads the date or the time of an activity is not promised.
  const after = new Date(from - DAY_MS).toISOString();
  const query = { direction: 'asc', page_size: `${ACTIVITIES_PER_PAGE}`, after };
  const found = new Map<string, FillJson | NonTradeJson>();
  for (let token: string | undefined; ; ) {
    const answer = await host.get('/v2/account/activities', token === undefined ? query : { ...query, page_token: token });
    const page = contentOf(answer, activitiesJson, 'none');
    const known = found.size;
    for (const activity of page) found.set(activity.id, activity);
    if (page.length < ACTIVITIES_PER_PAGE) return [...found.values()];
    if (found.size === known) throw badAnswer('the activities cannot be read to their end', 'none', answer);
    token = page.at(-1)?.id;
  }
}

/** An activity names the order by the broker's id. The latest orders are listed at once, others are asked for one by one. */
async function orderNames(host: Host, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, ClientOrderId>> {
  const query = { status: 'all', limit: `${ORDERS_PER_PAGE}`, direction: 'desc', nested: 'false' };
  const listed = contentOf(await host.get('/v2/orders', query), orderNamesJson, 'none');
  const names = new Map(listed.map((order) => [order.id, order.client_order_id]));
  for (const id of ids) {
    if (names.has(id)) continue;
    const answer = await host.get(`/v2/orders/${encodeURIComponent(id)}`);
    if (!isNotFound(answer)) names.set(id, contentOf(answer, orderNameJson, 'none').client_order_id);
  }
  return names;
}

function isFill(json: FillJson | NonTradeJson): json is FillJson {
  return json.activity_type === 'FILL';
}

function fillOf(json: FillJson, clientOrderId: ClientOrderId | undefined): Activity {
  const { id, transaction_time: at, symbol, qty: quantity, price } = json;
  const side = sideOf(json.side);
  if (side === undefined || quantity <= 0n) throw badAnswer(`fill ${id} has the side ${json.side} and the quantity ${quantity}`, 'none');
  return { kind: 'fill', id, at, word: 'FILL', ...(clientOrderId === undefined ? {} : { clientOrderId }), symbol, side, quantity, price };
}

function nonTradeOf(json: NonTradeJson): Activity {
  const { id, activity_type: word, net_amount } = json;
  const happened = { id, at: newYorkInstant(json.date, 0, 0), word, amount: net_amount ?? 0n };
  const named = json.symbol == null || json.symbol === '' ? {} : { symbol: json.symbol };
  const kind = CASH_WORDS.get(word);
  if (kind !== undefined) return { kind, ...happened, ...named };
  const quantity = parseShares(json.qty == null || json.qty === '' ? '0' : json.qty);
  if (quantity === undefined) throw badAnswer(`activity ${id} (${word}) has the quantity ${json.qty}`, 'none');
  if (CORPORATE_WORDS.has(word) && named.symbol !== undefined)
    return { kind: 'corporate-action', ...happened, symbol: named.symbol, quantity };
  return { kind: 'unknown', ...happened, ...named, quantity };
}

function cash(kind: CashKind) {
  return (word: string): [string, CashKind] => [word, kind];
}
