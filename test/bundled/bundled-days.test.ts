// What is shipped, as it is shipped: the bundled functions in processes that are killed while the exchange misbehaves.
// `EVENKEEL_BUNDLED_DAYS=50 npx vitest run test/bundled` plays that many.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleHandler } from '../../lib/bundling.ts';
import { deployPortfolioFiles } from '../../lib/portfolio-files.ts';
import { DAY, NEXT_DAY } from '../embedded/a-world.ts';
import { expectSafe } from '../embedded/expect-safe.ts';
import { FAULTS } from '../embedded/faults-to-arm.ts';
import { numberOfDays } from '../embedded/number-of-days.ts';
import { Chance } from '../simulation/chance.ts';
import { type BundledDay, type Bundles, openBundledDay } from './bundled-day.ts';

const seeds = Array.from({ length: numberOfDays('EVENKEEL_BUNDLED_DAYS', 1) }, (_, place) => place);
const handlers = join(import.meta.dirname, '../deploy/handlers');
const folder = mkdtempSync(join(tmpdir(), 'evenkeel-bundled-'));
const bundles: Bundles = { signal: join(folder, 'signal'), execution: join(folder, 'execution') };
let kills = 0;

beforeAll(() => {
  for (const [name, to] of Object.entries(bundles)) {
    bundleHandler(join(handlers, `${name}.ts`), to);
    deployPortfolioFiles([{ file: join(import.meta.dirname, '../deploy/portfolio.yaml') }], to);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the bundled functions', () => {
  it.for(seeds)('come to two sessions that are true to the share: seed %i', { timeout: 180_000 }, async (seed, { annotate }) => {
    const chance = new Chance(seed);
    const own = mkdtempSync(join(folder, 'day-'));
    const day = await openBundledDay(own, bundles, chance);
    try {
      for (const date of [DAY, NEXT_DAY]) {
        await armSome(day, chance);
        await day.playOut(date);
      }
      await day.calm();
      const told = await day.told();
      expectSafe(told, `seed ${seed}: ${JSON.stringify(told)}`);
      kills += day.kills;
      await annotate(
        `killed ${day.kills} times, ended ${told.runs.map(({ ending }) => ending).join(' and ')}, ${told.orders.length} orders`,
      );
    } finally {
      await day.close();
    }
  });

  it('were killed in the midst of their work', () => {
    expect(kills).toBeGreaterThan(0);
  });
});

async function armSome(day: BundledDay, chance: Chance): Promise<void> {
  const faults = Array.from({ length: chance.between(1, 4) }, () => chance.pick(FAULTS));
  for (const fault of faults) await day.arm({ ...fault, count: chance.between(1, 4) });
}
