// How much the symbols of a run move from day to day: it decides how long their orders wait, and is no part of what the
// strategies look at.
import { dailyVolatility, VOLATILITY_RETURNS } from '../core/market/daily-volatility.ts';
import { NEW_YORK_DATE_FIRST } from '../core/market/new-york-time.ts';
import { sessionsBetween } from '../core/market/nyse-calendar.ts';
import { columnOf } from '../core/strategy/history.ts';
import { addDays, type NewYorkDate } from '../core/values/time.ts';
import type { Ppm } from '../core/values/weight.ts';
import type { BarsRead } from './read-history.ts';

export const VOLATILITY_SESSIONS = VOLATILITY_RETURNS + 1;

/** Of the symbols that have a close on each of the latest sessions up to `asOf`. */
export function volatilitiesOf({ series }: Pick<BarsRead, 'series'>, asOf: NewYorkDate): Readonly<Record<string, Ppm>> {
  // Two calendar days a session are more than enough.
  const from = addDays(asOf, -2 * VOLATILITY_SESSIONS);
  const sessions = sessionsBetween(from < NEW_YORK_DATE_FIRST ? NEW_YORK_DATE_FIRST : from, asOf)
    .slice(-VOLATILITY_SESSIONS)
    .map(({ date }) => date);
  return Object.fromEntries(
    series.flatMap((each): [string, Ppm][] => {
      const { symbol, dates, closes } = columnOf(each);
      const volatility = dailyVolatility(dates, closes, sessions);
      return volatility === undefined ? [] : [[symbol, volatility]];
    }),
  );
}
