// The decisions of all sleeves as weights by the place of a symbol, whole as a run trades them or exact.
import { blendSleeves, scaledWithin } from '../../shared/core/strategy/blend.ts';
import type { TargetWeights } from '../../shared/core/strategy/weights.ts';
import { type Ppm, toFraction, WHOLE } from '../../shared/core/values/weight.ts';

export interface DecidedSleeve {
  readonly capital: Ppm;
  readonly targets: TargetWeights;
  readonly exact?: ReadonlyMap<string, number>;
}

/** Writes one weight for each symbol into `weights`. @param placeOf of every symbol that may be a target. */
export function writeTargets(
  sleeves: readonly DecidedSleeve[],
  cashReserve: Ppm,
  precision: 'whole' | 'exact',
  placeOf: ReadonlyMap<string, number>,
  weights: Float64Array,
): void {
  weights.fill(0);
  const place = (symbol: string): number => placeOf.get(symbol) as number;
  if (precision === 'whole') {
    for (const { symbol, weight } of blended(sleeves, cashReserve).weights) weights[place(symbol)] = toFraction(weight);
    return;
  }
  for (const { capital, targets, exact } of sleeves) {
    for (const { symbol, weight } of targets.weights) {
      const own = exact?.get(symbol) ?? toFraction(weight);
      weights[place(symbol)] = (weights[place(symbol)] as number) + toFraction(capital) * own;
    }
  }
  const gross = weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
  const allowed = toFraction(WHOLE - cashReserve);
  if (gross > allowed) for (let at = 0; at < weights.length; at += 1) weights[at] = ((weights[at] as number) * allowed) / gross;
}

/** One sleeve with all the capital is its own blend. */
function blended(sleeves: readonly DecidedSleeve[], cashReserve: Ppm): TargetWeights {
  const [first, ...others] = sleeves;
  if (first !== undefined && others.length === 0 && first.capital === WHOLE) return scaledWithin(first.targets, WHOLE - cashReserve);
  return blendSleeves(sleeves, cashReserve);
}
