// The filters of GET /v2/orders.
import * as z from 'zod';
import { type Book, openOrders } from '../matching/book.ts';
import { type BookOrder, isTerminal } from '../matching/book-order.ts';
import { instantParameter } from './instant-text.ts';

const filters = z.object({
  status: z.enum(['open', 'closed', 'all']).default('open'),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  after: instantParameter.optional(),
  until: instantParameter.optional(),
  direction: z.enum(['asc', 'desc']).default('desc'),
  symbols: z.string().optional(),
  side: z.enum(['buy', 'sell']).optional(),
  // Legs are shown under their order either way: there are none.
  nested: z.enum(['true', 'false']).optional(),
});

/**
 * `after` and `until` are exclusive, and speak of the submission.
 * @throws ZodError when a filter cannot be read.
 */
export function listOrders(book: Book, query: unknown): BookOrder[] {
  const { status, limit, after, until, direction, symbols, side } = filters.parse(query);
  const wanted = symbols === undefined || symbols === '' ? undefined : new Set(symbols.split(','));
  const orders = status === 'open' ? openOrders(book) : [...book.orders.values()];
  const listed = orders.filter(
    (order) =>
      (status !== 'closed' || isTerminal(order.status)) &&
      (after === undefined || order.submittedAt > after) &&
      (until === undefined || order.submittedAt < until) &&
      (wanted === undefined || wanted.has(order.symbol)) &&
      (side === undefined || order.side === side),
  );
  return (direction === 'asc' ? listed : listed.reverse()).slice(0, limit);
}
