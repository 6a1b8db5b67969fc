// A range of seeds, played one after the other up to the first that fails.
import { playCase } from './played-case.ts';
import { Counting, type Tally } from './tally.ts';

export interface SeedRange {
  readonly first: number;
  readonly count: number;
}

export interface PlayedRange {
  /** How many seeds were played, the failing one among them. */
  readonly seeds: number;
  readonly sessions: number;
  /** Kinds of faults that struck, summed over the seeds. */
  readonly faultKinds: number;
  readonly tally: Tally;
  readonly failure?: { readonly seed: number; readonly broken: readonly string[] };
}

export async function playRange({ first, count }: SeedRange): Promise<PlayedRange> {
  const counting = new Counting();
  let sessions = 0;
  let faultKinds = 0;
  for (let seed = first; seed < first + count; seed += 1) {
    const played = await playCase(seed);
    counting.addAll(played.tally);
    sessions += played.sessions;
    faultKinds += played.struck.size;
    if (played.broken.length > 0)
      return { seeds: seed - first + 1, sessions, faultKinds, tally: counting.tally(), failure: { seed, broken: played.broken } };
  }
  return { seeds: count, sessions, faultKinds, tally: counting.tally() };
}
