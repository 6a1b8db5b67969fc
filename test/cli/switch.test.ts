// evenkeel halt, resume and status, over a run that executes.
import { describe, expect, it } from 'vitest';
import { Output } from '../../cli/output.ts';
import type { Desk } from '../../cli/switch/desk.ts';
import { type HaltOptions, halt } from '../../cli/switch/halt.ts';
import { resume } from '../../cli/switch/resume.ts';
import { status } from '../../cli/switch/status.ts';
import { UnreadableRecord } from '../../shared/contracts/run-record.ts';
import { shares } from '../../shared/core/values/shares.ts';
import type { KillSwitch } from '../../shared/ports/kill-switch.ts';
import { StoreError } from '../../shared/ports/outside-error.ts';
import { aHalt } from '../builders/halt.ts';
import { WorkflowWorld } from '../shared/workflow/workflow-world.ts';
import { at, deskOf, RUN_ID } from './desk.ts';

const SELL = 'balanced_2026-11-20_daily_SPY_sell_0_0';

/** The sell of 22 SPY works; the buy of 39 TLT waits for it. */
async function working(): Promise<WorkflowWorld> {
  const world = new WorkflowWorld();
  await world.signal();
  await world.advance();
  return world;
}

function switchWith({ killSwitch }: WorkflowWorld, other: Partial<KillSwitch>): KillSwitch {
  return {
    read: (portfolio) => killSwitch.read(portfolio),
    readOne: (portfolio) => killSwitch.readOne(portfolio),
    turnOn: (portfolio, note) => killSwitch.turnOn(portfolio, note),
    turnOff: (portfolio, note) => killSwitch.turnOff(portfolio, note),
    turns: (portfolio, limit) => killSwitch.turns(portfolio, limit),
    ...other,
  };
}

function haltAt(desk: Desk, portfolio: string | undefined, options: Partial<HaltOptions> = {}, json = false) {
  return at(desk, (output, open) => halt(portfolio, { reason: 'it looks wrong', wait: '120', ...options }, output, open), json);
}

const resumeAt = (desk: Desk, portfolio: string | undefined, json = false) =>
  at(desk, (output, open) => resume(portfolio, { reason: 'it was right' }, output, open), json);

const statusAt = (desk: Desk, portfolio: string | undefined, json = false) =>
  at(desk, (output, open) => status(portfolio, {}, output, open), json);

