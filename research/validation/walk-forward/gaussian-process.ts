// What a few measured points say of all others: a mean and how unsure it is. Knows points and numbers, nothing of candidates.
//
// Source: Rasmussen and Williams (2006), "Gaussian processes for machine learning", chapter 2 and (4.17), (5.8).
import { cholesky, dot, solveFactored } from '../../../shared/core/strategy/construction/matrix.ts';

export interface Believed {
  readonly mean: number;
  /** Of the value itself, without the noise of measuring it; above zero or zero. */
  readonly deviation: number;
}

export interface GaussianProcess {
  believed(point: Float64Array): Believed;
  /** Of the measured values, under these settings. */
  readonly logLikelihood: number;
}

export interface KernelSettings {
  /** The distance at which values still have much to do with each other. */
  readonly length: number;
  /** Variance of a measurement, in parts of the variance of the values; above zero. */
  readonly noise: number;
}

/**
 * With a mean of zero and a variance of one before anything is measured.
 * @param points one row each, as many numbers in all. @param values of them, centred and scaled.
 * @throws RangeError where points repeat so closely, with so little noise, that no float can tell them apart.
 */
export function gaussianProcess(points: readonly Float64Array[], values: Float64Array, settings: KernelSettings): GaussianProcess {
  const kernel = points.map((one, row) =>
    Float64Array.from(points, (other, column) => matern(one, other, settings.length) + (row === column ? settings.noise : 0)),
  );
  const factor = cholesky(kernel);
  if (factor === undefined) throw new RangeError('points that cannot be told apart');
  const weights = solveFactored(factor, values);
  const logDeterminant = factor.reduce((sum, row, place) => sum + 2 * Math.log(row[place] as number), 0);
  return {
    believed(point) {
      const near = Float64Array.from(points, (each) => matern(point, each, settings.length));
      // Half of the solution is enough for kᵀK⁻¹k, but it is asked of few points.
      const variance = 1 - dot(near, solveFactored(factor, near));
      return { mean: dot(near, weights), deviation: Math.sqrt(Math.max(0, variance)) };
    },
    logLikelihood: -0.5 * (dot(values, weights) + logDeterminant + points.length * Math.log(2 * Math.PI)),
  };
}

/** (1 + √5 d + 5/3 d²) e^(−√5 d), d the distance in lengths: Matérn 5/2, smooth, but not endlessly so. */
function matern(one: Float64Array, other: Float64Array, length: number): number {
  let squares = 0;
  for (let place = 0; place < one.length; place += 1) squares += ((one[place] as number) - (other[place] as number)) ** 2;
  const scaled = Math.sqrt(5 * squares) / length;
  return (1 + scaled + (scaled * scaled) / 3) * Math.exp(-scaled);
}
