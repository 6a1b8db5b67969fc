// `npm run simulate`, as a person runs it.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Chance } from './chance.ts';
import { playSeeds } from './crew.ts';
import { drawFaults, NO_FAULTS } from './faults.ts';
import { playCase } from './played-case.ts';
import { namesOf, shrink } from './shrink.ts';
import { neverSeen } from './tally.ts';

const ENTRY = join(import.meta.dirname, 'simulate.ts');
const TIMEOUT = { timeout: 60_000 };

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function simulate(...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, [ENTRY, ...args], { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, stdout, stderr });
    });
  });
}

describe('npm run simulate', () => {
  it('prints the same bytes for the same seeds, and how fast it was on the other stream', TIMEOUT, async () => {
    const args = ['--seeds', '15', '--seed', '7'];
    const [once, again] = await Promise.all([simulate(...args), simulate(...args)]);
    expect(once).toMatchObject({ code: 0, stderr: expect.stringMatching(/^\d+ market days in [\d.]+ s on \d+ threads: \d+ a second$/m) });
    expect(once.stdout).toContain('15 seeds from 7, ');
    expect(once.stdout).toContain('no law was broken');
    expect(again.stdout).toBe(once.stdout);
  });

  it('says it in JSON too', TIMEOUT, async () => {
    const { code, stdout } = await simulate('--seeds', '3', '--json');
    expect(code).toBe(0);
    const { sessions, tally, ...told } = JSON.parse(stdout);
    expect(told).toMatchObject({ first: 0, seeds: 3, isGreen: true });
    // Of a run that meets faults its claim is seen, and never more than one of a session.
    expect(tally.phases.claimed).toBeGreaterThanOrEqual(3);
    expect(tally.phases.claimed).toBeLessThanOrEqual(sessions);
  });

  it('tells a failing seed with the fewest faults and what happens then, and leaves with 1', TIMEOUT, async () => {
    const { code, stdout } = await simulate('--seeds', '50', '--defect', 'the ledger counts a fill twice');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^seed \d+ breaks the laws:$/m);
    expect(stdout).toMatch(/^with no other faults than \{.*\}:$/m);
    expect(stdout).toMatch(/^ {2}20 20:35:\d\d\.\d{3} {2}p\d+ stored version \d+: executing/m);
    expect(stdout).toMatch(/^to see it again: npm run simulate -- --seed \d+ --defect 'the ledger counts a fill twice'$/m);
  });

  it.each([
    ['--seeds', '0'],
    ['--seed', '1.5'],
    ['--seeds', 'many'],
  ])('refuses %s %s', async (...args) => {
    const { code, stderr } = await simulate(...args);
    expect(code).toBe(1);
    expect(stderr).toContain(`${args[0]} is a whole number from`);
  });
});

describe('seeds that threads share out', () => {
  it('come to the same, whatever the number of threads', TIMEOUT, async () => {
    const range = { first: 100, count: 16 };
    expect(await playSeeds(range, { threads: 2 })).toEqual(await playSeeds(range, { threads: 1 }));
  });

  it('meet three kinds of faults and two sessions or more, on average', TIMEOUT, async () => {
    const played = await playSeeds({ first: 0, count: 80 }, { threads: 2 });
    expect(played.faultKindsPerCase).toBeGreaterThanOrEqual(3);
    expect(played.sessions / played.seeds).toBeGreaterThanOrEqual(2);
  });
});

describe('a fault that is taken away', () => {
  it('does not change what else the seed draws', () => {
    const drawn = drawFaults(new Chance(17));
    expect(drawFaults(new Chance(17))).toEqual(drawn);
    expect(namesOf(NO_FAULTS)).toEqual([]);
    expect(namesOf(drawn).length).toBeGreaterThan(0);
  });

  it('is the first thing to go where a case fails without it', TIMEOUT, async () => {
    const played = await playCase(17);
    // Nothing is wrong with it; said to be broken, it is left as it is, because without faults it does not fail.
    expect(played.broken).toEqual([]);
    const smallest = await shrink({ ...played, broken: ['said to be'] });
    expect(smallest.faults).toEqual(played.faults);
  });
});

describe('a tally', () => {
  it('names what never happened', async () => {
    // One whose plan needs no yes: it is executed, and ends.
    const { tally } = await playCase(2, { faults: NO_FAULTS });
    expect(neverSeen(tally)).toContain('faults: crash-before-effect');
    expect(neverSeen(tally)).not.toContain('phases: ended');
  });
});
