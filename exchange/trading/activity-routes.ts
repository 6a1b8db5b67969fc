// GET /v2/account/activities and /v2/account/activities/{type}
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { formatUsd } from '../../shared/core/values/money.ts';
import { formatShares } from '../../shared/core/values/shares.ts';
import type { Activity } from '../matching/activity.ts';
import { dateParameter, instantParameter, instantText } from './instant-text.ts';
import type { TradingDesk } from './trading-desk.ts';

const filters = z.object({
  activity_types: z.string().optional(),
  date: dateParameter.optional(),
  after: instantParameter.optional(),
  until: instantParameter.optional(),
  direction: z.enum(['asc', 'desc']).default('desc'),
  page_size: z.coerce.number().int().min(1).max(100).default(100),
  page_token: z.string().optional(),
});
const byType = z.object({ type: z.string() });

export function activityRoutes(app: FastifyInstance, { book }: TradingDesk): void {
  app.get('/v2/account/activities', async (request) => {
    const query = filters.parse(request.query);
    return listActivities(book.activities, query, query.activity_types?.split(','));
  });

  app.get('/v2/account/activities/:type', async (request) => {
    return listActivities(book.activities, filters.parse(request.query), [byType.parse(request.params).type]);
  });
}

/** `page_token` is the last id of the page before; ids sort by age. */
function listActivities(activities: readonly Activity[], query: z.infer<typeof filters>, types: readonly string[] | undefined): unknown[] {
  const { date, after, until, direction, page_size: pageSize, page_token: token } = query;
  const isAscending = direction === 'asc';
  const listed = activities.filter(
    (activity) =>
      (types === undefined || types.includes(activity.kind)) &&
      (date === undefined || activity.date === date) &&
      (after === undefined || activity.at > after) &&
      (until === undefined || activity.at < until) &&
      (token === undefined || (isAscending ? activity.id > token : activity.id < token)),
  );
  return (isAscending ? listed : listed.reverse()).slice(0, pageSize).map(activityJson);
}

function activityJson(activity: Activity): Record<string, unknown> {
  const { id, kind } = activity;
  if (activity.kind === 'FILL') {
    return {
      activity_type: kind,
      id,
      order_id: activity.orderId,
      symbol: activity.symbol,
      side: activity.side,
      qty: formatShares(activity.quantity),
      cum_qty: formatShares(activity.cumulativeQuantity),
      leaves_qty: formatShares(activity.leavesQuantity),
      price: formatUsd(activity.price),
      type: activity.isLast ? 'fill' : 'partial_fill',
      order_status: activity.isLast ? 'filled' : 'partially_filled',
      transaction_time: instantText(activity.at),
    };
  }
  const isUnpriced = activity.kind === 'FEE' && activity.isUnpriced;
  return {
    activity_type: kind,
    id,
    date: activity.date,
    net_amount: formatUsd(activity.cashChange),
    description: describe(activity),
    // "0.00" would read as free: a fee that no table prices says so.
    status: isUnpriced ? 'unpriced' : 'executed',
    created_at: instantText(activity.at),
  };
}

function describe(activity: Exclude<Activity, { kind: 'FILL' }>): string {
  if (activity.kind === 'CSD') return 'initial deposit';
  const { feeType, date, isUnpriced } = activity;
  return isUnpriced ? `${feeType} fee unpriced: ${date} is outside the fee table` : `${feeType} fee for trades on ${date}`;
}
