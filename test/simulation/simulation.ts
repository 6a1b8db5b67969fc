// What `simulate.ts` prints. All that goes to stdout follows from the seeds alone: the same seeds, the same bytes. How
// fast it went goes to stderr.
import { availableParallelism } from 'node:os';
import { type PlayedSeeds, playSeeds } from './crew.ts';
import { playCase } from './played-case.ts';
import { SEEDS_PER_DEFECT, searchDefects } from './search-defects.ts';
import { namesOf, shrink } from './shrink.ts';
import { covered, neverSeen, SEEDS_FOR_COVERAGE } from './tally.ts';
import { trace } from './trace.ts';

const THREADS_MAX = 8;

export interface Asked {
  readonly first: number;
  readonly count: number;
  readonly isVerbose: boolean;
  readonly isJson: boolean;
  /** Planted in this thread already. */
  readonly defect?: string;
}

/** @returns the exit code: 0 when no law was broken and everything happened that can. */
export async function simulate(asked: Asked): Promise<number> {
  const { first, count, isVerbose, isJson, defect } = asked;
  const threads = threadsHere();
  const began = performance.now();
  const played = await playSeeds({ first, count }, { threads, ...(defect === undefined ? {} : { defect }) });
  const seconds = (performance.now() - began) / 1_000;
  process.stderr.write(
    `${played.sessions} market days in ${seconds.toFixed(1)} s on ${threads} threads: ${Math.round(played.sessions / seconds)} a second\n`,
  );
  if (played.failure !== undefined) return tellFailure(asked, played, played.failure.seed);
  const missing = count < SEEDS_FOR_COVERAGE ? [] : neverSeen(played.tally);
  if (isVerbose) for (let seed = first; seed < first + count; seed += 1) await tellCase(seed);
  if (isJson) print(JSON.stringify({ first, ...played, neverSeen: missing, isGreen: missing.length === 0 }));
  else tellCoverage(asked, played, missing);
  return missing.length === 0 ? 0 : 1;
}

/** @returns the exit code: 0 when every planted defect was found. */
export async function huntDefects({ first, isJson }: Pick<Asked, 'first' | 'isJson'>): Promise<number> {
  const found = await searchDefects({ first, count: SEEDS_PER_DEFECT }, threadsHere());
  const missed = found.filter(({ seed }) => seed === undefined);
  if (isJson) print(JSON.stringify({ first, seedsMax: SEEDS_PER_DEFECT, defects: found, isGreen: missed.length === 0 }));
  else {
    for (const { name, seed, broken } of found) {
      print(`${(seed === undefined ? 'NOT FOUND' : `seed ${seed}`).padEnd(9)}  ${name}`);
      if (broken !== undefined) print(`             ${broken}`);
    }
    print(`${found.length - missed.length} of ${found.length} planted defects found within ${SEEDS_PER_DEFECT} seeds from ${first}`);
  }
  return missed.length === 0 ? 0 : 1;
}

function threadsHere(): number {
  return Math.min(availableParallelism(), THREADS_MAX);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function tellCase(seed: number): Promise<void> {
  const { played, lines } = await trace(seed);
  print(`seed ${seed}: ${namesOf(played.faults).join(', ')}`);
  for (const line of lines) print(`  ${line}`);
}

function tellCoverage({ first, count }: Asked, played: PlayedSeeds, missing: readonly string[]): void {
  for (const what of covered()) {
    print(`\n${what}`);
    for (const [word, times] of Object.entries(played.tally[what])) print(`  ${word.padEnd(24)}${String(times).padStart(10)}`);
  }
  const kinds = played.faultKindsPerCase.toFixed(1);
  print(`\n${played.seeds} seeds from ${first}, ${played.sessions} market days, ${kinds} kinds of faults a seed`);
  if (count < SEEDS_FOR_COVERAGE) print(`zeros count as failures from ${SEEDS_FOR_COVERAGE} seeds on`);
  for (const each of missing) print(`never happened: ${each}`);
  print(missing.length === 0 ? 'no law was broken' : 'no law was broken, but what never happens proves nothing');
}

async function tellFailure({ first, isJson, defect }: Asked, played: PlayedSeeds, seed: number): Promise<number> {
  const smallest = await shrink(await playCase(seed));
  const { lines } = await trace(seed, smallest.faults);
  const faults = Object.fromEntries(namesOf(smallest.faults).map((name) => [name, smallest.faults[name]]));
  if (isJson) {
    const failure = { ...played.failure, smallest: { faults, broken: smallest.broken, lines } };
    print(JSON.stringify({ first, seeds: played.seeds, isGreen: false, failure }));
    return 1;
  }
  print(`seed ${seed} breaks the laws:`);
  for (const broken of played.failure?.broken ?? []) print(`  ${broken}`);
  print(`\nwith no other faults than ${JSON.stringify(faults)}:`);
  for (const broken of smallest.broken) print(`  ${broken}`);
  print('\nwhat happens then, in UTC, with the day of the month:');
  for (const line of lines) print(`  ${line}`);
  print(`\nto see it again: npm run simulate -- --seed ${seed}${defect === undefined ? '' : ` --defect '${defect}'`}`);
  return 1;
}
