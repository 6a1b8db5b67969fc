// Moments of a run for people: in New York time, to the second.
import { isKnownInstant, newYorkClock } from '../../shared/core/market/new-york-time.ts';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../shared/core/values/time.ts';

/** "2026-11-30 15:35:02"; a moment that the calendar does not know, in UTC. */
export function clockText(at: EpochMs): string {
  if (!isKnownInstant(at)) return new Date(at).toISOString();
  const { date, hour, minute } = newYorkClock(at);
  const second = Math.floor((at % MINUTE_MS) / SECOND_MS);
  return `${date} ${[hour, minute, second].map((each) => String(each).padStart(2, '0')).join(':')}`;
}
