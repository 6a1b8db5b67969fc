// How much of an account a portfolio may use, in steps that a person takes: the targets of the whole account are made smaller by
// that part, and the rest of it stays in cash. Everything after it sees ordinary targets of an ordinary account.
import type { RebalanceBand } from '../values/band.ts';
import { absolute, divide } from '../values/rounding.ts';
import { type Ppm, WHOLE } from '../values/weight.ts';
import { collectWeights, signed, type TargetWeights } from './weights.ts';

/** Each is large enough to learn something from, and small enough for the step before to have been cheap. */
export const CAPITAL_STEPS = ['1%', '10%', '50%', '100%'] as const;

/** Each weight toward zero: together they are never more than this part. */
export function withinCapital(targets: TargetWeights, capital: Ppm): TargetWeights {
  if (capital === WHOLE) return targets;
  return collectWeights(
    targets.weights.map(({ symbol, weight }) => ({ symbol, weight: signed(divide(absolute(weight) * capital, WHOLE, 'floor'), weight) })),
  );
}

/**
 * A band of points is one of the portfolio's own weights: of a hundredth of the account it is a hundredth as wide, or nothing
 * would ever leave it. One that is a part of the target follows the target by itself.
 */
export function bandWithinCapital(band: RebalanceBand, capital: Ppm): RebalanceBand {
  if (band.absolute === undefined || capital === WHOLE) return band;
  return { ...band, absolute: divide(band.absolute * capital, WHOLE, 'floor') };
}
