// Why nothing more may be sent, first match wins.
import type { EpochMs } from '../values/time.ts';
import type { Observation } from './observation.ts';
import type { OpenOrders } from './open-orders.ts';
import type { ExecutionState } from './state.ts';

export interface Stop {
  readonly code: 'kill-switch' | 'account-blocked' | 'deadline';
  readonly openOrders: OpenOrders;
}

/** A kill switch that keeps orders comes last: a blocked account and the deadline cancel them all the same. */
export function stopOf(state: ExecutionState, seen: Observation, now: EpochMs): Stop | undefined {
  if (seen.killSwitch === 'cancel') return { code: 'kill-switch', openOrders: 'cancel' };
  if (seen.account.isBlocked) return { code: 'account-blocked', openOrders: 'cancel' };
  if (now >= state.deadline) return { code: 'deadline', openOrders: 'cancel' };
  if (seen.killSwitch === 'keep') return { code: 'kill-switch', openOrders: 'keep' };
  return undefined;
}
