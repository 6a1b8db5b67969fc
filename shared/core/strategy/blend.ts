// Sleeves into one weight vector, so that two strategies never trade against each other, with the cash
// reserve kept.
import { divide } from '../values/rounding.ts';
import { type Ppm, WHOLE } from '../values/weight.ts';
import { apportion, collectWeights, type TargetWeights } from './weights.ts';

export interface SleeveTargets {
  readonly capital: Ppm;
  readonly targets: TargetWeights;
}

/** The weights of the whole portfolio. `capital` of all sleeves sums to one million. */
export function blendSleeves(sleeves: readonly SleeveTargets[], cashReserve: Ppm): TargetWeights {
  const parts = sleeves.flatMap(({ capital, targets }) => shareOut(capital, targets));
  return keepReserve(collectWeights(parts), cashReserve);
}

/** A sleeve's weights in its share of the portfolio; they and their cash sum to exactly `capital`. */
function shareOut(capital: Ppm, { weights, cash }: TargetWeights): { symbol: string | undefined; weight: Ppm }[] {
  if (capital === 0n) return [];
  const shares = apportion(capital, [...weights.map(({ weight }) => Number(weight)), Number(cash)]);
  return weights.map(({ symbol }, place) => ({ symbol, weight: shares[place] ?? 0n }));
}

/** Scales the invested part down, each weight rounded down, until at least the reserve is cash. */
function keepReserve(targets: TargetWeights, cashReserve: Ppm): TargetWeights {
  if (targets.cash >= cashReserve) return targets;
  const invested = WHOLE - targets.cash;
  const allowed = WHOLE - cashReserve;
  return collectWeights(targets.weights.map(({ symbol, weight }) => ({ symbol, weight: divide(weight * allowed, invested, 'floor') })));
}
