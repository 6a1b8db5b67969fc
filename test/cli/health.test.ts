// How the parts of a world are, as evenkeel status tells it.
import { describe, expect, it } from 'vitest';
import { brokerProbe, dataProbe } from '../../cli/health/account-probes.ts';
import { dueProbe } from '../../cli/health/due-probe.ts';
import { good, healthOf, type Probe } from '../../cli/health/health.ts';
import { scheduleProbe } from '../../cli/health/schedule-probe.ts';
import { secretProbe } from '../../cli/health/secret-probe.ts';
import { deadLetterProbe } from '../../cli/health/state-probes.ts';
import { status } from '../../cli/switch/status.ts';
import { usd } from '../../shared/core/values/money.ts';
import { OutsideError } from '../../shared/ports/outside-error.ts';
import type { VaultEntry } from '../../shared/ports/secret-vault.ts';
import { RUN_ID, WorkflowWorld } from '../shared/workflow/workflow-world.ts';
import { at, deskOf } from './desk.ts';

const policy = new WorkflowWorld().source.policy;
const look = async (probe: Probe) => (await healthOf([probe]))[0];

describe('evenkeel status', () => {
  it('says how each part is, and fails when one is bad', async () => {
    const world = new WorkflowWorld();
    await world.signal();
    const probes = () => [
      { part: 'table', look: async () => good('answers') },
      {
        part: 'bucket',
        look: () =>
          Promise.reject(new OutsideError('reading artifact: AccessDenied (unauthorized)', { effect: 'none', code: 'unauthorized' })),
      },
    ];
    const desk = deskOf(world, { probes });
    const { out, failure } = await at(desk, (output, open) => status('balanced', {}, output, open));
    expect(out).toContain(RUN_ID.split('/')[1]);
    expect(out).toMatch(/table {3}good {3}answers\nbucket {2}bad {4}reading artifact: AccessDenied/);
    expect(failure).toMatchObject({ code: 'unhealthy', exitCode: 1, message: 'not as it should be: bucket' });
    const quick = await at(desk, (output, open) => status('balanced', { quick: true }, output, open), true);
    expect(quick.failure).toBeUndefined();
    expect(JSON.parse(quick.out)).toMatchObject({ parts: [], portfolios: [{ portfolio: 'balanced' }] });
  });

  it('does not take a fault of ours for a part that is bad', async () => {
    await expect(healthOf([{ part: 'x', look: () => Promise.reject(new TypeError('ours')) }])).rejects.toThrow('ours');
  });
});

describe('a part', () => {
  it('of queues tells where something waits', async () => {
    const count = async () => [
      { hop: 'signal', waiting: 0 },
      { hop: 'execution', waiting: 2 },
    ];
    expect(await look(deadLetterProbe({ count }))).toMatchObject({ state: 'bad', detail: 'execution 2: npx evenkeel dlq explain' });
    expect(await look(deadLetterProbe({ count: async () => [{ hop: 'signal', waiting: 0 }] }))).toMatchObject({ state: 'good' });
  });

  it('of the broker is bad when the account is blocked or another', async () => {
    const account = { accountNumber: 'PA1', equity: usd('1000'), cash: 0n, buyingPower: 0n, isBlocked: false };
    expect(await look(brokerProbe('main', { account: async () => account }))).toMatchObject({
      state: 'good',
      detail: 'account PA1 answers, worth 1,000.00 USD',
    });
    expect(await look(brokerProbe('main', { account: async () => account }, 'PA2'))).toMatchObject({ state: 'bad' });
    expect(await look(brokerProbe('main', { account: async () => ({ ...account, isBlocked: true }) }))).toMatchObject({ state: 'bad' });
  });

  it('of prices is odd when they are old in an open market, and not on a Sunday', async () => {
    // 2026-11-20 is a Friday; its market is open at 15:00 in New York, which is 20:00 UTC.
    const friday = Date.parse('2026-11-20T20:00:00Z');
    const quotes = (at: number) => ({
      latestQuotes: async (symbols: readonly string[]) => new Map(symbols.map((symbol) => [symbol, { symbol, bid: 1n, ask: 2n, at }])),
    });
    expect(await look(dataProbe(policy, quotes(friday - 60_000), () => friday))).toMatchObject({
      state: 'good',
      detail: expect.stringContaining('1 min old'),
    });
    expect(await look(dataProbe(policy, quotes(friday - 3_600_000), () => friday))).toMatchObject({ state: 'odd' });
    const sunday = friday + 2 * 86_400_000;
    expect(await look(dataProbe(policy, quotes(friday), () => sunday))).toMatchObject({
      state: 'good',
      detail: expect.stringContaining('48 h old; the market is closed'),
    });
    expect(await look(dataProbe(policy, { latestQuotes: async () => new Map() }, () => friday))).toMatchObject({ state: 'odd' });
  });

  it('of the keys is odd after ninety days, and bad when there are none', async () => {
    const now = Date.parse('2026-11-20T20:00:00Z');
    const of = (entry: VaultEntry) => look(secretProbe('main', 'evenkeel/paper/main', { read: async () => entry }, () => now));
    const text = '{"keyId": "PK12345678", "secretKey": "0123456789"}';
    expect(await of({ kind: 'stored', text, storedAt: now - 90 * 86_400_000 })).toMatchObject({ state: 'good', detail: '90 days old' });
    expect(await of({ kind: 'stored', text, storedAt: now - 91 * 86_400_000 })).toMatchObject({ state: 'odd' });
    expect(await of({ kind: 'empty' })).toMatchObject({
      state: 'bad',
      detail: 'evenkeel/paper/main is empty: npx evenkeel secrets set main',
    });
    expect(await of({ kind: 'stored', text: 'PK12345678', storedAt: now })).toMatchObject({
      state: 'bad',
      detail: expect.not.stringContaining('PK1'),
    });
  });

  it('of the schedules is bad when one of the files has no cron', async () => {
    const deployed = (ids: readonly string[]) => ({ resources: async () => ids });
    expect(await look(scheduleProbe('paper', [policy], deployed(['Schedulesbalanceddailyregular1A2B'])))).toMatchObject({ state: 'good' });
    expect(await look(scheduleProbe('paper', [policy], deployed(['Schedulescautiousdailyregular1A2B'])))).toMatchObject({
      state: 'bad',
      detail: 'not deployed: balanced/daily: npx evenkeel deploy',
    });
    expect(await look(scheduleProbe('paper', [policy], deployed([])))).toMatchObject({ state: 'bad' });
  });

  it('of the runs is bad when the latest that was due left no record', async () => {
    const world = new WorkflowWorld();
    expect(await look(dueProbe(policy, world.runStore, () => world.now))).toMatchObject({ state: 'odd', detail: 'no run on record yet' });
    await world.signal();
    const at20 = Date.parse('2026-11-20T21:30:00Z');
    expect(await look(dueProbe(policy, world.runStore, () => at20))).toMatchObject({ state: 'good' });
    // Monday evening: nobody started the run of Monday.
    expect(await look(dueProbe(policy, world.runStore, () => at20 + 3 * 86_400_000))).toMatchObject({
      state: 'bad',
      detail: expect.stringContaining('left no record: balanced/2026-11-23/daily, due 2026-11-23'),
    });
  });
});
