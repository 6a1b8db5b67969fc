// The prices of the contract world: two symbols that rise and fall a little every session, one of which pays.
import { nyseSessions } from '../../exchange/market/nyse-sessions.ts';
import type { DailyBar, DailySeries } from '../../shared/core/market/bar.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';

const FIRST: NewYorkDate = '2018-12-31';
const LAST: NewYorkDate = '2019-07-31';
const EX_DATE: NewYorkDate = '2019-04-01';

export function worldPrices(): readonly DailySeries[] {
  return [
    { symbol: 'SPY', bars: sessionDates().map((date, n) => barOf(date, 280 + (n % 10))) },
    // A quarter of a percent is paid on the ex-date: closes before it count less.
    {
      symbol: 'TLT',
      bars: sessionDates().map((date, n) => {
        const bar = barOf(date, 120 + (n % 7) / 2);
        return { ...bar, adjClose: date < EX_DATE ? bar.close * 0.9975 : bar.close };
      }),
    },
  ];
}

function barOf(date: NewYorkDate, close: number): DailyBar {
  return { date, open: close - 0.5, high: close + 1, low: close - 1, close, adjClose: close, volume: 1_000_000 };
}

function sessionDates(): readonly NewYorkDate[] {
  const dates: NewYorkDate[] = [];
  for (
    let session = nyseSessions.sessionOn(FIRST);
    session !== undefined && session.date <= LAST;
    session = nyseSessions.nextSession(session.date)
  ) {
    dates.push(session.date);
  }
  return dates;
}
