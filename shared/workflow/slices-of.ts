// What a snapshot says of how much a plan's trades may move their markets, as far as slices depend on it.
import type { Snapshot } from '../contracts/artifacts.ts';
import type { PortfolioPolicy } from '../contracts/portfolio-policy.ts';
import { type LiquidityOf, slicePlan } from '../core/execution/slice-plan.ts';
import type { Slicing } from '../core/execution/slicing.ts';
import type { Session } from '../core/market/calendar.ts';
import type { RebalancePlan } from '../core/rebalance/plan.ts';
import { averageVolume } from '../core/risk/average-volume.ts';

/** By symbol. Cut from the moment of the snapshot on: a replay cuts alike. */
export function slicesOf(policy: PortfolioPolicy, plan: RebalancePlan, session: Session, snapshot: Snapshot): ReadonlyMap<string, Slicing> {
  const { asOf, historyAsOf, history, quotes, risk, volatilities = {} } = snapshot;
  const known: LiquidityOf = (symbol) => {
    const quote = quotes.find((each) => each.symbol === symbol);
    const volume = averageVolume(symbol, { recent: risk?.history ?? history, historyAsOf });
    return quote === undefined ? undefined : { quote, volume, volatility: volatilities[symbol] };
  };
  return slicePlan(plan, known, asOf, session, policy.execution, policy);
}
