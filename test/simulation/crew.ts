// Threads that share out seeds. What they find does not depend on how many they are: ranges are handed out in order, and
// of several failing seeds the first counts.
import { Worker } from 'node:worker_threads';
import type { PlayedRange, SeedRange } from './seed-range.ts';
import { Counting, type Tally } from './tally.ts';

const RANGE = 25;

export interface PlayedSeeds {
  readonly seeds: number;
  readonly sessions: number;
  /** How many kinds of faults struck in a case, on average. */
  readonly faultKindsPerCase: number;
  readonly tally: Tally;
  readonly failure?: { readonly seed: number; readonly broken: readonly string[] };
}

export interface Crew {
  readonly threads: number;
  /** The name of a planted defect. */
  readonly defect?: string;
}

export async function playSeeds({ first, count }: SeedRange, { threads, defect }: Crew): Promise<PlayedSeeds> {
  const ranges = Array.from({ length: Math.ceil(count / RANGE) }, (_, place) => ({
    first: first + place * RANGE,
    count: Math.min(RANGE, count - place * RANGE),
  }));
  const played: PlayedRange[] = [];
  let next = 0;
  let isFailing = false;
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('./seed-worker.ts', import.meta.url), { workerData: { defect }, execArgv: [] });
    try {
      while (!isFailing) {
        const place = next;
        next += 1;
        const range = ranges[place];
        if (range === undefined) return;
        const done = await ask(worker, range);
        played[place] = done;
        isFailing ||= done.failure !== undefined;
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(threads, ranges.length) }, work));
  return together(played);
}

function ask(worker: Worker, range: SeedRange): Promise<PlayedRange> {
  return new Promise((resolve, reject) => {
    const done = (played: PlayedRange): void => {
      worker.off('error', reject);
      resolve(played);
    };
    worker.once('message', done);
    worker.once('error', reject);
    worker.postMessage(range);
  });
}

/** Everything up to the first failing seed, and nothing after it. */
function together(played: readonly PlayedRange[]): PlayedSeeds {
  const counting = new Counting();
  let seeds = 0;
  let sessions = 0;
  let faultKinds = 0;
  for (const range of played) {
    counting.addAll(range.tally);
    seeds += range.seeds;
    sessions += range.sessions;
    faultKinds += range.faultKinds;
    if (range.failure !== undefined)
      return { seeds, sessions, faultKindsPerCase: faultKinds / seeds, tally: counting.tally(), failure: range.failure };
  }
  return { seeds, sessions, faultKindsPerCase: seeds === 0 ? 0 : faultKinds / seeds, tally: counting.tally() };
}
