// Asks where an improvement is most to be expected, by a Gaussian process over what was asked before. Knows nothing of what is scored.
//
// Source: Jones, Schonlau and Welch (1998), "Efficient global optimization of expensive black-box functions", J. Global Optimization 13.
import type { Chance } from '../statistics/chance.ts';
import { normalCdf, normalDensity } from '../statistics/normal-distribution.ts';
import { type Believed, type GaussianProcess, gaussianProcess } from './gaussian-process.ts';
import { bestOf, type Candidate, candidatesOf, drawn, type ParameterSpace, type Scored, type Search, scoredOn } from './search.ts';

/** By chance before the process is believed anything: a quarter of all, at least so many. */
const FIRST_PART = 4;
const FIRST_MIN = 4;
/** Of a large space, so many by chance are looked at each time, and all that differ from the best in one parameter. */
const LOOKED_AT = 1_000;
/** Tried in turn; the most likely is taken. Points lie in a cube of edge one. */
const LENGTHS = [0.15, 0.3, 0.6, 1.2] as const;
const NOISES = [0.001, 0.05, 0.3] as const;

/**
 * So many different candidates, each but the first chosen by what those before it scored; all of them where there are no more. The
 * same seed asks the same. Costs the cube of the count for every candidate: for a few hundred at most.
 */
export function bayesianSearch(space: ParameterSpace, { count, chance }: { readonly count: number; readonly chance: Chance }): Search {
  return async (score) => {
    const candidates = candidatesOf(space);
    const points = pointsOf(space, candidates);
    const places = candidates.map((_, place) => place);
    const asked = [...drawn(places, Math.min(count, Math.max(FIRST_MIN, Math.ceil(count / FIRST_PART))), chance)];
    const tried: Scored[] = [...(await scoredOn(chosenOf(candidates, asked), 1, score))];
    const left = new Set(places);
    for (const place of asked) left.delete(place);
    while (tried.length < count && left.size > 0) {
      const next = mostPromising(points, asked, tried, lookedAt(candidates, [...left], tried, chance));
      left.delete(next);
      asked.push(next);
      tried.push(...(await scoredOn(chosenOf(candidates, [next]), 1, score)));
    }
    return { best: bestOf(tried), tried };
  };
}

/**
 * Each candidate as a point: a parameter of numbers by the rank of its value, from 0 to 1, whatever the steps between them; of
 * anything else each value as far from every other, by 1.
 */
export function pointsOf(space: ParameterSpace, candidates: readonly Candidate[]): readonly Float64Array[] {
  const axes = Object.entries(space).map(([name, values]) => {
    const numbers = values.map(numberOf);
    if (numbers.some(Number.isNaN)) return (candidate: Candidate) => values.map((value) => (value === candidate[name] ? Math.SQRT1_2 : 0));
    const ascending = numbers.toSorted((a, b) => a - b);
    return (candidate: Candidate) => [ascending.indexOf(numberOf(candidate[name] ?? '')) / Math.max(1, ascending.length - 1)];
  });
  return candidates.map((candidate) => Float64Array.from(axes.flatMap((axis) => axis(candidate))));
}

/** E[max(f − best, 0)] of a normal f; what far below the best is less than the rounding of its two parts is none. */
export function expectedImprovement({ mean, deviation }: Believed, best: number): number {
  if (deviation === 0) return Math.max(0, mean - best);
  const z = (mean - best) / deviation;
  return Math.max(0, (mean - best) * normalCdf(z) + deviation * normalDensity(z));
}

function mostPromising(
  points: readonly Float64Array[],
  asked: readonly number[],
  tried: readonly Scored[],
  among: readonly number[],
): number {
  const values = standardised(tried);
  const process = likeliest(
    asked.map((place) => points[place] as Float64Array),
    values,
  );
  const best = values.reduce((most, each) => Math.max(most, each), -Infinity);
  let [chosen, most] = [among[0] as number, -Infinity];
  for (const place of among) {
    const promised = expectedImprovement(process.believed(points[place] as Float64Array), best);
    if (promised > most) [chosen, most] = [place, promised];
  }
  return chosen;
}

function likeliest(points: readonly Float64Array[], values: Float64Array): GaussianProcess {
  const processes = LENGTHS.flatMap((length) => NOISES.map((noise) => gaussianProcess(points, values, { length, noise })));
  return processes.reduce((most, each) => (each.logLikelihood > most.logLikelihood ? each : most));
}

/** What has no score counts as the worst: it is not gone near again. */
function standardised(tried: readonly Scored[]): Float64Array {
  const defined = tried.flatMap(({ score }) => (Number.isFinite(score) ? [score] : []));
  const worst = defined.reduce((least, each) => Math.min(least, each), defined[0] ?? 0);
  const values = Float64Array.from(tried, ({ score }) => (Number.isFinite(score) ? score : worst));
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / values.length);
  return values.map((each) => (deviation > 0 ? (each - mean) / deviation : 0));
}

/** In the order of the space, so that of equals the first is taken. */
function lookedAt(candidates: readonly Candidate[], left: readonly number[], tried: readonly Scored[], chance: Chance): readonly number[] {
  if (left.length <= LOOKED_AT) return left;
  const best = bestOf(tried)?.candidate;
  const looked = new Set(drawn(left, LOOKED_AT, chance));
  if (best !== undefined)
    for (const place of left) {
      const candidate = candidates[place] as Candidate;
      if (Object.keys(best).filter((name) => best[name] !== candidate[name]).length === 1) looked.add(place);
    }
  return [...looked].sort((a, b) => a - b);
}

function chosenOf(candidates: readonly Candidate[], places: readonly number[]): readonly Candidate[] {
  return places.map((place) => candidates[place] as Candidate);
}

/** Of 10, '10' and '10%'; NaN of anything else. */
function numberOf(value: Candidate[string]): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^[-+]?(?:\d+\.?\d*|\.\d+)%?$/.test(value) ? Number.parseFloat(value) : Number.NaN;
}
