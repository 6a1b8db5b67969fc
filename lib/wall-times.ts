// When a slot comes round on New York's clocks. A cron cannot know which days close early, so a slot
// before the close gets both hours and the handler asks the calendar which one is real.
import type { PortfolioPolicy } from '../shared/contracts/portfolio-policy.ts';

export type Slot = PortfolioPolicy['schedules'][number]['at'];

export interface WallTime {
  readonly name: 'after-open' | 'regular-close' | 'early-close';
  readonly hour: number;
  readonly minute: number;
}

// Minutes after midnight in New York.
const OPEN = 9 * 60 + 30;
const REGULAR_CLOSE = 16 * 60;
const EARLY_CLOSE = 13 * 60;

/**
 * The wall times, in New York, at which this slot may be due on a weekday.
 * @throws RangeError when the slot lies outside the regular session.
 */
export function wallTimesOf(slot: Slot): readonly WallTime[] {
  if (slot.anchor === 'open') return [wallTime('after-open', insideSession(slot, OPEN + slot.offsetMinutes))];
  const regular = wallTime('regular-close', insideSession(slot, REGULAR_CLOSE + slot.offsetMinutes));
  const early = EARLY_CLOSE + slot.offsetMinutes;
  // Four hours before the close is before the open when the session is short: that day has no such slot.
  return early < OPEN ? [regular] : [regular, wallTime('early-close', early)];
}

/** The wall times so many minutes after the close: of a regular session, and of a short one. */
export function wallTimesAfterClose(minutes: number): readonly WallTime[] {
  return [wallTime('regular-close', REGULAR_CLOSE + minutes), wallTime('early-close', EARLY_CLOSE + minutes)];
}

function insideSession(slot: Slot, minutes: number): number {
  if (Number.isInteger(minutes) && minutes >= OPEN && minutes < REGULAR_CLOSE) return minutes;
  throw new RangeError(
    `the slot ${slot.anchor}${slot.offsetMinutes < 0 ? '' : '+'}${slot.offsetMinutes}m lies outside the session 09:30–16:00`,
  );
}

function wallTime(name: WallTime['name'], minutes: number): WallTime {
  return { name, hour: Math.floor(minutes / 60), minute: minutes % 60 };
}
