// GET /v2/account/portfolio/history. The one place of the trading API where money is written as JSON numbers.
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { newYorkDate } from '../../shared/core/market/new-york-time.ts';
import { addDays, DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS, type NewYorkDate } from '../../shared/core/values/time.ts';
import { equityHistory } from '../matching/equity-history.ts';
import { dateParameter } from './instant-text.ts';
import type { TradingDesk } from './trading-desk.ts';

const STEP_MS = { '1Min': MINUTE_MS, '5Min': 5 * MINUTE_MS, '15Min': 15 * MINUTE_MS, '1H': HOUR_MS, '1D': DAY_MS } as const;
const PERIOD_DAYS = { D: 1, W: 7, M: 31, A: 366 } as const;

const filters = z.object({
  period: z
    .string()
    .regex(/^[1-9]\d{0,3}[DWMA]$/, 'must be a number and one of D, W, M, A')
    .default('1M'),
  timeframe: z.enum(['1Min', '5Min', '15Min', '1H', '1D']).default('1D'),
  date_end: dateParameter.optional(),
  start: dateParameter.optional(),
  end: dateParameter.optional(),
});

export function portfolioHistoryRoutes(app: FastifyInstance, desk: TradingDesk): void {
  app.get('/v2/account/portfolio/history', async (request) => {
    const { period, timeframe, date_end: dateEnd, start, end } = filters.parse(request.query);
    const to = end ?? dateEnd ?? newYorkDate(desk.book.now);
    return historyJson(desk, start ?? addDays(to, -daysOf(period)), to, timeframe);
  });
}

/** Points are closes of the timeframe within regular hours, and for a session under way the time that it is. */
function historyJson(
  { book, around }: TradingDesk,
  from: NewYorkDate,
  to: NewYorkDate,
  timeframe: keyof typeof STEP_MS,
): Record<string, unknown> {
  const opened = Number(book.createdAt / 1_000_000n);
  const instants: EpochMs[] = [];
  const first = newYorkDate(opened);
  const last = newYorkDate(book.now);
  for (let date = from > first ? from : first; date <= to && date <= last; date = addDays(date, 1)) {
    const session = around.sessions(date);
    if (session === undefined) continue;
    const until = Math.min(session.close, book.now);
    for (let at = session.open + STEP_MS[timeframe]; at < until; at += STEP_MS[timeframe]) if (at >= opened) instants.push(at);
    if (until > session.open && until >= opened) instants.push(until);
  }
  // The account is opened by its one deposit: what it was worth then is what gains and losses are reckoned from.
  const [base = 0, ...equity] = equityHistory(book, around.venue, [opened, ...instants]).map(toDollars);
  return {
    timestamp: instants.map((at) => Math.floor(at / 1000)),
    equity,
    profit_loss: equity.map((value) => toDollars(BigInt(Math.round((value - base) * 1e6)))),
    profit_loss_pct: equity.map((value) => (base === 0 ? 0 : value / base - 1)),
    base_value: base,
    timeframe,
  };
}

function daysOf(period: string): number {
  const unit = period.at(-1) as keyof typeof PERIOD_DAYS;
  return Number(period.slice(0, -1)) * PERIOD_DAYS[unit];
}

function toDollars(amount: bigint): number {
  return Number(amount) / 1_000_000;
}
