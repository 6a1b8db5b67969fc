// All orders that may still fill, page after page.
import { type OrderJson, ordersJson } from '../../contracts/alpaca/trading.ts';
import { badAnswer, contentOf } from './answers.ts';
import type { Host } from './resilience.ts';

/** The most that the broker lists at once. */
const ORDERS_PER_PAGE = 500;

/**
 * The list has no page token: the next page begins after the time of the last order, stepped back by a
 * millisecond so that no order is lost on a tie.
 * @throws BrokerError, `bad-answer` also when the pages come to no end.
 */
export async function fetchOpenOrders(host: Host): Promise<readonly OrderJson[]> {
  const query = { status: 'open', limit: `${ORDERS_PER_PAGE}`, direction: 'asc', nested: 'false' };
  const found = new Map<string, OrderJson>();
  for (let after: string | undefined; ; ) {
    const answer = await host.get('/v2/orders', after === undefined ? query : { ...query, after });
    const page = contentOf(answer, ordersJson, 'none');
    const known = found.size;
    for (const order of page) found.set(order.id, order);
    if (page.length < ORDERS_PER_PAGE) return [...found.values()];
    const lastAt = Date.parse(page.at(-1)?.submitted_at ?? '');
    if (found.size === known || Number.isNaN(lastAt)) throw badAnswer('the open orders cannot be read to their end', 'none', answer);
    after = new Date(lastAt - 1).toISOString();
  }
}
