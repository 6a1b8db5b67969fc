// What the probability of over-fitting costs: 16 blocks (12,870 splits), 100 variants, 2,500 days, against adding up as many
// figures of blocks.
import { overfittingOf } from '../../research/validation/statistics/overfitting.ts';
import type { Bench } from './bench.ts';
import { madeUpColumns, milliseconds } from './research-columns.ts';

const VARIANTS = 100;
const BLOCKS = 16;
const SPLITS = 12_870;
const RETURNS = madeUpColumns(VARIANTS, 2_500);

export const bench: Bench = {
  name: 'over-fitting',
  unit: 'ms',
  floor: 'sums of the halves',
  rounds: 3,
  limits: { subjectMax: 3_000, ratioMax: 40 },
  prepare: async () => ({
    subjects: [
      {
        name: 'S 16, N 100',
        measure: async () =>
          milliseconds(() => {
            overfittingOf(RETURNS, BLOCKS);
          }),
      },
    ],
    floor: async () =>
      milliseconds(() => {
        const sums = new Float64Array(VARIANTS);
        for (let split = 0; split < SPLITS; split += 1) {
          for (let block = 0; block < BLOCKS; block += 1) {
            for (let variant = 0; variant < VARIANTS; variant += 1) sums[variant] = (sums[variant] as number) + block;
          }
        }
      }),
  }),
};
