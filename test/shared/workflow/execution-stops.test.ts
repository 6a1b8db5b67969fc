// What keeps a submission from being sent, at the last moment before it is.
import { describe, expect, it } from 'vitest';
import type { KillSwitchState } from '../../../shared/contracts/switch-turn.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { MINUTE_MS } from '../../../shared/core/values/time.ts';
import type { KillSwitch } from '../../../shared/ports/kill-switch.ts';
import { StoreError } from '../../../shared/ports/outside-error.ts';
import { aHalt, aResume } from '../../builders/halt.ts';
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
    readOne: (portfolio) => world.killSwitch.readOne(portfolio),
    turnOn: (portfolio, note) => world.killSwitch.turnOn(portfolio, note),
    turnOff: (portfolio, note) => world.killSwitch.turnOff(portfolio, note),
    turns: (portfolio, limit) => world.killSwitch.turns(portfolio, limit),
  };
}

const ON: KillSwitchState = { kind: 'on', reason: 'drill', since: 0, by: 'anna', openOrders: 'cancel' };

describe('the kill switch', () => {
  it('is read between the write and the submission', async () => {
    const world = await handedOver();
    // Off at the look, on at the submission.
    const killSwitch = switchThat(world, async () => ON);
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
    await world.killSwitch.turnOn('balanced', aHalt());
    await world.drive();
    expect(world.broker.canceled).toEqual(['order-0']);
    const [sell, buy] = await stagesOf(world);
    expect(sell).toEqual({ kind: 'done', residual: { quantity: shares('18'), code: 'kill-switch', figures: { status: 'canceled' } } });
    expect(buy).toMatchObject({ residual: { quantity: shares('39'), code: 'kill-switch' } });
  });

  it('that keeps orders lets them fill, sends nothing more, and cancels nothing before the deadline', async () => {
    const world = await handedOver();
    await world.advance();
    await world.killSwitch.turnOn('balanced', aHalt({ openOrders: 'keep' }));
    for (let turn = 0; turn < 10; turn += 1) {
      await world.advance();
      world.now += MINUTE_MS;
    }
    expect(world.broker.canceled).toEqual([]);
    world.broker.fill(SELL, shares('22'), 'filled');
    await world.drive();
    expect(world.broker.arrived).toHaveLength(1);
    const [sell, buy] = await stagesOf(world);
    expect(sell).toEqual({ kind: 'done' });
    expect(buy).toMatchObject({ residual: { quantity: shares('39'), code: 'kill-switch' } });
  });

  it('that keeps orders cancels them at the deadline', async () => {
    const world = await handedOver();
    await world.advance();
    await world.killSwitch.turnOn('balanced', aHalt({ openOrders: 'keep' }));
    await world.drive();
    expect(world.now).toBeGreaterThanOrEqual(DEADLINE);
    expect(world.broker.canceled).toEqual(['order-0']);
    expect((await stagesOf(world))[0]).toMatchObject({ residual: { quantity: shares('22'), code: 'deadline' } });
  });

  it('that keeps orders is looked at once more before an order is canceled for its price', async () => {
    const world = await handedOver();
    await world.advance();
    world.now += MINUTE_MS;
    world.quotes = (symbol) => ({ symbol, bid: usd('99.98'), ask: usd('100.02'), at: world.now });
    const killSwitch = switchThat(world, async () => ({ ...ON, openOrders: 'keep' }));
    await world.advance({ ...world.ports, killSwitch });
    expect(world.broker.canceled).toEqual([]);
    // One that cancels is no reason to leave it.
    await world.advance({ ...world.ports, killSwitch: switchThat(world, async () => ON) });
    expect(world.broker.canceled).toEqual(['order-0']);
  });

  it('that is off again does not take up what it stopped', async () => {
    const world = await handedOver();
    await world.advance();
    await world.killSwitch.turnOn('balanced', aHalt());
    await world.drive();
    await world.killSwitch.turnOff('balanced', aResume());
    await world.drive();
    expect(world.broker.arrived).toHaveLength(1);
    expect((await world.record()).phase).toMatchObject({ ending: { detail: 'sell SPY: kill-switch, buy TLT: kill-switch' } });
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
