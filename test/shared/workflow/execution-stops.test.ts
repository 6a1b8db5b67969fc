// What keeps a submission from being sent, at the last moment before it is.
import { describe, expect, it } from 'vitest';
import { shares } from '../../../shared/core/values/shares.ts';
import { MINUTE_MS } from '../../../shared/core/values/time.ts';
import type { KillSwitch } from '../../../shared/ports/kill-switch.ts';
import { StoreError } from '../../../shared/ports/outside-error.ts';
import { CLOSE, WorkflowWorld } from './workflow-world.ts';

const SELL = 'balanced_2026-11-20_daily_SPY_sell_0_0';
const DEADLINE = CLOSE - 5 * MINUTE_MS;

async function handedOver(): Promise<WorkflowWorld> {
  const world = new WorkflowWorld();
  await world.signal();
  return world;
}

async function stagesOf(world: WorkflowWorld) {
  const { phase } = await world.record();
  return phase.kind === 'claimed' ? [] : (phase.execution?.legs ?? []).map(({ stage }) => stage);
}

/** Off at the first read, which belongs to the look; what `then` says at every later one. */
function switchThat(world: WorkflowWorld, then: KillSwitch['read']): KillSwitch {
  let reads = 0;
  return {
    read: async (portfolio) => {
      reads += 1;
      return reads === 1 ? { kind: 'off' } : then(portfolio);
    },
    turnOn: (portfolio, reason, at) => world.killSwitch.turnOn(portfolio, reason, at),
    turnOff: (portfolio) => world.killSwitch.turnOff(portfolio),
  };
}

describe('the kill switch', () => {
  it('is read between the write and the submission', async () => {
    const world = await handedOver();
    // Off at the look, on at the submission.
    const killSwitch = switchThat(world, async () => ({ kind: 'on', reason: 'drill', since: 0 }));
    expect(await world.advance({ ...world.ports, killSwitch })).toMatchObject({ done: true });
    expect(world.broker.arrived).toEqual([]);
    expect((await world.record()).phase).toMatchObject({
      ending: { kind: 'completed-with-residuals', detail: 'sell SPY: kill-switch, buy TLT: kill-switch' },
    });
  });

  it('cancels what works, and leaves the rest with its reason', async () => {
    const world = await handedOver();
    await world.advance();
    world.broker.fill(SELL, shares('4'), 'working');
    await world.killSwitch.turnOn('balanced', 'drill', world.now);
    await world.drive();
    expect(world.broker.canceled).toEqual(['order-0']);
    const [sell, buy] = await stagesOf(world);
    expect(sell).toEqual({ kind: 'done', residual: { quantity: shares('18'), code: 'kill-switch', figures: { status: 'canceled' } } });
    expect(buy).toMatchObject({ residual: { quantity: shares('39'), code: 'kill-switch' } });
  });

  it('that cannot be read sends nothing', async () => {
    const world = await handedOver();
    const killSwitch = switchThat(world, () => Promise.reject(new StoreError('unreadable', { effect: 'none', code: 'timeout' })));
    await expect(world.advance({ ...world.ports, killSwitch })).rejects.toThrow('unreadable');
    expect(world.broker.arrived).toEqual([]);
  });
});

describe('the deadline', () => {
  it('is looked at once more before the submission', async () => {
    const world = await handedOver();
    world.now = DEADLINE - 1;
    // The read before the submission takes a moment.
    const killSwitch = switchThat(world, async () => {
      world.now = DEADLINE;
      return { kind: 'off' };
    });
    await world.advance({ ...world.ports, killSwitch });
    expect(world.broker.arrived).toEqual([]);
    expect((await stagesOf(world))[0]).toMatchObject({ residual: { code: 'deadline' } });
  });
});
