// How much memory the whole history of a large strategy holds at its peak, that of the process included, in a process of its own:
// what other benchmarks left behind is not counted. The floor is that process before it evaluates.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Bench } from './bench.ts';

export const bench: Bench = {
  name: 'evaluator, memory',
  unit: 'MB',
  floor: 'before evaluating',
  rounds: 1,
  limits: { subjectMax: 300 },
  prepare: async () => ({
    subjects: [{ name: 'peak', measure: async () => megabytes('whole') }],
    floor: async () => megabytes('nothing'),
  }),
};

function megabytes(what: 'whole' | 'nothing'): number {
  return Number(execFileSync(process.execPath, [join(import.meta.dirname, 'evaluator-memory.ts'), what], { encoding: 'utf8' }));
}
