// Looks for the best candidate of a space, by asking how good each is. Knows nothing of strategies, prices or folds.
import type { Chance } from '../statistics/chance.ts';

export type ParameterValue = number | string | boolean;

/** What each parameter may be, at least one value each. */
export type ParameterSpace = Readonly<Record<string, readonly ParameterValue[]>>;

/** One value a parameter. */
export type Candidate = Readonly<Record<string, ParameterValue>>;

/** How good a candidate is, larger the better; NaN where that is not defined. @param budget the part of the record to look at, above 0, at most 1. */
export type Score = (candidate: Candidate, budget: number) => Promise<number>;

export interface Scored {
  readonly candidate: Candidate;
  readonly budget: number;
  readonly score: number;
}

export interface Searched {
  /** The best on the whole record, of equals the first; undefined where no score is defined. */
  readonly best: Scored | undefined;
  /** Everything that was asked, in its order. */
  readonly tried: readonly Scored[];
}

export type Search = (score: Score) => Promise<Searched>;

/** Every candidate, in the order of the space, the last parameter fastest. */
export function gridSearch(space: ParameterSpace): Search {
  return async (score) => onWholeRecord(candidatesOf(space), score);
}

/** So many different candidates by chance; all of them where there are no more. */
export function randomSearch(space: ParameterSpace, { count, chance }: { readonly count: number; readonly chance: Chance }): Search {
  return async (score) => onWholeRecord(drawn(candidatesOf(space), count, chance), score);
}

/**
 * Asks many on a small part of the record, keeps the best part of them, asks those on more of it, and so on until the whole.
 * Source: Jamieson and Talwalkar (2016), "Non-stochastic best arm identification".
 * @param keep the part that is kept each time, above 0, below 1; the budget grows by 1 / keep.
 */
export function successiveHalving(
  space: ParameterSpace,
  { count, keep, chance }: { readonly count: number; readonly keep: number; readonly chance: Chance },
): Search {
  if (!(keep > 0 && keep < 1)) throw new RangeError(`the part that is kept is between 0 and 1: ${keep}`);
  return async (score) => {
    let left = drawn(candidatesOf(space), count, chance);
    const rungs = Math.max(0, Math.floor(Math.log(left.length) / -Math.log(keep) + 1e-9));
    const tried: Scored[] = [];
    for (let rung = rungs; rung > 0; rung -= 1) {
      const scored = await scoredOn(left, keep ** rung, score);
      tried.push(...scored);
      left = ranked(scored)
        .slice(0, Math.max(1, Math.ceil(left.length * keep - 1e-9)))
        .map(({ candidate }) => candidate);
    }
    const last = await onWholeRecord(left, score);
    return { best: last.best, tried: [...tried, ...last.tried] };
  };
}

/** All combinations. @throws RangeError for a parameter without a value. */
export function candidatesOf(space: ParameterSpace): readonly Candidate[] {
  return Object.entries(space).reduce<readonly Candidate[]>(
    (candidates, [name, values]) => {
      if (values.length === 0) throw new RangeError(`no value of ${name} to try`);
      return candidates.flatMap((candidate) => values.map((value) => ({ ...candidate, [name]: value })));
    },
    [{}],
  );
}

/** So many different ones by chance; all of them where there are no more. @throws RangeError for none. */
export function drawn<Each>(all: readonly Each[], count: number, chance: Chance): readonly Each[] {
  if (!(Number.isInteger(count) && count >= 1)) throw new RangeError(`at least one candidate: ${count}`);
  const left = [...all];
  const chosen: Each[] = [];
  while (chosen.length < count && left.length > 0) chosen.push(...left.splice(chance.below(left.length), 1));
  return chosen;
}

async function onWholeRecord(candidates: readonly Candidate[], score: Score): Promise<Searched> {
  const tried = await scoredOn(candidates, 1, score);
  return { best: bestOf(tried), tried };
}

/** Asked in this order and all at once: whoever runs them may do so side by side, and the answers stand in the order of the asking. */
export async function scoredOn(candidates: readonly Candidate[], budget: number, score: Score): Promise<readonly Scored[]> {
  return Promise.all(candidates.map(async (candidate) => ({ candidate, budget, score: await score(candidate, budget) })));
}

/** Of equals the first; undefined where no score is defined. */
export function bestOf(tried: readonly Scored[]): Scored | undefined {
  return ranked(tried).find((each) => !Number.isNaN(each.score));
}

/** Best first, what is not defined last, equals as they came. */
function ranked(scored: readonly Scored[]): readonly Scored[] {
  const worth = ({ score }: Scored): number => (Number.isNaN(score) ? -Infinity : score);
  return scored.toSorted((left, right) => (worth(left) === worth(right) ? 0 : worth(right) - worth(left)));
}
