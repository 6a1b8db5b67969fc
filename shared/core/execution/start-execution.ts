// From a plan to the state that execution starts from.
import type { Session } from '../market/calendar.ts';
import type { RebalancePlan } from '../rebalance/plan.ts';
import type { SubmissionGuard } from '../risk/submission-guard.ts';
import type { ShareUnit } from '../values/shares.ts';
import type { Ppm } from '../values/weight.ts';
import type { ExecutionRules } from './rules.ts';
import type { Slicing } from './slicing.ts';
import type { ExecutionState } from './state.ts';

/**
 * One leg a trade, in the order of the plan: what makes positions smaller, then what makes them larger.
 * @param volatilities of the daily returns, where they are known.
 * @param slicings by symbol, as `slicePlan` cut them.
 */
export function startExecution(
  { runId, accountNumber }: Required<Pick<ExecutionState, 'runId' | 'accountNumber'>>,
  plan: RebalancePlan,
  session: Session,
  rules: ExecutionRules,
  shareUnit: ShareUnit,
  volatilities: ReadonlyMap<string, Ppm> = new Map(),
  guard?: SubmissionGuard,
  slicings: ReadonlyMap<string, Slicing> = new Map(),
): ExecutionState {
  return {
    runId,
    accountNumber,
    rules,
    shareUnit,
    deadline: session.close - rules.deadlineBeforeCloseMs,
    close: session.close,
    ...(guard === undefined ? {} : { guard }),
    legs: plan.trades.map(({ symbol, side, position, quantity, arrival }) => ({
      symbol,
      side,
      ...(position === undefined ? {} : { position }),
      quantity,
      arrival,
      ...volatilityOf(symbol, volatilities),
      ...slicingOf(symbol, slicings),
      unfunded: 0n,
      closedOrders: [],
      stage: { kind: 'waiting', peg: 0, quoteTries: 0 },
    })),
    ...(plan.settled === undefined ? {} : { settled: plan.settled }),
  };
}

function volatilityOf(symbol: string, volatilities: ReadonlyMap<string, Ppm>): { readonly volatility?: Ppm } {
  const volatility = volatilities.get(symbol);
  return volatility === undefined ? {} : { volatility };
}

function slicingOf(symbol: string, slicings: ReadonlyMap<string, Slicing>): { readonly slicing?: Slicing } {
  const slicing = slicings.get(symbol);
  return slicing === undefined ? {} : { slicing };
}