describe('evenkeel halt', () => {
  it.each([['balanced'], [undefined]])('turns the switch on and waits until no order works (%s)', async (portfolio) => {
    const world = await working();
    const { out, err, failure } = await haltAt(deskOf(world), portfolio);
    expect(failure).toBeUndefined();
    expect(err).toBe(`The kill switch of ${portfolio ?? 'all portfolios'} is on. Nothing more is sent.\n`);
    expect(out).toBe('No order is open.\n');
    expect(world.broker.canceled).toEqual(['order-0']);
    expect((await world.record()).phase).toMatchObject({ ending: { detail: 'sell SPY: kill-switch, buy TLT: kill-switch' } });
  });

  it('says which orders work still when the wait is over, and that the switch is on', async () => {
    const world = await working();
    const before = world.now;
    const { out, failure } = await haltAt(deskOf(world, { isStuck: true }), 'balanced');
    expect(world.now - before).toBe(120_000);
    expect(out).toBe(`Still open:\n  ${RUN_ID}  sell 22 SPY at 99.99 (working)\n`);
    expect(failure).toMatchObject({
      code: 'unconfirmed',
      exitCode: 1,
      message: expect.stringContaining('the switch is on, and 1 order is still open'),
    });
    expect(await world.killSwitch.read('balanced')).toMatchObject({ kind: 'on' });
  });

  it('counts an order whose answer was lost as open', async () => {
    const world = new WorkflowWorld();
    await world.signal();
    world.broker.answer = () => {
      throw new StoreError('the answer was lost', { effect: 'unknown', code: 'timeout' });
    };
    await expect(world.advance()).rejects.toThrow('the answer was lost');
    const { out } = await haltAt(deskOf(world, { isStuck: true }), 'balanced', { wait: '0' });
    expect(out).toContain('sell 22 SPY at 99.99 (sending)');
  });

  it('waits for nobody where nobody turns the crank', async () => {
    const world = await working();
    const before = world.now;
    const { failure } = await haltAt(deskOf(world, { isLive: false }), undefined);
    expect(world.now).toBe(before);
    expect(failure).toMatchObject({ exitCode: 1, message: expect.stringContaining('the demo cancels them when it goes on') });
  });

  it('keeps open orders when it is told to, says which, and succeeds', async () => {
    const world = await working();
    const { out, failure } = await haltAt(deskOf(world), 'balanced', { keepOpen: true });
    expect(failure).toBeUndefined();
    expect(out).toBe(`Kept, and followed until they fill or the deadline of their session:\n  ${RUN_ID}  sell 22 SPY at 99.99 (working)\n`);
    world.broker.fill(SELL, shares('22'));
    await world.drive();
    expect(world.broker.canceled).toEqual([]);
    expect((await world.record()).phase).toMatchObject({ ending: { detail: 'buy TLT: kill-switch' } });
  });

  it('over a halt that keeps orders cancels them, and keeps the first reason', async () => {
    const world = await working();
    await world.killSwitch.turnOn('balanced', aHalt({ reason: 'lunch', at: world.now, openOrders: 'keep' }));
    const { err, out } = await haltAt(deskOf(world), 'balanced');
    expect(err).toContain(
      'was on already, since 2026-11-20 15:35 New York, by anna: lunch; open orders are canceled. Your reason is on record.',
    );
    expect(out).toBe('No order is open.\n');
    expect(world.broker.canceled).toEqual(['order-0']);
  });

  it.each([['balanced'], [undefined]])('that would keep what an earlier one cancels says so, and waits (%s)', async (earlier) => {
    const world = await working();
    await world.killSwitch.turnOn(earlier, aHalt());
    const { err, out } = await haltAt(deskOf(world), 'balanced', { keepOpen: true });
    expect(err).toContain('Open orders are canceled all the same: an earlier halt says so.');
    expect(out).toBe('No order is open.\n');
  });

  it('answers with one document', async () => {
    const world = await working();
    const { out, err } = await haltAt(deskOf(world, { isStuck: true }), 'balanced', { wait: '4' }, true);
    expect(err).toBe('');
    expect(JSON.parse(out)).toEqual({
      portfolio: 'balanced',
      wasOn: false,
      killSwitch: {
        kind: 'on',
        reason: 'it looks wrong',
        since: '2026-11-20T20:35:05.000Z',
        by: expect.stringMatching(/.@./),
        openOrders: 'cancel',
      },
      workingOrders: [
        { runId: RUN_ID, clientOrderId: SELL, symbol: 'SPY', side: 'sell', quantity: '22', limitPrice: '99.99', stage: 'working' },
      ],
      problems: [],
      isConfirmed: false,
    });
  });

  it('refuses a name that nobody knows, and turns nothing', async () => {
    const world = await working();
    const { failure } = await haltAt(deskOf(world), 'balancd');
    expect(failure).toMatchObject({ exitCode: 2, message: 'no portfolio "balancd": there are: balanced, cautious' });
    expect(await world.killSwitch.read('balancd')).toEqual({ kind: 'off' });
  });

  it.each([
    [{ reason: '  ' }, '--reason'],
    [{ reason: '\u3164\u115F' }, '--reason'],
    [{ reason: '\u2800' }, '--reason'],
    [{ wait: 'long' }, '--wait'],
  ])('refuses %j', async (options, name) => {
    const world = await working();
    expect((await haltAt(deskOf(world), 'balanced', options)).failure).toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(name),
    });
    expect(await world.killSwitch.read('balanced')).toEqual({ kind: 'off' });
  });

  it('takes any reason that can be read: nobody is kept from a halt by what he pasted', async () => {
    for (const reason of ['two\nlines', '止めて', '❤\uFE0F gone', '7']) {
      const world = await working();
      await haltAt(deskOf(world), 'balanced', { reason });
      expect(await world.killSwitch.read('balanced')).toMatchObject({ kind: 'on', reason });
    }
  });

  it('turns the switch of all on where a portfolio file is damaged, and says that it could not look', async () => {
    const world = await working();
    const portfolioNames = () => Promise.reject(new Error('core.yaml is refused'));
    const { failure } = await haltAt(deskOf(world, { portfolioNames }), undefined);
    expect(failure).toMatchObject({ exitCode: 1, message: 'the portfolios cannot be listed: core.yaml is refused' });
    expect(await world.killSwitch.read('balanced')).toMatchObject({ kind: 'on' });
    // One that has runs on record is known without its file.
    expect((await haltAt(deskOf(world, { portfolioNames }), 'balanced')).failure).toBeUndefined();
  });

  it('says what it could not read, while the switch is on', async () => {
    const world = await working();
    const list = () => Promise.reject(new UnreadableRecord('schema version 2, this release reads 1'));
    const runStore: Desk['runStore'] = { ...deskOf(world).runStore, list };
    const { failure } = await haltAt(deskOf(world, { runStore, isStuck: true }), 'balanced', { wait: '2' });
    expect(failure).toMatchObject({
      exitCode: 1,
      message: 'the runs of balanced cannot be read: schema version 2, this release reads 1',
    });
    expect(await world.killSwitch.read('balanced')).toMatchObject({ kind: 'on' });
  });

  it.each([
    ['none', 'this halt had NO effect'],
    ['unknown', 'the switch may be on or not: say it again'],
  ] as const)('says what a store that failed with effect %s leaves', async (effect, message) => {
    const world = await working();
    const turnOn = () => Promise.reject(new StoreError('no answer', { effect, code: 'timeout' }));
    const killSwitch = switchWith(world, { turnOn });
    expect((await haltAt(deskOf(world, { killSwitch }), 'balanced')).failure).toMatchObject({
      exitCode: 1,
      message: `${message} (no answer)`,
    });
  });
});

