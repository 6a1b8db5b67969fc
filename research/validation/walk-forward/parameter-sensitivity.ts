// Is the best of a grid a plateau, or a peak that a step to either side falls off?
import type { Candidate, ParameterSpace, Scored } from './search.ts';

export interface ParameterSensitivity {
  readonly best: Scored;
  /** One step of one parameter away from the best, with a score. */
  readonly neighbours: readonly Scored[];
  /** Mean of their scores; null without any. */
  readonly neighbourMean: number | null;
  /** The best is more than two deviations above the mean of all that was scored: more likely luck than knowledge. */
  readonly isSharpPeak: boolean;
}

/** Null where nothing has a score. Looks at what was scored on the whole record alone. @param space with its values in their order. */
export function parameterSensitivity(space: ParameterSpace, tried: readonly Scored[]): ParameterSensitivity | null {
  const scored = tried.filter(({ score, budget }) => budget === 1 && !Number.isNaN(score));
  const [first] = scored;
  if (first === undefined) return null;
  const best = scored.reduce((most, each) => (each.score > most.score ? each : most), first);
  const neighbours = scored.filter(({ candidate }) => stepsBetween(space, candidate, best.candidate) === 1);
  const mean = meanScore(scored);
  const variance = scored.reduce((sum, { score }) => sum + (score - mean) ** 2, 0) / scored.length;
  return {
    best,
    neighbours,
    neighbourMean: neighbours.length === 0 ? null : meanScore(neighbours),
    isSharpPeak: scored.length > 2 && best.score > mean + 2 * Math.sqrt(variance),
  };
}

function stepsBetween(space: ParameterSpace, one: Candidate, other: Candidate): number {
  return Object.entries(space).reduce((sum, [name, values]) => {
    return sum + Math.abs(values.indexOf(one[name] ?? '') - values.indexOf(other[name] ?? ''));
  }, 0);
}

function meanScore(scored: readonly Scored[]): number {
  return scored.reduce((sum, { score }) => sum + score, 0) / scored.length;
}
