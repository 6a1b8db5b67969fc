// How often a verdict is wrong, over two hundred searches of each kind: a true net Sharpe ratio of 2 over ten years and twenty trials
// that is not scaled, against noise that is. Not a matter of speed; it is here because it takes half a minute.
import { verdictOnSearch } from '../research/validation/verdict/controls.ts';
import type { Bench } from './bench.ts';

const SEEDS = 200;
const TRIALS = 20;
const ALLOWED = 20;

export const bench: Bench = {
  name: 'verdict-controls',
  unit: '% wrong',
  floor: 'allowed',
  rounds: 1,
  limits: { subjectMax: ALLOWED },
  prepare: async () => {
    // Seeds decide alike every time: the first turn is the answer.
    const noise = percentOf(0, (word) => word === 'SCALE');
    if (noise > 5) throw new Error(`${noise} % of searches in noise are scaled`);
    const missed = percentOf(2, (word) => word !== 'SCALE');
    return { subjects: [{ name: 'edge missed', measure: async () => missed }], floor: async () => ALLOWED };
  },
};

function percentOf(sharpe: number, is: (word: string) => boolean): number {
  let count = 0;
  for (let seed = 1; seed <= SEEDS; seed += 1) if (is(verdictOnSearch(seed, { trials: TRIALS, sharpe }))) count += 1;
  return (100 * count) / SEEDS;
}
