// Why nothing more may be sent, first match wins.
import type { EpochMs } from '../values/time.ts';
import type { Observation } from './observation.ts';
import type { ExecutionState } from './state.ts';

export interface Stop {
  readonly code: 'kill-switch' | 'account-blocked' | 'deadline';
}

export function stopOf(state: ExecutionState, seen: Observation, now: EpochMs): Stop | undefined {
  if (seen.killSwitch === 'on') return { code: 'kill-switch' };
  if (seen.account.isBlocked) return { code: 'account-blocked' };
  if (now >= state.deadline) return { code: 'deadline' };
  return undefined;
}
