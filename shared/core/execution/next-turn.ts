// When the crank should be turned again. A Lambda never sleeps: the engine waits.
import { type EpochMs, SECOND_MS } from '../values/time.ts';
import type { Leg } from './leg.ts';
import type { ExecutionState } from './state.ts';

const CANCEL_POLL_MS = SECOND_MS;
const ORDER_POLL_MS = 5 * SECOND_MS;

/** Whole seconds, at least 1, until something can have changed. */
export function secondsToNextTurn(state: ExecutionState, now: EpochMs): number {
  const earliest = state.legs.reduce((least, leg) => Math.min(least, wakeOf(leg, now)), now + ORDER_POLL_MS);
  return Math.max(1, Math.ceil((earliest - now) / SECOND_MS));
}

function wakeOf({ stage }: Leg, now: EpochMs): EpochMs {
  switch (stage.kind) {
    case 'sending':
      // Past its time only where nothing more may be sent: then it is looked for as any other order.
      return stage.retryAt > now ? stage.retryAt : now + ORDER_POLL_MS;
    case 'working':
      return Math.min(stage.until, now + ORDER_POLL_MS);
    case 'canceling':
      return now + CANCEL_POLL_MS;
    case 'waiting':
    case 'done':
      return Number.POSITIVE_INFINITY;
  }
}
