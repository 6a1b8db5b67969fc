// What a portfolio's spread would be if its positions stopped balancing each other, as they do in a crash.
import { shapeOf } from './return-shape.ts';

export interface StressedCorrelation {
  /** How far the correlations went: 0 as they were, 1 all the way. */
  readonly stress: number;
  /** Of the portfolio, a bar. */
  readonly deviation: number;
}

/**
 * σ(s) = √(Σᵢⱼ wᵢ wⱼ σᵢ σⱼ ρᵢⱼ(s)) with ρᵢⱼ(s) = (1 − s) ρᵢⱼ + s · sign(wᵢ wⱼ) beside the diagonal: at 1 everything that is held
 * falls together and what is short rises with it, Σ |wᵢ| σᵢ. Weights are those of one day, held.
 * @param returns one column an asset, all of one length. @param weights parts of one, negative for what is short.
 */
export function correlationStress(
  returns: readonly Float64Array[],
  weights: Float64Array,
  stresses: readonly number[] = [0, 0.25, 0.5, 0.75, 1],
): readonly StressedCorrelation[] {
  if (returns.length !== weights.length) throw new RangeError('a weight an asset');
  const bars = returns[0]?.length ?? 0;
  const held = new Float64Array(bars);
  let together = 0;
  for (const [asset, column] of returns.entries()) {
    const weight = weights[asset] as number;
    together += Math.abs(weight) * (shapeOf(column)?.deviation ?? 0);
    for (let bar = 0; bar < bars; bar += 1) held[bar] = (held[bar] as number) + weight * (column[bar] as number);
  }
  // Both ends are variances of portfolios, and what lies between is linear in the correlations.
  const apart = (shapeOf(held)?.deviation ?? 0) ** 2;
  return stresses.map((stress) => {
    if (!(stress >= 0 && stress <= 1)) throw new RangeError(`a stress is between 0 and 1: ${stress}`);
    return { stress, deviation: Math.sqrt((1 - stress) * apart + stress * together ** 2) };
  });
}
