// How much of the settled cash that a run began with is left for its buys. Proceeds of its own sells are under way until
// they settle, and so fund nothing in it.
import type { MicroUsd } from '../values/money.ts';
import { smaller } from '../values/rounding.ts';
import { notional } from '../values/shares.ts';
import { type Leg, reduces } from './leg.ts';
import type { LiveOrders } from './money.ts';
import type { Observation } from './observation.ts';
import type { ExecutionState } from './state.ts';

/**
 * The smaller of two counts: what the run began with less all that its buys took or may take, and what the account has
 * now less all proceeds known to be under way. The first knows of no fill that is told late, the second of money that
 * left the account meanwhile.
 */
export function settledMoney(
  settled: NonNullable<ExecutionState['settled']>,
  legs: readonly Leg[],
  { account }: Observation,
  live: LiveOrders,
): MicroUsd {
  let taken: MicroUsd = 0n;
  let proceeds: MicroUsd = 0n;
  for (const leg of legs) {
    const filled = filledValue(leg);
    if (leg.side === 'sell') proceeds += filled;
    else taken += filled;
    if (!reduces(leg) && 'intent' in leg.stage) taken += notional(leg.stage.intent.limitPrice, leg.stage.intent.quantity, 'ceil');
  }
  return smaller(settled.cash - taken, account.cash - settled.unsettled - proceeds - live.cost);
}

/** At least what the orders that are over came to: an average is told rounded, and no buy costs more than its limit. */
function filledValue({ side, closedOrders }: Leg): MicroUsd {
  return closedOrders.reduce((sum, { filledQuantity, averageFillPrice, limitPrice }) => {
    const price = (averageFillPrice ?? limitPrice) + 1n;
    return sum + notional(side === 'buy' ? smaller(price, limitPrice) : price, filledQuantity, 'ceil');
  }, 0n);
}
