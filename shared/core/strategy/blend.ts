// Sleeves into one weight vector, so that two strategies never trade against each other, with the cash
// reserve kept.
import { absolute, divide } from '../values/rounding.ts';
import { type Ppm, WHOLE } from '../values/weight.ts';
import { apportion, collectWeights, grossOf, signed, type TargetWeights } from './weights.ts';

export interface SleeveTargets {
  readonly capital: Ppm;
  readonly targets: TargetWeights;
}

/**
 * The weights of the whole portfolio. `capital` of all sleeves sums to one million. What one sleeve holds long and another
 * short is one position, the difference.
 * @throws RangeError for a sleeve whose positions are more than its capital: the caller refuses it before.
 */
export function blendSleeves(sleeves: readonly SleeveTargets[], cashReserve: Ppm): TargetWeights {
  const parts = sleeves.flatMap(({ capital, targets }) => shareOut(capital, targets));
  return keepReserve(collectWeights(parts), cashReserve);
}

/** A sleeve's weights in its share of the portfolio; their sizes and what is not invested sum to exactly `capital`. */
function shareOut(capital: Ppm, targets: TargetWeights): { symbol: string | undefined; weight: Ppm }[] {
  if (capital === 0n) return [];
  const idle = WHOLE - grossOf(targets);
  if (idle < 0n) throw new RangeError(`a sleeve of ${capital} parts per million holds more than its capital`);
  const shares = apportion(capital, [...targets.weights.map(({ weight }) => Number(absolute(weight))), Number(idle)]);
  return targets.weights.map(({ symbol, weight }, place) => ({ symbol, weight: signed(shares[place] ?? 0n, weight) }));
}

function keepReserve(targets: TargetWeights, cashReserve: Ppm): TargetWeights {
  return scaledWithin(targets, WHOLE - cashReserve);
}

/** Scales all positions down, each toward zero, until their sizes come to no more than what is allowed. */
export function scaledWithin(targets: TargetWeights, allowed: Ppm): TargetWeights {
  const gross = grossOf(targets);
  if (gross <= allowed) return targets;
  return collectWeights(
    targets.weights.map(({ symbol, weight }) => ({ symbol, weight: signed(divide(absolute(weight) * allowed, gross, 'floor'), weight) })),
  );
}
