// The weekdays outside the yearly holidays on which the New York Stock Exchange did not open at all, 1990 to today.
// It refuses to know why a session was short: see nyse-early-closes.ts.
import type { NewYorkDate } from '../values/time.ts';

export interface Closure {
  readonly date: NewYorkDate;
  readonly reason: string;
}

/**
 * One-off closures, ascending. Source: "NYSE Closings" (the exchange's own list of special closings to 2011) and the
 * exchange's notices since; the same dates stand in the XNYS calendar of exchange_calendars.
 */
export const CLOSURES: readonly Closure[] = [
  { date: '1994-04-27', reason: 'funeral of Richard M. Nixon' },
  { date: '2001-09-11', reason: 'attack on the World Trade Center' },
  { date: '2001-09-12', reason: 'attack on the World Trade Center' },
  { date: '2001-09-13', reason: 'attack on the World Trade Center' },
  { date: '2001-09-14', reason: 'attack on the World Trade Center' },
  { date: '2004-06-11', reason: 'day of mourning for Ronald W. Reagan' },
  { date: '2007-01-02', reason: 'day of mourning for Gerald R. Ford' },
  { date: '2012-10-29', reason: 'Hurricane Sandy' },
  { date: '2012-10-30', reason: 'Hurricane Sandy' },
  { date: '2018-12-05', reason: 'day of mourning for George H. W. Bush' },
  { date: '2025-01-09', reason: 'day of mourning for Jimmy Carter' },
];
