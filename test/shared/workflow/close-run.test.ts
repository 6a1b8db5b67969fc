import { describe, expect, it } from 'vitest';
import { shares } from '../../../shared/core/values/shares.ts';
import { MINUTE_MS } from '../../../shared/core/values/time.ts';
import type { RunStore } from '../../../shared/ports/run-store.ts';
import { closeRun } from '../../../shared/workflow/close-run.ts';
import { CLOSE, RUN_ID, WorkflowWorld } from './workflow-world.ts';

const BY_ANNA = { who: 'anna@laptop', reason: 'redrive failed' };
const LATE_ENOUGH = CLOSE + 15 * MINUTE_MS;

/** The sell is out and works; nobody drives the run any more. */
async function abandoned(): Promise<WorkflowWorld> {
  const world = new WorkflowWorld();
  await world.signal();
  await world.advance();
  await world.advance();
  world.now = LATE_ENOUGH;
  return world;
}

function sellOf(world: WorkflowWorld): string {
  const [sell] = world.broker.arrived;
  if (sell === undefined) throw new Error('nothing was sent');
  return sell.clientOrderId;
}

async function spyOf(world: WorkflowWorld): Promise<bigint | undefined> {
  return (await world.ledgers.load('balanced'))?.ledger.holdings.find(({ symbol }) => symbol === 'SPY')?.quantity;
}

describe('closing a run by hand', () => {
  it('ends it as unresolved with who and why, and takes the fills from the broker', async () => {
    const world = await abandoned();
    world.broker.fill(sellOf(world), shares('9'), 'canceled');
    expect(await closeRun(RUN_ID, BY_ANNA, world.ports)).toMatchObject({ kind: 'closed', orders: [{ filledQuantity: shares('9') }] });
    const { phase } = await world.record();
    expect(phase).toMatchObject({
      kind: 'ended',
      ending: { kind: 'unresolved', code: 'closed-by-hand', detail: 'closed by anna@laptop: redrive failed' },
      execution: {
        legs: [
          { symbol: 'SPY', closedOrders: [{ filledQuantity: shares('9') }], stage: { kind: 'done', residual: { quantity: shares('13') } } },
          { symbol: 'TLT', closedOrders: [], stage: { kind: 'done', residual: { quantity: shares('39'), code: 'unresolved' } } },
        ],
      },
    });
    expect(await spyOf(world)).toBe(shares('71'));
    expect(world.broker.canceled).toEqual([]);
  });

  it('frees the portfolio: the next run starts from what was filled', async () => {
    const world = await abandoned();
    const next = {
      portfolio: 'balanced',
      schedule: 'daily',
      scheduledTime: new Date(CLOSE + 3 * 86_400_000 - 25 * MINUTE_MS).toISOString(),
    };
    world.now = Date.parse(next.scheduledTime);
    expect(await world.signal(next)).toMatchObject({ kind: 'refused', code: 'run-in-progress' });
    world.broker.fill(sellOf(world), shares('22'));
    expect(await closeRun(RUN_ID, BY_ANNA, world.ports)).toMatchObject({ kind: 'closed' });
    const after = { ...next, scheduledTime: new Date(Date.parse(next.scheduledTime) + 86_400_000).toISOString() };
    world.now = Date.parse(after.scheduledTime);
    expect(await world.signal(after)).toMatchObject({ kind: 'handed-over' });
  });

  it('is refused while its order works, or its status says nothing', async () => {
    const world = await abandoned();
    const id = sellOf(world);
    expect(await closeRun(RUN_ID, BY_ANNA, world.ports)).toEqual({
      kind: 'still-possible',
      orders: [{ clientOrderId: id, status: 'working' }],
    });
    world.broker.fill(id, shares('1'), 'unknown');
    expect(await closeRun(RUN_ID, BY_ANNA, world.ports)).toEqual({
      kind: 'still-possible',
      orders: [{ clientOrderId: id, status: 'unknown' }],
    });
    expect((await world.record()).phase.kind).toBe('executing');
    expect(await spyOf(world)).toBe(shares('80'));
  });

  it('is refused when the broker knows nothing of an order that it had', async () => {
    const world = await abandoned();
    const id = sellOf(world);
    world.broker.books.delete(id);
    expect(await closeRun(RUN_ID, BY_ANNA, world.ports)).toEqual({
      kind: 'still-possible',
      orders: [{ clientOrderId: id, status: 'not found' }],
    });
  });

  it('takes an order that the broker was never heard to have for one that it never got', async () => {
    const world = new WorkflowWorld();
    await world.signal();
    // Every submission vanishes on the way.
    world.broker.answer = () => ({ kind: 'duplicate' });
    await world.advance();
    world.now = LATE_ENOUGH;
    expect(await closeRun(RUN_ID, BY_ANNA, world.ports)).toMatchObject({ kind: 'closed', orders: [] });
    expect(await spyOf(world)).toBe(shares('80'));
  });

  it('is refused until a quarter of an hour after the close: a request may be in flight', async () => {
    const world = await abandoned();
    world.broker.fill(sellOf(world), shares('22'));
    world.now = LATE_ENOUGH - 1;
    expect(await closeRun(RUN_ID, BY_ANNA, world.ports)).toEqual({ kind: 'too-early', from: LATE_ENOUGH });
  });

  it('is refused where there is nothing to close', async () => {
    const world = await abandoned();
    expect(await closeRun('balanced/2026-11-19/daily', BY_ANNA, world.ports)).toEqual({ kind: 'no-such-run' });
    world.broker.fill(sellOf(world), shares('22'));
    await closeRun(RUN_ID, BY_ANNA, world.ports);
    expect(await closeRun(RUN_ID, BY_ANNA, world.ports)).toEqual({ kind: 'not-executing', phase: 'ended' });
  });

  it('gives way to a driver that turns out to be alive', async () => {
    const world = await abandoned();
    world.broker.fill(sellOf(world), shares('22'));
    const runStore: RunStore = {
      claim: (record) => world.runStore.claim(record),
      load: (runId) => world.runStore.load(runId),
      list: (portfolio, limit) => world.runStore.list(portfolio, limit),
      save: async () => 'stale',
    };
    expect(await closeRun(RUN_ID, BY_ANNA, { ...world.ports, runStore })).toEqual({ kind: 'alive' });
    // What it counted is counted once, also when the driver ends the run.
    await world.drive().catch((error: unknown) => expect(`${error}`).toContain('is unresolved'));
    expect(await spyOf(world)).toBe(shares('58'));
  });

  it('sees a late fill of an order that the record had closed', async () => {
    const world = await abandoned();
    const id = sellOf(world);
    world.now = CLOSE - 6 * MINUTE_MS;
    world.broker.fill(id, shares('2'), 'canceled');
    await world.advance();
    world.broker.fill(id, shares('4'), 'canceled');
    world.now = LATE_ENOUGH;
    for (const order of world.broker.books.values())
      if (order.status === 'working') world.broker.books.set(order.clientOrderId, { ...order, status: 'expired' });
    const closing = await closeRun(RUN_ID, BY_ANNA, world.ports);
    expect(closing.kind).toBe('closed');
    expect(await spyOf(world)).toBe(shares('74'));
  });
});
