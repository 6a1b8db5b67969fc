// How far each weight is from its target.
import type { TargetWeights } from '../strategy/weights.ts';
import { isInsideBand, type RebalanceBand } from '../values/band.ts';
import type { MicroUsd } from '../values/money.ts';
import { absolute } from '../values/rounding.ts';
import { type Ppm, WHOLE, weightOf } from '../values/weight.ts';
import type { DriftLine } from './plan.ts';

export interface Valued {
  readonly symbol: string;
  readonly value: MicroUsd;
}

/**
 * One line a symbol, ascending, then one for cash; the weights and the drifts are conserved (they sum to one
 * million and to zero). Cash has no relative band: a reserve of 1 % would be "25 % off" at every odd lot.
 * @param valued every symbol of the portfolio, held or not, ascending.
 * @param equity cash and all values; above zero.
 */
export function measureDrift(valued: readonly Valued[], equity: MicroUsd, targets: TargetWeights, band: RebalanceBand): DriftLine[] {
  const targetOf = new Map(targets.weights.map(({ symbol, weight }) => [symbol, weight]));
  const lines = valued.map(({ symbol, value }) =>
    lineOf(symbol, value, weightOf(value, equity, 'half-even'), targetOf.get(symbol) ?? 0n, band),
  );
  const cashValue = equity - valued.reduce((sum, { value }) => sum + value, 0n);
  const cashWeight = WHOLE - lines.reduce((sum, { weight }) => sum + weight, 0n);
  const cashBand = { absolute: band.absolute ?? WHOLE };
  return [...lines, lineOf('cash', cashValue, cashWeight, targets.cash, cashBand)];
}

function lineOf(symbol: string, value: MicroUsd, weight: Ppm, target: Ppm, band: RebalanceBand): DriftLine {
  return { symbol, value, weight, target, drift: weight - target, isInside: isInsideBand(weight, target, band) };
}

/** The largest distance from a target, cash included. */
export function largestDrift(lines: readonly DriftLine[]): Ppm {
  return lines.reduce((most, { drift }) => (absolute(drift) > most ? absolute(drift) : most), 0n);
}
