// What resampling costs: 10,000 samples of 5,000 days, each with its Sharpe ratio, against copying the days as often.
import { seededChance } from '../../research/validation/statistics/chance.ts';
import { meanOf, sharpeOf } from '../../research/validation/statistics/return-shape.ts';
import { bootstrap } from '../../research/validation/statistics/stationary-bootstrap.ts';
import type { Bench, Subject } from './bench.ts';
import { madeUpColumns, milliseconds } from './research-columns.ts';

const DAYS = 5_000;
const SAMPLES = 10_000;
const [RETURNS = new Float64Array()] = madeUpColumns(1, DAYS);

export const bench: Bench = {
  name: 'bootstrap',
  unit: 'ms',
  floor: 'copies and their mean',
  rounds: 3,
  limits: { subjectMax: 1_000, ratioMax: 25 },
  prepare: async () => ({
    subjects: [resampled('blocks of 10', 10), resampled('blocks of 75', 75)],
    floor: async () =>
      milliseconds(() => {
        const sample = new Float64Array(DAYS);
        for (let each = 0; each < SAMPLES; each += 1) {
          sample.set(RETURNS);
          meanOf(sample);
        }
      }),
  }),
};

function resampled(name: string, blockLength: number): Subject {
  return {
    name,
    measure: async () =>
      milliseconds(() => {
        bootstrap(RETURNS, { samples: SAMPLES, blockLength, chance: seededChance(1) }, sharpeOf);
      }),
  };
}
