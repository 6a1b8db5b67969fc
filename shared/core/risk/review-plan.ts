// The risk review: a flat ladder of named denials, the first that matches wins. It refuses before the broker can reject,
// and says which figures decided. What makes positions smaller is held to less: a limit must never lock a loss in.
import type { Account } from '../portfolio/portfolio.ts';
import type { RebalancePlan } from '../rebalance/plan.ts';
import { accountBlocked, breakerRestricted, breakerStopped, dayTrade } from './account-denials.ts';
import type { RiskReview } from './denial.ts';
import { clusterMax, grossExposure, groupMax, netExposure, positionMax, shortMax, shortPosition } from './exposure-denials.ts';
import { NOTHING_TODAY, type RiskFacts } from './facts.ts';
import type { Limits } from './limits.ts';
import { buyingPower, dayTurnover, marginBuffer } from './money-denials.ts';
import { orderNotionalMax, orderSharesMax, ordersMax, sessionOrders } from './order-denials.ts';
import { type Rung, viewOf } from './plan-view.ts';
import { closeUnknown, priceMove, volumeMax, volumeUnknown, washTrade } from './price-denials.ts';
import { stressMax, stressUnknown } from './stress-denials.ts';

/** In the order of `DENIAL_CODES`. */
const LADDER: readonly Rung[] = [
  accountBlocked,
  breakerStopped,
  breakerRestricted,
  ordersMax,
  sessionOrders,
  orderNotionalMax,
  orderSharesMax,
  volumeUnknown,
  volumeMax,
  closeUnknown,
  priceMove,
  washTrade,
  dayTrade,
  shortPosition,
  shortMax,
  positionMax,
  groupMax,
  clusterMax,
  grossExposure,
  netExposure,
  dayTurnover,
  buyingPower,
  marginBuffer,
  stressUnknown,
  stressMax,
];

/** Where nothing was seen, nothing is known: a limit that needs it denies. */
const NOTHING_SEEN: RiskFacts = {
  mode: 'live',
  session: '1990-01-02',
  asOf: 0,
  history: { anchor: '1990-01-02', columns: [] },
  recent: { anchor: '1990-01-02', columns: [] },
  historyAsOf: '1990-01-02',
  today: NOTHING_TODAY,
};

export function reviewPlan(plan: RebalancePlan, account: Account, limits: Limits, facts: RiskFacts = NOTHING_SEEN): RiskReview {
  const view = viewOf(plan, account, limits, facts);
  for (const rung of LADDER) {
    const denial = rung(view);
    if (denial !== undefined) return denial;
  }
  return { kind: 'approved' };
}
