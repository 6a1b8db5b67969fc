// When the crank should be turned again. A Lambda never sleeps: the engine waits.
import { type EpochMs, SECOND_MS } from '../values/time.ts';
import { type Leg, sliceFrom } from './leg.ts';
import type { ExecutionState } from './state.ts';

const CANCEL_POLL_MS = SECOND_MS;
const ORDER_POLL_MS = 5 * SECOND_MS;
/**
 * While nothing changes, the next look comes after a tenth of the time that nothing has changed, at most a minute: an
 * order that does not end for hours must not use up the engine's history (25,000 events an execution).
 */
const IDLE_PART = 10;
const IDLE_POLL_MS_MAX = 60 * SECOND_MS;
/** An order that works is looked at more often: whoever turns the kill switch waits for it. */
const WORKING_POLL_MS_MAX = 15 * SECOND_MS;

/**
 * Whole seconds, at least 1, until something can have changed.
 * @param changedAt when the state last changed.
 */
export function secondsToNextTurn(state: ExecutionState, changedAt: EpochMs, now: EpochMs): number {
  const idlePollMs = Math.min((now - changedAt) / IDLE_PART, IDLE_POLL_MS_MAX);
  // A stop is seen on a turn alone: the deadline has one of its own.
  const poll = now + (isResting(state, now) ? IDLE_POLL_MS_MAX : idleOr(ORDER_POLL_MS, idlePollMs));
  const latest = now < state.deadline ? Math.min(poll, state.deadline) : poll;
  const earliest = state.legs.reduce((least, leg) => Math.min(least, wakeOf(leg, idlePollMs, now)), latest);
  return Math.max(1, Math.ceil((earliest - now) / SECOND_MS));
}

/** Nothing is out, and nothing waits for more than its time. */
function isResting({ legs }: ExecutionState, now: EpochMs): boolean {
  const rests = (leg: Leg): boolean => leg.stage.kind === 'waiting' && (sliceFrom(leg) ?? now) > now;
  return legs.some(rests) && legs.every((leg) => leg.stage.kind === 'done' || rests(leg));
}

function wakeOf(leg: Leg, idlePollMs: number, now: EpochMs): EpochMs {
  const { stage } = leg;
  switch (stage.kind) {
    case 'sending':
      // Past its time only where nothing more may be sent: then it is looked for as any other order.
      return stage.retryAt > now ? stage.retryAt : now + idleOr(ORDER_POLL_MS, idlePollMs);
    case 'working':
      return Math.min(orNever(stage.until, now), now + Math.min(idleOr(ORDER_POLL_MS, idlePollMs), WORKING_POLL_MS_MAX));
    case 'canceling':
      return now + idleOr(CANCEL_POLL_MS, idlePollMs);
    case 'waiting':
      return orNever(sliceFrom(leg) ?? now, now);
    case 'done':
      return Number.POSITIVE_INFINITY;
  }
}

/** A moment that is over and brought nothing, because the order could not be seen, wakes nobody every second. */
function orNever(at: EpochMs, now: EpochMs): EpochMs {
  return at > now ? at : Number.POSITIVE_INFINITY;
}

function idleOr(pollMs: number, idlePollMs: number): number {
  return Math.max(pollMs, idlePollMs);
}
