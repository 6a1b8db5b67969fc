import { absolute, divide, smaller } from './rounding.ts';
import { type Ppm, WHOLE } from './weight.ts';

/**
 * How far a weight may drift from its target before it is traded. `absolute` is in points of weight,
 * `relative` is a part of the target; where both are given the narrower one counts.
 * Neither given: any drift is traded.
 */
export interface RebalanceBand {
  readonly absolute?: Ppm;
  readonly relative?: Ppm;
}

/** The half-width of the band around this target. */
export function bandWidth(band: RebalanceBand, target: Ppm): Ppm {
  const relative = band.relative === undefined ? undefined : divide(absolute(target) * band.relative, WHOLE, 'floor');
  if (band.absolute === undefined) return relative ?? 0n;
  return relative === undefined ? band.absolute : smaller(band.absolute, relative);
}

/** True up to and including the edge of the band. */
export function isInsideBand(weight: Ppm, target: Ppm, band: RebalanceBand): boolean {
  return absolute(weight - target) <= bandWidth(band, target);
}
