// The handlers' own code over real HTTP, in a process that is killed at random moments while the exchange misbehaves.
// `EVENKEEL_KILLED_DAYS=50 npx vitest run test/embedded/killed-days` plays that many.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Chance } from '../simulation/chance.ts';
import { newFolder, removeFolder } from './a-world.ts';
import { expectSafe } from './expect-safe.ts';
import { GAVE_UP, type KilledDay } from './killed-day-told.ts';
import { numberOfDays } from './number-of-days.ts';

const KILLS_MAX = 4;
const STARTS_MAX = 12;
const ENTRY = join(import.meta.dirname, 'killed-day.ts');
const seeds = Array.from({ length: numberOfDays('EVENKEEL_KILLED_DAYS', 1) }, (_, place) => place);

/** Log lines so far: each request to the broker is one. */
function linesIn(folder: string): number {
  try {
    return readFileSync(join(folder, 'log.jsonl'), 'utf8').split('\n').length;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** One start of the process, killed once it has written so many lines more, if it gets there. */
async function startOnce(folder: string, args: readonly string[], killAfterLines: number): Promise<Ended> {
  const before = linesIn(folder);
  const child = spawn(process.execPath, [ENTRY, folder, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...said }));
  });
  while (child.exitCode === null && child.signalCode === null) {
    if (linesIn(folder) - before >= killAfterLines) child.kill('SIGKILL');
    await sleep(1);
  }
  return ended;
}

async function playToTheEnd(seed: number, folder: string): Promise<{ readonly told: KilledDay; readonly kills: number }> {
  const chance = new Chance(seed);
  const kills = chance.between(1, KILLS_MAX);
  let killed = 0;
  for (let start = 0; start < STARTS_MAX; start += 1) {
    const isToBeKilled = start < kills;
    // A session writes some forty lines: the first start is killed for certain.
    const lines = isToBeKilled ? chance.between(1, start === 0 ? 25 : 60) : Number.POSITIVE_INFINITY;
    const isCalm = start >= kills + 2;
    const { code, out, err } = await startOnce(folder, [`${seed}`, `${start}`, ...(isCalm ? ['--calm'] : [])], lines);
    if (code === 0) return { told: JSON.parse(out) as KilledDay, kills: killed };
    if (code === null) killed += 1;
    else expect([code, err.includes('Error')], err).toEqual([GAVE_UP, err !== '']);
  }
  throw new Error(`seed ${seed}: not over after ${STARTS_MAX} starts`);
}

describe('a process that is killed while the exchange misbehaves', () => {
  it.for(seeds)('comes to two sessions that are true to the share: seed %i', { timeout: 180_000 }, async (seed, { annotate }) => {
    const folder = newFolder();
    try {
      const { told, kills } = await playToTheEnd(seed, folder);
      expectSafe(told, `seed ${seed}: ${JSON.stringify(told)}`);
      expect(kills).toBeGreaterThan(0);
      await annotate(`killed ${kills} times, ended ${told.runs.map(({ ending }) => ending).join(' and ')}, ${told.orders.length} orders`);
    } finally {
      removeFolder(folder);
    }
  });
});
