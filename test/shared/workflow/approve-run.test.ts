import { describe, expect, it } from 'vitest';
import { shares } from '../../../shared/core/values/shares.ts';
import { MINUTE_MS } from '../../../shared/core/values/time.ts';
import { approveRun } from '../../../shared/workflow/approve-run.ts';
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
    expect((await Promise.all([approveRun(RUN_ID, world.ports), approveRun(RUN_ID, world.ports)])).sort()).toEqual([
      'already-approved',
      'approved',
    ]);
    expect(await approveRun(RUN_ID, world.ports)).toBe('already-approved');
    expect(world.engine.take()).toBe(RUN_ID);
    expect(world.engine.take()).toBeUndefined();
  });

  it('is never executed from the deadline on', async () => {
    const world = await waiting();
    world.now = CLOSE - 5 * MINUTE_MS;
    expect(await approveRun(RUN_ID, world.ports)).toBe('too-late');
    expect((await world.record()).phase.kind).toBe('awaiting-approval');
  });

  it('is not executed when its positions are not those of the plan: a sell of what is gone would go short', async () => {
    const world = await waiting();
    world.broker.held.set('SPY', shares('79'));
    expect(await approveRun(RUN_ID, world.ports)).toBe('positions-changed');
    world.broker.held.set('SPY', shares('80'));
    expect(await approveRun(RUN_ID, world.ports)).toBe('approved');
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
    expect(await approveRun(RUN_ID, world.ports)).toBe('no-such-run');
    await world.runStore.claim(aClaim('daily', '2026-11-20'));
    expect(await approveRun(RUN_ID, world.ports)).toBe('not-planned');
    world.broker.isBlocked = true;
    await world.signal();
    expect(await approveRun(RUN_ID, world.ports)).toBe('ended');
  });
});
