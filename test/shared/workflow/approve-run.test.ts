import { describe, expect, it } from 'vitest';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { MINUTE_MS } from '../../../shared/core/values/time.ts';
import { approveRun } from '../../../shared/workflow/approve-run.ts';
import { aHalt, aResume } from '../../builders/halt.ts';
import { aClaim, aPolicy, CLOSE, RUN_ID, WorkflowWorld } from './workflow-world.ts';

describe('a plan that waits for its owner', () => {
  async function waiting(): Promise<WorkflowWorld> {
    const world = new WorkflowWorld(aPolicy({ schedules: aPolicy().schedules.map((schedule) => ({ ...schedule, approve: true })) }));
    expect(await world.signal()).toEqual({ kind: 'awaiting-approval', runId: RUN_ID });
    return world;
  }

  it('is not executed, and says with which command it would be', async () => {
    const world = await waiting();
    expect(world.engine.take()).toBeUndefined();
    expect(world.notifier.notices[0]?.body).toContain(`approve ${RUN_ID}`);
    await expect(world.advance()).rejects.toThrow('is awaiting-approval, expected executing');
  });

  it('is executed after the yes, once, however often it is said', async () => {
    const world = await waiting();
    const both = await Promise.all([approveRun(RUN_ID, world.ports), approveRun(RUN_ID, world.ports)]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['already-approved', 'approved']);
    expect(await approveRun(RUN_ID, world.ports)).toEqual({ kind: 'already-approved' });
    expect(world.engine.take()).toBe(RUN_ID);
    expect(world.engine.take()).toBeUndefined();
  });

  it('is never executed from the deadline on', async () => {
    const world = await waiting();
    world.now = CLOSE - 5 * MINUTE_MS;
    expect(await approveRun(RUN_ID, world.ports)).toEqual({ kind: 'too-late' });
    expect((await world.record()).phase.kind).toBe('awaiting-approval');
  });

  it('is not executed when its positions are not those of the plan: a sell of what is gone would go short', async () => {
    const world = await waiting();
    world.broker.held.set('SPY', shares('79'));
    expect(await approveRun(RUN_ID, world.ports)).toEqual({ kind: 'positions-changed' });
    world.broker.held.set('SPY', shares('80'));
    expect(await approveRun(RUN_ID, world.ports)).toEqual({ kind: 'approved' });
  });

  it('is refused while somebody says stop, with his reason, and can be approved after', async () => {
    const world = await waiting();
    await world.killSwitch.turnOn(undefined, aHalt({ reason: 'the broker misbehaves' }));
    expect(await approveRun(RUN_ID, world.ports)).toEqual({ kind: 'kill-switch', reason: 'the broker misbehaves' });
    expect((await world.record()).phase.kind).toBe('awaiting-approval');
    await world.killSwitch.turnOff(undefined, aResume());
    expect(await approveRun(RUN_ID, world.ports)).toEqual({ kind: 'approved' });
  });

  it('takes its arrivals again from fresh quotes, keeps the prices of the plan beside them, and so fills', async () => {
    const world = await waiting();
    const plan = (await world.record()).artifacts.plan;
    world.now += 10 * MINUTE_MS;
    // Half a percent up: with the collar of 20 bp around 100 no buy would reach 100.51.
    world.quotes = (symbol) => ({ symbol, bid: usd('100.49'), ask: usd('100.51'), at: world.now });
    expect(await approveRun(RUN_ID, world.ports)).toEqual({ kind: 'approved' });
    const { phase, artifacts } = await world.record();
    if (phase.kind !== 'executing') throw new Error('not executing');
    expect(phase.execution.legs.map(({ symbol, arrival, decision, quantity }) => [symbol, arrival, decision, quantity])).toEqual([
      ['SPY', usd('100.50'), usd('100'), shares('22')],
      ['TLT', usd('100.50'), usd('100'), shares('39')],
    ]);
    expect(artifacts.plan).toBe(plan);
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await world.drive();
    expect(world.broker.arrived.map(({ limitPrice }) => limitPrice)).toEqual([usd('100.49'), usd('100.51')]);
    expect((await world.record()).phase).toMatchObject({ ending: { kind: 'completed' } });
  });

  it('is refused when the market is further from its prices than the file allows, and says how far', async () => {
    const world = await waiting();
    world.quotes = (symbol) => {
      const mid = symbol === 'TLT' ? usd('101.01') : usd('100.20');
      return { symbol, bid: mid, ask: mid, at: world.now };
    };
    expect(await approveRun(RUN_ID, world.ports)).toEqual({
      kind: 'prices-moved',
      moves: [{ symbol: 'TLT', decision: usd('100'), mid: usd('101.01'), moveBps: 101n }],
    });
    expect((await world.record()).phase.kind).toBe('awaiting-approval');
    // Exactly the hundred basis points that are allowed.
    world.quotes = (symbol) => ({ symbol, bid: usd('99'), ask: usd('99'), at: world.now });
    expect(await approveRun(RUN_ID, world.ports)).toEqual({ kind: 'approved' });
  });

  it('keeps the prices of the plan for a symbol without a quote that may be traded on', async () => {
    const world = await waiting();
    world.quotes = (symbol) => (symbol === 'TLT' ? undefined : { symbol, bid: usd('100.30'), ask: usd('100.30'), at: world.now });
    await approveRun(RUN_ID, world.ports);
    const { phase } = await world.record();
    expect(phase.kind === 'executing' && phase.execution.legs.map(({ arrival, decision }) => [arrival, decision])).toEqual([
      [usd('100.30'), usd('100')],
      [usd('100'), undefined],
    ]);
  });

  it('keeps the prices of the plan where it was frozen by a release that knew no bound', async () => {
    const world = await waiting();
    const held = await world.record();
    if (held.phase.kind !== 'awaiting-approval') throw new Error('not held');
    const { approvalBpsMax: _, ...rules } = held.phase.execution.rules;
    const phase = { kind: 'awaiting-approval' as const, execution: { ...held.phase.execution, rules } };
    await world.runStore.save({ ...held, version: held.version + 1, phase });
    world.quotes = (symbol) => ({ symbol, bid: usd('120'), ask: usd('120'), at: world.now });
    expect(await approveRun(RUN_ID, world.ports)).toEqual({ kind: 'approved' });
    const after = (await world.record()).phase;
    expect(after.kind === 'executing' && after.execution.legs.map(({ arrival }) => arrival)).toEqual([usd('100'), usd('100')]);
  });

  it('is past when its deadline comes while it is looked at', async () => {
    const world = await waiting();
    const positions = await world.broker.positions();
    world.broker.positions = async () => {
      world.now = CLOSE - 5 * MINUTE_MS;
      return positions;
    };
    expect(await approveRun(RUN_ID, world.ports)).toEqual({ kind: 'too-late' });
    expect((await world.record()).phase.kind).toBe('awaiting-approval');
  });

  it('no longer waits for a yes once its deadline is past, however often its event is delivered', async () => {
    const world = await waiting();
    world.now = CLOSE - 5 * MINUTE_MS;
    await world.signal();
    expect(world.notifier.notices.map(({ severity, code }) => [severity, code])).toEqual([
      ['page', 'approval-needed'],
      ['ticket', 'approval-missed'],
    ]);
  });

  it('sends nothing when it was approved in time but turned on the next day', async () => {
    const world = await waiting();
    await approveRun(RUN_ID, world.ports);
    world.now = CLOSE + 18 * 60 * MINUTE_MS;
    await world.drive();
    expect(world.broker.arrived).toEqual([]);
    expect((await world.record()).phase).toMatchObject({
      ending: { kind: 'completed-with-residuals', detail: 'sell SPY: deadline, buy TLT: deadline' },
    });
  });

  it('knows a run that does not exist, has no plan yet, or has ended', async () => {
    const world = new WorkflowWorld();
    expect(await approveRun(RUN_ID, world.ports)).toEqual({ kind: 'no-such-run' });
    await world.runStore.claim(aClaim('daily', '2026-11-20'));
    expect(await approveRun(RUN_ID, world.ports)).toEqual({ kind: 'not-planned' });
    world.broker.isBlocked = true;
    await world.signal();
    expect(await approveRun(RUN_ID, world.ports)).toEqual({ kind: 'ended' });
  });
});
