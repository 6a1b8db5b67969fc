// What returns one would have to expect for the market's weights to be right, moved towards an owner's views.
import { cholesky, type Matrix, quadraticForm, solveFactored, times } from './matrix.ts';

/** A view: a portfolio, and what it is expected to earn over the unit of the covariance. */
export interface View {
  /** By asset: 1 for what is viewed, −1 for what it is held against; 0 elsewhere. */
  readonly portfolio: Float64Array;
  readonly excess: number;
  /** 0 … 1, both excluded. */
  readonly confidence: number;
}

/** How uncertain the equilibrium is beside the returns themselves. With Idzorek's confidences the result does not depend on it. */
const TAU = 0.05;

/**
 * Excess returns π + τCPᵀ(PτCPᵀ + Ω)⁻¹(q − Pπ), with π = δCw of the market's weights w and the risk aversion δ, and
 * Ω = diag(p τCpᵀ · (1 − c)/c): a single view of confidence c moves its own portfolio c of the way to what it says.
 * undefined where the views contradict or repeat each other so that they cannot be told apart.
 * Source: Black and Litterman (1992), Global portfolio optimization; Idzorek (2005) for the confidences, in the closed form of
 * Walters (2014).
 */
export function blackLitterman(
  covariance: Matrix,
  market: Float64Array,
  riskAversion: number,
  views: readonly View[],
): Float64Array | undefined {
  const equilibrium = times(covariance, market).map((each) => riskAversion * each);
  if (views.length === 0) return equilibrium;
  const pulls = views.map(({ portfolio }) => times(covariance, portfolio).map((each) => TAU * each));
  const uncertain = views.map(({ confidence, portfolio }, row) =>
    Float64Array.from(views, (other, column) => {
      const together = dotOf(pulls[row] as Float64Array, other.portfolio);
      return column === row ? together + TAU * quadraticForm(covariance, portfolio) * ((1 - confidence) / confidence) : together;
    }),
  );
  const factor = cholesky(uncertain);
  if (factor === undefined) return undefined;
  const surprise = Float64Array.from(views, ({ portfolio, excess }) => excess - dotOf(portfolio, equilibrium));
  const strength = solveFactored(factor, surprise);
  return equilibrium.map((each, place) =>
    pulls.reduce((sum, pull, view) => sum + (pull[place] as number) * (strength[view] as number), each),
  );
}

function dotOf(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, each, place) => sum + each * (b[place] as number), 0);
}
