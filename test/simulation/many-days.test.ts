// Days drawn from seeds, each with its own faults. A failure prints the one seed that reproduces it:
// `EVENKEEL_SEED=17 npx vitest run test/simulation` replays it, `EVENKEEL_SEEDS=20000` runs that many.
import { describe, expect, it } from 'vitest';
import { brokenLaws } from './invariants.ts';
import { simulateDay } from './simulated-day.ts';

const { EVENKEEL_SEED, EVENKEEL_SEEDS } = process.env;
const seeds = EVENKEEL_SEED === undefined ? Array.from({ length: Number(EVENKEEL_SEEDS ?? 300) }, (_, seed) => seed) : [Number(EVENKEEL_SEED)];

describe('a simulated day', () => {
  it(`breaks no law of order safety on any of ${seeds.length} seeds`, { timeout: 1_000 * seeds.length + 60_000 }, async () => {
    for (const seed of seeds) {
      const day = await simulateDay(seed);
      const broken = brokenLaws(day);
      expect(broken, `EVENKEEL_SEED=${seed} ${JSON.stringify(day.faults)}`).toEqual([]);
    }
  });
});
