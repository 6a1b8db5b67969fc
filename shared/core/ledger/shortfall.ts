// What a trade cost against the price at which it was decided, in the parts of A. Perold, "The Implementation Shortfall:
// Paper versus Reality" (Journal of Portfolio Management, 1988), with the delay told apart from the execution.
import { filledQuantity, type Leg } from '../execution/leg.ts';
import type { MicroUsd } from '../values/money.ts';
import { divide } from '../values/rounding.ts';
import { NANOS_PER_SHARE, notional } from '../values/shares.ts';
import type { NewYorkDate } from '../values/time.ts';
import { feesOf } from './fee-table.ts';

/** Micro-dollars, each rounded up: a cost is never understated. Negative where it was a gain. */
export interface Shortfall {
  /** What the market moved between the decision and the first order, on what was filled. */
  readonly delay: MicroUsd;
  /** What the fills were worse than the mid at the first order. */
  readonly execution: MicroUsd;
  /** What the market has moved since the decision, on what was not filled. Left out: nobody knew the price at the end. */
  readonly opportunity?: MicroUsd;
  /**
   * What regulators take of these fills, before the broker rounds up its day. The broker takes no commission. Left out
   * where a date is in none of the tables: unpriced, not free.
   */
  readonly fees?: MicroUsd;
}

const FEMTOS_PER_MICRO = 1_000_000_000n;

/**
 * @param end the mid when the run ended.
 * @param date of the session: fees are told by it.
 */
export function shortfallOf(leg: Leg, end: MicroUsd | undefined, date: NewYorkDate): Shortfall {
  const decision = leg.decision ?? leg.arrival;
  const entry = leg.entry ?? decision;
  const sign = leg.side === 'buy' ? 1n : -1n;
  const filled = filledQuantity(leg);
  const unfilled = leg.quantity - filled;
  const execution = leg.closedOrders.reduce(
    (sum, order) => sum + sign * ((order.averageFillPrice ?? entry) - entry) * order.filledQuantity,
    0n,
  );
  const fees = feesOfLeg(leg, date);
  const opportunity = unfilled <= 0n ? 0n : end === undefined ? undefined : notional(sign * (end - decision), unfilled, 'ceil');
  return {
    delay: notional(sign * (entry - decision), filled, 'ceil'),
    execution: divide(execution, NANOS_PER_SHARE, 'ceil'),
    ...(opportunity === undefined ? {} : { opportunity }),
    ...(fees === undefined ? {} : { fees }),
  };
}

function feesOfLeg({ side, closedOrders }: Leg, date: NewYorkDate): MicroUsd | undefined {
  let femtos = 0n;
  for (const { filledQuantity: quantity, averageFillPrice } of closedOrders) {
    if (quantity === 0n || averageFillPrice === undefined) continue;
    for (const fee of feesOf(side, date, notional(averageFillPrice, quantity, 'half-even'), quantity)) {
      if (fee.femtos === 'unpriced') return undefined;
      femtos += fee.femtos;
    }
  }
  return divide(femtos, FEMTOS_PER_MICRO, 'ceil');
}

/** Of several trades. A part that is not known of one of them is not known of all. */
export function sumOfShortfalls(shortfalls: readonly Shortfall[]): Shortfall {
  const sumOf = (part: (each: Shortfall) => MicroUsd | undefined): MicroUsd | undefined =>
    shortfalls.reduce<MicroUsd | undefined>((sum, each) => {
      const amount = part(each);
      return sum === undefined || amount === undefined ? undefined : sum + amount;
    }, 0n);
  const opportunity = sumOf((each) => each.opportunity);
  const fees = sumOf((each) => each.fees);
  return {
    delay: shortfalls.reduce((sum, each) => sum + each.delay, 0n),
    execution: shortfalls.reduce((sum, each) => sum + each.execution, 0n),
    ...(opportunity === undefined ? {} : { opportunity }),
    ...(fees === undefined ? {} : { fees }),
  };
}
