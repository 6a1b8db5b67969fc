// Everything a run must remember between two turns of the crank.
import type { SettledMoney } from '../rebalance/plan.ts';
import type { SubmissionGuard } from '../risk/submission-guard.ts';
import type { RunId } from '../values/identity.ts';
import type { ShareUnit } from '../values/shares.ts';
import type { EpochMs } from '../values/time.ts';
import type { Leg } from './leg.ts';
import type { ExecutionRules } from './rules.ts';

export interface ExecutionState {
  readonly runId: RunId;
  /** The account that the run was planned for, and the only one it may act in; left out in records of releases that froze none. */
  readonly accountNumber?: string;
  readonly rules: ExecutionRules;
  readonly shareUnit: ShareUnit;
  /** Nothing is sent from here on; what works is canceled. */
  readonly deadline: EpochMs;
  /** The end of the session: an order not found by then is given up as unresolved. */
  readonly close: EpochMs;
  /** What every submission is held against; left out in records of releases that had none. */
  readonly guard?: SubmissionGuard;
  /** Those that make positions smaller before those that make them larger, each by symbol. */
  readonly legs: readonly Leg[];
  /** As the plan found it, where only settled cash may be spent. */
  readonly settled?: SettledMoney;
}

export function isOver(state: ExecutionState): boolean {
  return state.legs.every((leg) => leg.stage.kind === 'done');
}
