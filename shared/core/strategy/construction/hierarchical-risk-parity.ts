// Hierarchical risk parity: assets are ordered by what they go together with, and the variance is halved down that order. It
// inverts no matrix, so that it has an answer where optimisers have none.
import { type Constructed, flatAmong } from './constructed.ts';
import { entry, type Matrix, quadraticForm } from './matrix.ts';

/**
 * Weights of at least 0 that sum to 1. Clusters are of single linkage over d = √((1 − ρ)/2); of distances that are the same
 * the first pair in the order of the assets is joined first. The order in which the assets are given therefore counts.
 * Source: López de Prado (2016), Building diversified portfolios that outperform out of sample, J. Portfolio Management 42(4);
 * linkage over d itself and not over distances of distances, as PyPortfolioOpt has it.
 */
export function hierarchicalRiskParity(covariance: Matrix): Constructed {
  const variances = Float64Array.from(covariance, (row, place) => row[place] as number);
  const flat = flatAmong(variances);
  if (flat !== undefined) return flat;
  const weights = new Float64Array(variances.length).fill(1);
  const open = [leavesInOrder(distances(covariance, variances))];
  for (let cluster = open.pop(); cluster !== undefined; cluster = open.pop()) {
    if (cluster.length < 2) continue;
    const half = Math.floor(cluster.length / 2);
    const first = cluster.slice(0, half);
    const second = cluster.slice(half);
    const ofFirst = clusterVariance(covariance, first);
    const ofSecond = clusterVariance(covariance, second);
    const share = ofSecond / (ofFirst + ofSecond);
    for (const place of first) weights[place] = (weights[place] as number) * share;
    for (const place of second) weights[place] = (weights[place] as number) * (1 - share);
    open.push(first, second);
  }
  return { kind: 'weights', weights };
}

function distances(covariance: Matrix, variances: Float64Array): Matrix {
  return covariance.map((row, place) =>
    row.map((value, other) => {
      const correlation = value / Math.sqrt((variances[place] as number) * (variances[other] as number));
      return other === place ? 0 : Math.sqrt((1 - Math.min(1, Math.max(-1, correlation))) / 2);
    }),
  );
}

/** The leaves of the tree of single linkage from left to right; of two branches the older stands left. */
function leavesInOrder(distance: Matrix): readonly number[] {
  let clusters = distance.map((_, place) => ({ age: place, leaves: [place] as readonly number[] }));
  const nearest = distance.map((row) => Float64Array.from(row));
  let alive = distance.map((_, place) => place);
  for (let step = 0; alive.length > 1; step += 1) {
    let [best, one, other] = [Number.POSITIVE_INFINITY, 0, 1];
    for (const [index, row] of alive.entries()) {
      for (const column of alive.slice(index + 1)) {
        const apart = entry(nearest, row, column);
        if (apart < best) [best, one, other] = [apart, row, column];
      }
    }
    const [left, right] = [clusters[one], clusters[other]];
    if (left === undefined || right === undefined) throw new Error(`no cluster at ${one} or ${other}`);
    const leaves = left.age < right.age ? [...left.leaves, ...right.leaves] : [...right.leaves, ...left.leaves];
    clusters = clusters.with(one, { age: distance.length + step, leaves });
    for (const each of alive) {
      const apart = Math.min(entry(nearest, one, each), entry(nearest, other, each));
      (nearest[one] as Float64Array)[each] = apart;
      (nearest[each] as Float64Array)[one] = apart;
    }
    alive = alive.filter((each) => each !== other);
  }
  return clusters[alive[0] ?? 0]?.leaves ?? [];
}

/** Of the cluster's assets by inverse variance. */
function clusterVariance(covariance: Matrix, places: readonly number[]): number {
  const inverses = Float64Array.from(places, (place) => 1 / entry(covariance, place, place));
  let sum = 0;
  for (const inverse of inverses) sum += inverse;
  const within = places.map((row) => Float64Array.from(places, (column) => entry(covariance, row, column)));
  return quadraticForm(
    within,
    inverses.map((inverse) => inverse / sum),
  );
}