it('a halt shows a person at a terminal how long it has waited', async () => {
  const world = await working();
  let err = '';
  const writeErr = (text: string): void => {
    err += text;
  };
  const output = new Output({ isTty: true, hasColor: false, writeOut: () => undefined, writeErr }, { json: false, verbose: false });
  const options = { reason: 'it looks wrong', wait: '4' };
  await expect(halt('balanced', options, output, async () => deskOf(world, { isStuck: true }))).rejects.toThrow('1 order is still open');
  expect(err).toContain('1 open; waited 0 of 4 s');
  expect(err).toContain('1 open; waited 2 of 4 s');
});

describe('evenkeel resume', () => {
  it('turns the switch off, and says what runs next', async () => {
    const world = await working();
    await haltAt(deskOf(world), 'balanced');
    const { out, failure } = await resumeAt(deskOf(world), 'balanced');
    expect(failure).toBeUndefined();
    expect(out).toContain('The kill switch of balanced is off. It was on since 2026-11-20 15:35 New York');
    expect(out).toContain('Runs that it refused or stopped are not taken up again.\n');
    expect(out).toContain('balanced: next run 2026-11-23 15:35 New York (daily)');
    expect(await world.killSwitch.read('balanced')).toEqual({ kind: 'off' });
  });

  it('says that a run executes still', async () => {
    const world = await working();
    await haltAt(deskOf(world), 'balanced', { keepOpen: true });
    const { out } = await resumeAt(deskOf(world), 'balanced');
    expect(out).toContain(`${RUN_ID} executes still: what it gave up stays given up, the rest goes on.`);
  });

  it('of a portfolio says that the switch of all is on still', async () => {
    const world = await working();
    await world.killSwitch.turnOn(undefined, aHalt({ reason: 'deploy', at: world.now }));
    await world.killSwitch.turnOn('balanced', aHalt({ at: world.now }));
    const first = await resumeAt(deskOf(world), 'balanced');
    expect(first.failure).toBeUndefined();
    expect(first.out).toContain(
      'balanced is still halted by the switch of all portfolios, since 2026-11-20 15:35 New York, by anna: deploy',
    );
    expect(first.out).not.toContain('next run');
    const second = await resumeAt(deskOf(world), 'balanced');
    expect(second.out).toContain('The kill switch of balanced was off.');
    expect(second.failure).toMatchObject({ code: 'still-halted', exitCode: 1 });
  });

  it('of all names the portfolios that are halted by their own', async () => {
    const world = await working();
    await world.killSwitch.turnOn(undefined, aHalt());
    await world.killSwitch.turnOn('cautious', aHalt({ reason: 'drawdown', by: 'breaker' }));
    const { out, failure } = await resumeAt(deskOf(world), undefined, true);
    expect(failure).toBeUndefined();
    expect(JSON.parse(out)).toMatchObject({
      portfolio: null,
      wasOn: true,
      stillHalted: [{ portfolio: 'cautious', by: 'its own switch', killSwitch: { reason: 'drawdown', by: 'breaker' } }],
      executing: [RUN_ID],
      next: [{ portfolio: 'balanced', due: { schedule: 'daily', session: '2026-11-23', at: '2026-11-23T20:35:00.000Z' } }],
    });
  });

  it('of what is off does nothing, and is no failure', async () => {
    const world = await working();
    const { out, failure } = await resumeAt(deskOf(world), undefined);
    expect(failure).toBeUndefined();
    expect(out).toContain('The kill switch of all portfolios was off.');
    expect(await world.killSwitch.turns(undefined, 10)).toEqual([]);
  });

  it('gives way to somebody who turned it in the same moment', async () => {
    const world = await working();
    const turnOff = async () => ({ kind: 'turned-again' as const });
    const killSwitch = switchWith(world, { turnOff });
    const { failure } = await resumeAt(deskOf(world, { killSwitch }), 'balanced');
    expect(failure).toMatchObject({ code: 'turned-again', exitCode: 1, message: expect.stringContaining('that stands') });
  });
});

