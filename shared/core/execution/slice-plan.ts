// The slices of every trade of a plan. What makes positions smaller pays for the rest, so where it is sliced it has the
// first half of the time, and the rest the second.
import type { Session } from '../market/calendar.ts';
import type { RebalancePlan, Trade } from '../rebalance/plan.ts';
import type { EpochMs } from '../values/time.ts';
import { auctionCutoff } from './auction-order.ts';
import { reduces } from './leg.ts';
import type { ExecutionRules } from './rules.ts';
import { type Liquidity, type SliceUnits, sliceTrade } from './slice-trade.ts';
import type { Slicing } from './slicing.ts';

export type LiquidityOf = (symbol: string) => Liquidity | undefined;

/**
 * By symbol; nothing where the rules know no slices.
 * @param from when the plan was made.
 */
export function slicePlan(
  { trades }: Pick<RebalancePlan, 'trades'>,
  known: LiquidityOf,
  from: EpochMs,
  session: Pick<Session, 'open' | 'close'>,
  rules: ExecutionRules,
  units: SliceUnits,
): ReadonlyMap<string, Slicing> {
  const { slicing } = rules;
  if (slicing === undefined) return new Map();
  const deadline = session.close - rules.deadlineBeforeCloseMs;
  const sliceMs = 2 * rules.pegsMax * rules.pegWaitMs;
  const slicesOf = (some: readonly Trade[], begin: EpochMs, end: EpochMs): [string, Slicing][] =>
    some.flatMap((trade): [string, Slicing][] => {
      const liquidity = known(trade.symbol);
      return liquidity === undefined
        ? []
        : [[trade.symbol, sliceTrade(trade, liquidity, { from: begin, to: end, sliceMs, session }, units, slicing)]];
    });
  const reductions = trades.filter(reduces);
  const openings = trades.filter((trade) => !reduces(trade));
  const isPaying = reductions.length > 0 && openings.length > 0;
  const middle = from + Math.floor((deadline - from) / 2);
  // What is to be in the auction has to be paid for before its last call.
  const lastCall = rules.auction === undefined ? middle : Math.min(deadline, auctionCutoff(session.close));
  const first = slicesOf(reductions, from, isPaying ? lastCall : deadline);
  if (rules.auction !== undefined) return new Map(openings.length === 0 ? [] : first);
  const isSliced = first.some(([, { slices }]) => slices !== undefined);
  return new Map([...first, ...slicesOf(openings, isSliced ? middle : from, deadline)]);
}
