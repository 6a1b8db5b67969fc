// The watchdog: after the close of a session it looks whether everything that was due took place, and whether the account is as
// it should be. It trades nothing.
import { metricNames } from '../contracts/metric-names.ts';
import { WATCHDOG_AFTER_CLOSE_MS, type WatchdogEvent } from '../contracts/watchdog-event.ts';
import type { Session } from '../core/market/calendar.ts';
import { isKnownInstant, newYorkDate, newYorkInstant } from '../core/market/new-york-time.ts';
import { sessionOn } from '../core/market/nyse-calendar.ts';
import { type EpochMs, MINUTE_MS } from '../core/values/time.ts';
import { type Watched, watchPortfolio } from './watchdog/watch-portfolio.ts';
import type { WatchdogWorld } from './watchdog/watchdog-world.ts';

export type WatchdogResult =
  /** This cron is not the real one today: nothing is looked at, and nobody is told. */
  | { readonly kind: 'quiet'; readonly because: 'not-a-session' | 'not-closed' | 'other-close' }
  | { readonly kind: 'watched'; readonly session: Session['date']; readonly portfolios: readonly Watched[] };

const REGULAR_CLOSE_HOUR = 16;

/**
 * Safe to repeat.
 * @throws Error where the calendar ends, or our clock says that the session is not over.
 * @throws AggregateError after all portfolios were looked at, when it could not finish some of them.
 */
export async function runWatchdog({ scheduledTime }: WatchdogEvent, world: WatchdogWorld): Promise<WatchdogResult> {
  const due = sessionFor(Date.parse(scheduledTime));
  if (typeof due === 'string') {
    world.telemetry.info('nothing to watch', { because: due, scheduledTime });
    world.telemetry.count(metricNames.watchdogHeartbeat, 1);
    return { kind: 'quiet', because: due };
  }
  const now = world.clock.now();
  if (now < due.close) throw new Error(`the session of ${due.date} is over, and our clock says ${new Date(now).toISOString()}`);
  const portfolios: Watched[] = [];
  const failures: unknown[] = [];
  for (const name of await world.portfolios.names()) {
    try {
      const { policy } = await world.portfolios.load(name);
      portfolios.push(await watchPortfolio(policy, due, world.portsFor(policy)));
    } catch (failure) {
      world.telemetry.error('the watchdog failed', { portfolio: name, error: failure });
      failures.push(failure);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `the watchdog failed on ${failures.length} portfolios: ${failures.map(String).join('; ')}`);
  world.telemetry.count(metricNames.watchdogHeartbeat, 1);
  return { kind: 'watched', session: due.date, portfolios };
}

/** The session that this event comes after, or why it is none of ours. */
function sessionFor(scheduledTime: EpochMs): Session | Extract<WatchdogResult, { kind: 'quiet' }>['because'] {
  if (!isKnownInstant(scheduledTime)) throw new Error(`the calendar does not know ${new Date(scheduledTime).toISOString()}`);
  const date = newYorkDate(scheduledTime);
  const session = sessionOn(date);
  if (session === undefined) return 'not-a-session';
  if (scheduledTime < session.close) return 'not-closed';
  const regular = newYorkInstant(date, REGULAR_CLOSE_HOUR, 0) + WATCHDOG_AFTER_CLOSE_MS;
  return session.isEarlyClose && Math.abs(scheduledTime - regular) <= MINUTE_MS ? 'other-close' : session;
}
