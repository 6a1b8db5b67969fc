// The sessions that a set of prices spans. A price on a day without a session is refused: it could be neither
// reached nor shown.
import type { DailySeries } from '../../shared/core/market/bar.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { lineOfSessions, type SessionLine, type Sessions } from './sessions.ts';

/** Prices that cannot be replayed, such as a price on a day without a session. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';
}

/** @throws ReplayError */
export function lineOverPrices(series: readonly DailySeries[], sessions: Sessions): SessionLine {
  const dates = [...new Set(series.flatMap(({ bars }) => bars.map(({ date }) => date)))].sort();
  const strange = dates.filter((date) => sessions.sessionOn(date) === undefined);
  if (strange.length > 0) throw new ReplayError(complaintAbout(strange, series));
  const [first, last] = [dates[0], dates.at(-1)];
  return lineOfSessions(first ?? '1970-01-01', last ?? '1969-12-31', sessions);
}

function complaintAbout(strange: readonly NewYorkDate[], series: readonly DailySeries[]): string {
  const named = strange.slice(0, 10).map((date) => {
    const owners = series.filter(({ bars }) => bars.some((bar) => bar.date === date)).map(({ symbol }) => symbol);
    return `${date} (${owners.slice(0, 5).join(', ')}${owners.length > 5 ? ', …' : ''})`;
  });
  return `prices on ${strange.length} ${strange.length === 1 ? 'day' : 'days'} without a session: ${named.join('; ')}${strange.length > 10 ? '; …' : ''}`;
}
