// What a benchmark is: a subject measured against a floor, turn by turn, in the same run. A ratio means the
// same on a slow machine as on a fast one; a bare number of milliseconds does not.

export interface Bench {
  readonly name: string;
  /** What one measurement counts, e.g. "ms". */
  readonly unit: string;
  /** What the floor is, in a few words. */
  readonly floor: string;
  /** Interleaved turns; the medians are compared. */
  readonly rounds: number;
  readonly limits: Limits;
  /** Everything that is not to be measured; the reason when this benchmark cannot run here. */
  prepare(): Promise<Prepared | { readonly skipped: string }>;
}

export interface Limits {
  /** Largest allowed median(subject) / median(floor). */
  readonly ratioMax?: number;
  /** Smallest allowed median(subject) / median(floor), where more is better. */
  readonly ratioMin?: number;
  /** Largest allowed median(subject), in the unit. */
  readonly subjectMax?: number;
}

export interface Prepared {
  readonly subjects: readonly Subject[];
  readonly floor: Measure;
  dispose?(): Promise<void>;
}

export interface Subject {
  readonly name: string;
  readonly measure: Measure;
}

/** One measurement, in the benchmark's unit. */
export type Measure = () => Promise<number>;

export interface Result {
  readonly bench: string;
  readonly subject: string;
  readonly unit: string;
  readonly floor: string;
  readonly subjectMedian: number;
  readonly floorMedian: number;
  readonly ratio: number;
  readonly limits: Limits;
  readonly withinLimits: boolean;
}

/** Measures every subject of a benchmark against its floor. The first turn only warms up and is not counted. */
export async function measure(bench: Bench, { subjects, floor }: Prepared): Promise<readonly Result[]> {
  const floors: number[] = [];
  const figures = subjects.map((): number[] => []);
  for (let round = 0; round <= bench.rounds; round += 1) {
    const atFloor = await floor();
    if (round > 0) floors.push(atFloor);
    for (const [index, subject] of subjects.entries()) {
      const figure = await subject.measure();
      if (round > 0) figures[index]?.push(figure);
    }
  }
  return subjects.map(({ name }, index) => resultOf(bench, name, median(figures[index] ?? []), median(floors)));
}

/**
 * What passes over a limit is measured again: a noisy neighbour is gone by then, and a slow program is as slow as before.
 *
 * @param tell hears of every attempt, so that none is hidden.
 * @returns the first attempt within all limits, or else the last.
 */
export async function measureUntilWithin(
  bench: Bench,
  prepared: Prepared,
  attempts: number,
  tell: (results: readonly Result[]) => void,
): Promise<readonly Result[]> {
  const results = await measure(bench, prepared);
  tell(results);
  const isDone = attempts <= 1 || results.every(({ withinLimits }) => withinLimits);
  return isDone ? results : measureUntilWithin(bench, prepared, attempts - 1, tell);
}

export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new RangeError('the median of nothing');
  return (lower + upper) / 2;
}

function resultOf(bench: Bench, subject: string, subjectMedian: number, floorMedian: number): Result {
  const { name, unit, floor, limits } = bench;
  const ratio = subjectMedian / floorMedian;
  const { ratioMin = 0, ratioMax = Infinity, subjectMax = Infinity } = limits;
  // Said so that a ratio that is not a number is outside.
  const withinLimits = ratio >= ratioMin && ratio <= ratioMax && subjectMedian <= subjectMax;
  return { bench: name, subject, unit, floor, subjectMedian, floorMedian, ratio, limits, withinLimits };
}
