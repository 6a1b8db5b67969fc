// GET /v2/clock and /v2/calendar
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import type { Session } from '../../shared/core/market/calendar.ts';
import { NEW_YORK_DATE_FIRST, NEW_YORK_DATE_LAST, newYorkDate } from '../../shared/core/market/new-york-time.ts';
import { settlementDate } from '../../shared/core/market/settlement.ts';
import { addDays, type NewYorkDate } from '../../shared/core/values/time.ts';
import type { FaultBook } from '../faults/fault.ts';
import { tradingDayAfter, tradingDayAt, tradingDayOf } from '../matching/trading-day.ts';
import { dateParameter, newYorkHour, newYorkText } from './instant-text.ts';
import type { TradingDesk } from './trading-desk.ts';

const range = z.object({ start: dateParameter.optional(), end: dateParameter.optional(), date_type: z.string().optional() });

/** The last day whose settlement date is known. */
const DATE_LAST = addDays(NEW_YORK_DATE_LAST, -1);

/** How far the calendar goes when no end is named. */
const DAYS_AHEAD = 365;

export function calendarRoutes(app: FastifyInstance, desk: TradingDesk): void {
  app.get('/v2/clock', async () => clockJson(desk));

  app.get('/v2/calendar', async (request) => {
    const { start, end } = range.parse(request.query);
    const from = later(start ?? newYorkDate(desk.book.now), NEW_YORK_DATE_FIRST);
    const to = earlier(end ?? addDays(from, DAYS_AHEAD), DATE_LAST);
    return calendarJson(desk, from, to);
  });
}

function clockJson({ book, sessions }: TradingDesk): Record<string, unknown> {
  const { now } = book;
  const day = tradingDayAt(sessions, now);
  const current = now < day.close ? day : tradingDayAfter(sessions, day.date);
  const isOpen = now >= current.open;
  return {
    timestamp: newYorkText(now),
    is_open: isOpen,
    next_open: newYorkText(isOpen ? tradingDayAfter(sessions, current.date).open : current.open),
    next_close: newYorkText(current.close),
  };
}

function calendarJson({ sessions, faults }: TradingDesk, from: NewYorkDate, to: NewYorkDate): Record<string, unknown>[] {
  const disagreement = takeDisagreement(faults, from, to);
  const days: Record<string, unknown>[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const session = sessions(date);
    const told = session !== undefined && disagreement?.date === date ? disagree(session, disagreement.ms) : session;
    if (told === undefined) continue;
    const { open, close } = told;
    const { premarket, end } = tradingDayOf(told);
    days.push({
      date,
      open: newYorkHour(open),
      close: newYorkHour(close),
      session_open: newYorkHour(premarket).replace(':', ''),
      session_close: newYorkHour(end).replace(':', ''),
      settlement_date: settlementDate(date),
    });
  }
  return days;
}

/** The fault counts only answers in which its date appears. */
function takeDisagreement(faults: FaultBook, from: NewYorkDate, to: NewYorkDate) {
  const armed = faults.peek('calendar-disagrees')?.date;
  return armed !== undefined && armed >= from && armed <= to ? faults.take('calendar-disagrees') : undefined;
}

/** With `ms` the close comes so much earlier, without it there is no session at all. */
function disagree(session: Session, ms: number | undefined): Session | undefined {
  return ms === undefined ? undefined : { ...session, close: session.close - ms };
}

function later(a: NewYorkDate, b: NewYorkDate): NewYorkDate {
  return a > b ? a : b;
}

function earlier(a: NewYorkDate, b: NewYorkDate): NewYorkDate {
  return a < b ? a : b;
}
