// Returns and a stopwatch for the benchmarks of research.
import { seededChance } from '../../research/validation/statistics/chance.ts';

/** Uniform between −1 % and 1 %, from one seed. */
export function madeUpColumns(columns: number, bars: number): readonly Float64Array[] {
  const chance = seededChance(1);
  return Array.from({ length: columns }, () => Float64Array.from({ length: bars }, () => (chance.uniform() - 0.5) / 50));
}

export function milliseconds(work: () => void): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}
