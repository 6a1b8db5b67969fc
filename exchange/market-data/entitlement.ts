// Who may ask, how often, and how recent the answer may be.
import { type EpochMs, MINUTE_MS } from '../../shared/core/values/time.ts';
import { DataRefusal } from './data-refusal.ts';

export const FEEDS = ['iex', 'sip', 'delayed_sip'] as const;
export type Feed = (typeof FEEDS)[number];

export interface Entitlement {
  /** How old consolidated (SIP) prices must be; 0 for a paid subscription. Left out: 16 minutes, as for a free account. */
  readonly sipDelayMs?: number;
  /** Data requests a minute of exchange time; left out: no limit. Trading has a budget of its own. */
  readonly requestsPerMinute?: number;
}

export const FREE_SIP_DELAY_MS = 16 * MINUTE_MS;
const TOO_RECENT = 'subscription does not permit querying recent SIP data';

/** What a request without `feed` gets: the best that the subscription includes. */
export function defaultFeed({ sipDelayMs = FREE_SIP_DELAY_MS }: Entitlement): Feed {
  return sipDelayMs === 0 ? 'sip' : 'iex';
}

/**
 * Up to when prices may be seen.
 * @param end the last instant asked for; undefined asks for as late as allowed. A free account that asks for
 *   later is refused everything, not given what it may have.
 * @throws DataRefusal 403
 */
export function visibleUntil(feed: Feed, end: EpochMs | undefined, now: EpochMs, { sipDelayMs = FREE_SIP_DELAY_MS }: Entitlement): EpochMs {
  if (feed === 'iex') return now;
  if (feed === 'delayed_sip') return now - FREE_SIP_DELAY_MS;
  const latest = now - sipDelayMs;
  if (sipDelayMs > 0 && end !== undefined && end > latest) throw new DataRefusal(403, TOO_RECENT);
  return latest;
}

/** Latest prices are always too recent for a free account on the consolidated feed. @throws DataRefusal 403 */
export function visibleNow(feed: Feed, now: EpochMs, entitlement: Entitlement): EpochMs {
  return visibleUntil(feed, feed === 'sip' ? now : undefined, now, entitlement);
}

/** Counts requests by the minute. @returns false when this minute's are used up. */
export function requestBudget(perMinute: number | undefined): (now: EpochMs) => boolean {
  let [minute, used] = [Number.NaN, 0];
  return (now) => {
    if (perMinute === undefined) return true;
    const current = Math.floor(now / MINUTE_MS);
    [minute, used] = [current, current === minute ? used + 1 : 1];
    return used <= perMinute;
  };
}
