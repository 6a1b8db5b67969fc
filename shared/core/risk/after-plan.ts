// How a portfolio stands when every trade of a plan has filled at its arrival.
import type { RebalancePlan, Trade } from '../rebalance/plan.ts';
import type { MicroUsd } from '../values/money.ts';
import { absolute } from '../values/rounding.ts';
import { type Ppm, weightOf } from '../values/weight.ts';

export interface After {
  readonly symbol: string;
  /** Below zero when short. */
  readonly value: MicroUsd;
  /** Its weight without the sign, rounded down. */
  readonly size: Ppm;
}

/** Cash is not among them. */
export function afterPlan({ lines, trades, equity }: Pick<RebalancePlan, 'lines' | 'trades' | 'equity'>): After[] {
  const change = new Map(trades.map(({ symbol, side, notional }) => [symbol, side === 'buy' ? notional : -notional]));
  return lines
    .filter(({ symbol }) => symbol !== 'cash')
    .map(({ symbol, value }) => ({ symbol, value: value + (change.get(symbol) ?? 0n) }))
    .map(({ symbol, value }) => ({ symbol, value, size: weightOf(absolute(value), equity, 'floor') }));
}

/** A purchase of a long position, or a short sale. */
export function opensPosition({ side, position }: Pick<Trade, 'side' | 'position'>): boolean {
  return (side === 'sell') === (position === 'short');
}
