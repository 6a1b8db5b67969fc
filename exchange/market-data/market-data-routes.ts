// The market data half of the exchange over HTTP: Alpaca's /v2/stocks and /v1/corporate-actions.
import type { FastifyPluginAsync } from 'fastify';
import * as z from 'zod';
import type { EpochMs } from '../../shared/core/values/time.ts';
import type { FaultBook } from '../faults/fault.ts';
import type { MarketReplay } from '../market/replay-market.ts';
import { barsPage } from './bars-page.ts';
import { corporateActionsPage } from './corporate-actions.ts';
import { DataRefusal } from './data-refusal.ts';
import { defaultFeed, type Entitlement, type Feed, requestBudget, visibleNow, visibleUntil } from './entitlement.ts';
import { latestQuote, latestTrade } from './latest.ts';
import { feedField, limitField, momentField, readQuery, sortField, symbolsField } from './query.ts';
import { snapshotOf } from './snapshot.ts';
import { parseTimeframe, type Timeframe } from './timeframe.ts';
import { newYorkDateOf, newYorkMidnight } from './wire-time.ts';

export interface MarketDataOptions extends Entitlement {
  readonly market: MarketReplay;
  readonly faults: FaultBook;
  readonly now: () => EpochMs;
  readonly isAuthorized: (keyId: string | undefined, secretKey: string | undefined) => boolean;
}

/** What the data API answers to wrong keys: a page, not JSON. */
const UNAUTHORIZED_PAGE =
  '<html>\r\n<head><title>401 Authorization Required</title></head>\r\n<body>\r\n<center><h1>401 Authorization Required</h1></center>\r\n</body>\r\n</html>\r\n';

const ADJUSTMENTS = ['raw', 'split', 'dividend', 'spin-off', 'all'];

const adjustmentField = z
  .string()
  .default('raw')
  .transform((text) => text.split(','))
  .refine((words) => words.every((word) => ADJUSTMENTS.includes(word)), 'invalid adjustment')
  .transform((words) => words.includes('dividend') || words.includes('all'));

const timeframeField = z.string({ error: 'timeframe is required' }).transform((text, context): Timeframe => {
  const timeframe = parseTimeframe(text);
  if (timeframe !== undefined) return timeframe;
  context.addIssue({ code: 'custom', message: `invalid timeframe: ${text}; this exchange serves 1Min to 59Min, 1Hour to 23Hour and 1Day` });
  return z.NEVER;
});

const barsQuery = z.object({
  symbols: symbolsField,
  timeframe: timeframeField,
  start: momentField('start'),
  end: momentField('end'),
  limit: limitField(1_000, 10_000),
  adjustment: adjustmentField,
  /** As of which date a symbol names a company: nothing here was ever renamed, so it only has to be readable. */
  asof: z
    .string()
    .regex(/^(?:\d{4}-\d{2}-\d{2}|-)?$/, 'invalid asof')
    .optional(),
  feed: feedField,
  page_token: z.string().optional(),
  sort: sortField,
});

const latestQuery = z.object({ symbols: symbolsField, feed: feedField });

const actionsQuery = z.object({
  symbols: symbolsField.optional(),
  types: z
    .string()
    .transform((text) => text.split(','))
    .optional(),
  start: z.iso.date({ error: 'invalid start' }).optional(),
  end: z.iso.date({ error: 'invalid end' }).optional(),
  limit: limitField(100, 1_000),
  page_token: z.string().optional(),
  sort: sortField,
});

export const marketDataRoutes: FastifyPluginAsync<MarketDataOptions> = async (app, options) => {
  const { market, faults, now, isAuthorized } = options;
  const isInBudget = requestBudget(options.requestsPerMinute);

  app.addHook('onRequest', async (request, reply) => {
    const { 'apca-api-key-id': keyId, 'apca-api-secret-key': secretKey } = request.headers;
    if (!isAuthorized(single(keyId), single(secretKey))) return reply.code(401).type('text/html').send(UNAUTHORIZED_PAGE);
    // No X-RateLimit and no Retry-After here: the data API does not say when to come back.
    if (!isInBudget(now())) return reply.code(429).send({ message: 'too many requests.' });
    return undefined;
  });

  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof DataRefusal) return reply.code(error.status).send({ message: error.message });
    throw error;
  });

  app.get('/v2/stocks/bars', async (request) => {
    const query = readQuery(barsQuery, request.query);
    const seen = visibleUntil(query.feed ?? defaultFeed(options), query.end, now(), options);
    const start = query.start ?? newYorkMidnight(newYorkDateOf(now()));
    const end = query.end ?? seen;
    if (start > end && query.start !== undefined && query.end !== undefined) throw new DataRefusal(400, 'end should not be before start');
    const { timeframe, adjustment: isAdjusted, sort } = query;
    return barsPage(market, query.symbols, { timeframe, start, end, seen, isAdjusted, sort }, query.limit, query.page_token);
  });

  /** One entry a symbol that has one, at the time that the feed may show. */
  function latestOf<T>(query: unknown, entry: (symbol: string, at: EpochMs, feed: Feed) => T | undefined): Record<string, T> {
    const { symbols, feed = defaultFeed(options) } = readQuery(latestQuery, query);
    const at = visibleNow(feed, now(), options);
    const entries = symbols.map((symbol) => [symbol, entry(symbol, at, feed)] as const);
    return Object.fromEntries(entries.filter((each): each is readonly [string, NonNullable<T> & T] => each[1] !== undefined));
  }

  app.get('/v2/stocks/quotes/latest', async (request) => ({
    quotes: latestOf(request.query, (symbol, at, feed) => latestQuote(market, faults, symbol, at, feed)),
  }));

  app.get('/v2/stocks/trades/latest', async (request) => ({
    trades: latestOf(request.query, (symbol, at, feed) => latestTrade(market, symbol, at, feed)),
  }));

  app.get('/v2/stocks/snapshots', async (request) =>
    latestOf(request.query, (symbol, at, feed) => snapshotOf(market, faults, symbol, at, feed)),
  );

  app.get('/v1/corporate-actions', async (request) => {
    const query = readQuery(actionsQuery, request.query);
    const currentDate = newYorkDateOf(now());
    const start = (query.start ?? currentDate) as typeof currentDate;
    const asked = (query.end ?? currentDate) as typeof currentDate;
    // An ex-date is known on the day itself; announcements of later ones are not in the prices.
    const end = asked < currentDate ? asked : currentDate;
    return corporateActionsPage(market, { ...query, symbols: query.symbols, types: query.types, start, end, token: query.page_token });
  });
};

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
