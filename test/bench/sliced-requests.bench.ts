// How many requests the broker gets from a run of 200 trades that are cut into three slices each, against one for each slice.
import type { Bench } from './bench.ts';
import { requestsOf } from './run-requests.bench.ts';

const TRADES = 200;
const SLICES = 3;

export const bench: Bench = {
  name: 'requests of a sliced run',
  unit: 'requests',
  floor: 'one request a slice',
  rounds: 1,
  // A slice is sent, and looked up once; between two slices the run looks once a minute.
  limits: { subjectMax: 1_400 },
  prepare: async () => ({
    subjects: [{ name: 'fills at once', measure: () => requestsOf('in slices') }],
    floor: async () => TRADES * SLICES,
  }),
};
