// A plan of which a test states only what matters.
import type { DriftLine, RebalancePlan, Trade } from '../../shared/core/rebalance/plan.ts';
import type { Side } from '../../shared/core/values/identity.ts';
import { usd } from '../../shared/core/values/money.ts';
import { notional, shares } from '../../shared/core/values/shares.ts';
import { percent } from '../../shared/core/values/weight.ts';

/** `aTrade('buy', 'SPY', '10', '100')`: ten shares at an arrival of 100 dollars. */
export function aTrade(side: Side, symbol: string, quantity: string, arrival: string): Trade {
  const price = usd(arrival);
  return { symbol, side, quantity: shares(quantity), arrival: price, notional: notional(price, shares(quantity), 'half-even') };
}

interface StatedLine {
  readonly value?: string;
  readonly weight?: string;
  readonly target?: string;
  readonly isInside?: boolean;
}

export function aLine(symbol: string, { value = '0', weight = '0%', target = '0%', isInside = true }: StatedLine = {}): DriftLine {
  return {
    symbol,
    value: usd(value),
    weight: percent(weight),
    target: percent(target),
    drift: percent(weight) - percent(target),
    isInside,
  };
}

/** Of 1,000 dollars in cash, unless stated; nothing to trade. */
export function aPlan(stated: Partial<RebalancePlan> = {}): RebalancePlan {
  return {
    equity: usd('1000'),
    isTriggered: true,
    lines: [],
    trades: [],
    skipped: [],
    cashBefore: usd('1000'),
    proceedsAtLeast: 0n,
    costAtMost: 0n,
    ...stated,
  };
}
