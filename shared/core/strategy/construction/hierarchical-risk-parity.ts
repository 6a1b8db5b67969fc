// Hierarchical risk parity: assets are ordered by what they go together with, and the variance is halved down that order. It
// inverts no matrix, so that it has an answer where optimisers have none.
import { type Bounds, canBeKept } from './bounds.ts';
import { type Constructed, flatAmong } from './constructed.ts';
import { entry, type Matrix, quadraticForm } from './matrix.ts';

/**
 * Weights of at least 0 that sum to 1. Clusters are of single linkage over d = √((1 − ρ)/2); of distances that are the same
 * the first pair in the order of the assets is joined first. The order in which the assets are given therefore counts.
 * Source: López de Prado (2016), Building diversified portfolios that outperform out of sample, J. Portfolio Management 42(4);
 * linkage over d itself and not over distances of distances, as PyPortfolioOpt has it.
 *
 * With bounds, a cluster that is divided gives neither half more than its assets may get together, nor less than they must: so
 * the bounds are kept at the leaves, and a division that breaks none is what it was.
 * Source of that: Pfitzinger and Katzke (2019), A constrained hierarchical risk parity algorithm with cluster-based capital allocation.
 */
export function hierarchicalRiskParity(covariance: Matrix, bounds?: Bounds): Constructed {
  const variances = Float64Array.from(covariance, (row, place) => row[place] as number);
  const flat = flatAmong(variances);
  if (flat !== undefined) return flat;
  if (bounds !== undefined && !canBeKept(bounds)) return { kind: 'infeasible' };
  const weights = new Float64Array(variances.length).fill(1);
  const open = [leavesInOrder(distances(covariance, variances))];
  for (let cluster = open.pop(); cluster !== undefined; cluster = open.pop()) {
    if (cluster.length < 2) continue;
    const half = Math.floor(cluster.length / 2);
    const first = cluster.slice(0, half);
    const second = cluster.slice(half);
    const ofFirst = clusterVariance(covariance, first);
    const ofSecond = clusterVariance(covariance, second);
    const asked = ofSecond / (ofFirst + ofSecond);
    const share = bounds === undefined ? asked : allowed(asked, weights[first[0] as number] as number, first, second, bounds);
    for (const place of first) weights[place] = (weights[place] as number) * share;
    for (const place of second) weights[place] = (weights[place] as number) * (1 - share);
    open.push(first, second);
  }
  return { kind: 'weights', weights };
}

/** The nearest share of a whole for the first half that leaves both halves what their assets must get and may get. */
function allowed(share: number, whole: number, first: readonly number[], second: readonly number[], { least, most }: Bounds): number {
  const lowest = Math.max(sumAt(least, first), whole - sumAt(most, second));
  const highest = Math.min(sumAt(most, first), whole - sumAt(least, second));
  const given = share * whole;
  if (given < lowest) return lowest / whole;
  return given > highest ? Math.max(0, highest) / whole : share;
}

function sumAt(values: Float64Array, places: readonly number[]): number {
  let sum = 0;
  for (const place of places) sum += values[place] as number;
  return sum;
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
