// What the on-call commands say right after a demo, of the state that it left.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, runEvenkeel } from './child.ts';

const RUN = 'demo/2004-09-30/monthly';
let folder: string;
let state: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-after-demo-'));
  const demo = await runEvenkeel(['demo', '--from', '2004-08-31', '--to', '2004-09-30'], folder);
  expect(demo, demo.err).toMatchObject({ code: 0 });
  state = join('.evenkeel', readdirSync(join(folder, '.evenkeel'))[0] ?? '');
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const json = ({ out }: Ended) => JSON.parse(out) as unknown;

describe('right after a demo', () => {
  it('status says how its parts are, of the newest demo', async () => {
    const told = await runEvenkeel(['status', '--json'], folder);
    expect(told, told.err).toMatchObject({ code: 0, err: '' });
    const parts = ['table', 'bucket', 'dead letters', 'broker of the demo'].map((part) => ({
      part,
      state: 'good',
      detail: expect.any(String),
    }));
    expect(json(told)).toMatchObject({ parts, portfolios: [{ portfolio: 'demo', runs: [{ runId: RUN }, {}] }], problems: [] });
  });

  it('dlq finds nothing', async () => {
    const told = await runEvenkeel(['dlq'], folder);
    expect(told).toMatchObject({ code: 0, out: expect.stringContaining('No dead letter waits. Queues: execution 0.') });
  });

  it('logs prints the lines of a run', async () => {
    const told = await runEvenkeel(['logs', RUN], folder);
    expect(told.code, told.err).toBe(0);
    expect(told.out).toMatch(/2004-09-30T19:35:00\.000Z info {2}embedded {2}plan made/);
    expect(await runEvenkeel(['logs', 'demo/2004-09-29/monthly', '--json'], folder)).toMatchObject({
      code: 1,
      out: expect.stringContaining('"no-lines"'),
    });
  });

  it('redrive has nothing to do, and takes no demo that nobody named', async () => {
    expect(await runEvenkeel(['redrive', RUN, '--yes'], folder)).toMatchObject({
      code: 2,
      err: expect.stringContaining(`say --state ${state}`),
    });
    expect(await runEvenkeel(['redrive', RUN, '--yes', '--state', state, '--json'], folder)).toMatchObject({
      code: 1,
      out: expect.stringContaining('"code": "ended"'),
    });
  });

  it('parity finds the same targets and orders, and says where the money went', async () => {
    const told = await runEvenkeel(['parity', '--since', '2004-08-01', '--portfolio', 'demo', '--json'], folder);
    expect(told.code, told.err).toBe(0);
    const { parity } = json(told) as { parity: { runs: object[]; shortfall: Record<string, number | null>; costs: object } };
    expect(parity.runs).toMatchObject([{ isSame: true }, { runId: RUN, isSame: true }]);
    // Two basis points either side of the path, and no fee is known of 2004.
    expect(parity.shortfall['spread']).toBeGreaterThan(0);
    expect(parity.shortfall['fees']).toBeNull();
    expect(parity.costs).toMatchObject({ halfSpreadBps: null, impact: null });
    const one = await runEvenkeel(['parity', '--run', RUN], folder);
    expect(one.out).toMatch(/demo\/2004-09-30\/monthly +same +same/);
    expect(one.out).toContain('of which 30 are the least: half the spread unknown');
    expect((await runEvenkeel(['parity', '--since', '2010-01-01'], folder)).code).toBe(1);
  }, 60_000);
});