describe('evenkeel status', () => {
  it('shows switch, orders, runs and the next run of each portfolio', async () => {
    const world = await working();
    await world.killSwitch.turnOn('cautious', aHalt({ reason: 'drawdown\u001b[31m', by: 'breaker', at: world.now }));
    const { out, failure } = await statusAt(deskOf(world), undefined);
    expect(failure).toBeUndefined();
    expect(out).toBe(
      `balanced  trading
  kill switch  off
  next         next run 2026-11-23 15:35 New York (daily)
  open orders  sell 22 SPY at 99.99 (working)
  session     schedule  phase      ending
  2026-11-20  daily     executing

cautious  halted
  kill switch  since 2026-11-20 15:35 New York, by breaker: drawdown\uFFFD[31m; open orders are canceled
  next         next run 2026-11-23 15:35 New York (daily)
  open orders  none
  no run on record
`,
    );
  });

  it('of one portfolio shows how its run ended, and that all are halted', async () => {
    const world = await working();
    await haltAt(deskOf(world), undefined);
    const { out } = await statusAt(deskOf(world), 'balanced');
    expect(out).toMatch(/^All portfolios are halted since 2026-11-20 15:35 New York, by .*: it looks wrong; open orders are canceled\n/);
    expect(out).toContain('balanced  halted\n  kill switch  off\n');
    expect(out).toContain('2026-11-20  daily     ended  completed-with-residuals  sell SPY: kill-switch, buy TLT: kill-switch');
    expect(out).not.toContain('cautious');
  });

  it('as JSON tells who turned each switch, when and why', async () => {
    const world = await working();
    await haltAt(deskOf(world), 'balanced');
    await resumeAt(deskOf(world), 'balanced');
    const document = JSON.parse((await statusAt(deskOf(world), 'balanced', true)).out);
    expect(document).toMatchObject({ all: { kind: 'off', turns: [] }, problems: [] });
    expect(document.portfolios[0]).toMatchObject({ portfolio: 'balanced', isHalted: false, workingOrders: [] });
    expect(document.portfolios[0].killSwitch).toMatchObject({
      kind: 'off',
      turns: [
        { reason: 'it was right', by: expect.any(String), after: { kind: 'off' } },
        { reason: 'it looks wrong', at: '2026-11-20T20:35:05.000Z', after: { kind: 'on', openOrders: 'cancel' } },
      ],
    });
    expect(document.portfolios[0].runs).toEqual([
      expect.objectContaining({ runId: RUN_ID, phase: 'ended', ending: 'completed-with-residuals', code: null }),
    ]);
  });

  it('shows a switch that cannot be read as a halt, and fails', async () => {
    const world = await working();
    const readOne: Desk['killSwitch']['readOne'] = (portfolio) =>
      portfolio === 'cautious'
        ? Promise.reject(new StoreError('the kill switch of cautious is not whole', { effect: 'none', code: 'bad-answer' }))
        : world.killSwitch.readOne(portfolio);
    const killSwitch = switchWith(world, { readOne });
    const { out, failure } = await statusAt(deskOf(world, { killSwitch }), undefined, true);
    expect(JSON.parse(out)).toMatchObject({
      portfolios: [{ isHalted: false }, { portfolio: 'cautious', isHalted: true, killSwitch: { kind: 'unreadable' } }],
    });
    expect(failure).toMatchObject({ code: 'unreadable', exitCode: 1, message: 'the kill switch of cautious is not whole' });
    const all = switchWith(world, { readOne: () => readOne('cautious') });
    expect((await statusAt(deskOf(world, { killSwitch: all }), undefined)).out).toMatch(
      /^All portfolios are halted: the switch of all cannot be read/,
    );
  });

  it('shows what it can, and fails for what it cannot', async () => {
    const world = await working();
    const { list } = world.runStore;
    const runStore: Desk['runStore'] = {
      ...deskOf(world).runStore,
      list: (name, limit) =>
        name === 'cautious' ? Promise.reject(new UnreadableRecord('not JSON')) : list.call(world.runStore, name, limit),
    };
    const { out, failure } = await statusAt(deskOf(world, { runStore }), undefined);
    expect(out).toContain('sell 22 SPY at 99.99 (working)');
    expect(failure).toMatchObject({ code: 'unreadable', exitCode: 1, message: 'the runs of cautious cannot be read: not JSON' });
  });
});
