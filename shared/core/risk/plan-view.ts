// What every rung of the ladder looks at.
import type { Account } from '../portfolio/portfolio.ts';
import type { RebalancePlan } from '../rebalance/plan.ts';
import { type After, afterPlan, opensPosition } from './after-plan.ts';
import type { Denied } from './denial.ts';
import type { RiskFacts } from './facts.ts';
import type { Limits } from './limits.ts';

export interface PlanView {
  readonly plan: RebalancePlan;
  readonly account: Account;
  readonly limits: Limits;
  readonly facts: RiskFacts;
  readonly after: readonly After[];
  /** Symbols of which the plan makes a position, or makes it larger. What it leaves or makes smaller may be beyond a limit. */
  readonly opened: ReadonlySet<string>;
}

export type Rung = (view: PlanView) => Denied | undefined;

export function viewOf(plan: RebalancePlan, account: Account, limits: Limits, facts: RiskFacts): PlanView {
  const opened = new Set(plan.trades.filter(opensPosition).map(({ symbol }) => symbol));
  return { plan, account, limits, facts, after: afterPlan(plan), opened };
}
