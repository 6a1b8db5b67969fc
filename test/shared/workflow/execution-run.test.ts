import { describe, expect, it } from 'vitest';
import { metricNames } from '../../../shared/contracts/metric-names.ts';
import type { Leg } from '../../../shared/core/execution/leg.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { BrokerError } from '../../../shared/ports/outside-error.ts';
import { UnresolvedRun } from '../../../shared/workflow/execution-run.ts';
import type { RunPorts } from '../../../shared/workflow/world.ts';
import { Death, dyingPorts } from './dying-ports.ts';
import { CLOSE, RUN_ID, WorkflowWorld } from './workflow-world.ts';

const SELL = 'balanced_2026-11-20_daily_SPY_sell_0_0';
const BUY = 'balanced_2026-11-20_daily_TLT_buy_0_0';

/** A run that is handed over and has not begun. */
async function handedOver(): Promise<WorkflowWorld> {
  const world = new WorkflowWorld();
  await world.signal();
  return world;
}

async function legsOf(world: WorkflowWorld): Promise<readonly Leg[]> {
  const { phase } = await world.record();
  return phase.kind === 'claimed' ? [] : (phase.execution?.legs ?? []);
}

async function stagesOf(world: WorkflowWorld) {
  return (await legsOf(world)).map(({ stage }) => stage);
}

function idsOf(world: WorkflowWorld): string[] {
  return world.broker.arrived.map(({ clientOrderId }) => clientOrderId);
}

/** The same ports with one method of the broker replaced. */
function withBroker(world: WorkflowWorld, replaced: Partial<RunPorts['broker']>): RunPorts {
  const { broker } = world;
  const bound: RunPorts['broker'] = {
    capabilities: broker.capabilities,
    account: () => broker.account(),
    positions: () => broker.positions(),
    openOrders: () => broker.openOrders(),
    orderByClientOrderId: (id) => broker.orderByClientOrderId(id),
    submit: (intent) => broker.submit(intent),
    cancel: (orderId) => broker.cancel(orderId),
    calendar: (from, to) => broker.calendar(from, to),
    assets: (symbols) => broker.assets(symbols),
    activities: (from) => broker.activities(from),
  };
  return { ...world.ports, broker: { ...bound, ...replaced } };
}

function fails(effect: 'none' | 'unknown', code: string): never {
  throw new BrokerError(code, { effect, code });
}

describe('a run whose orders fill at once', () => {
  it('sells, buys, ends and says so, in one turn', async () => {
    const world = await handedOver();
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    expect(await world.advance()).toEqual({ runId: RUN_ID, done: true, waitSeconds: 0 });
    expect(idsOf(world)).toEqual([SELL, BUY]);
    expect((await world.record()).phase).toMatchObject({ kind: 'ended', ending: { kind: 'completed', detail: '2 trades filled' } });
    // 2,000 + 22 · 100 − 39 · 100.
    expect(world.broker.cash).toBe(usd('300'));
    expect(await world.highWaterMarks.read('balanced')).toMatchObject({ mark: usd('10000'), level: 'normal' });
    expect(world.notifier.notices).toEqual([]);
  });

  it('stays ended however often the crank is turned', async () => {
    const world = await handedOver();
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await world.advance();
    const { version } = await world.record();
    expect(await world.advance()).toMatchObject({ done: true });
    expect((await world.record()).version).toBe(version);
    expect(world.broker.arrived).toHaveLength(2);
  });
});

describe('a run that does not exist', () => {
  it('is not executed', async () => {
    await expect(new WorkflowWorld().advance()).rejects.toThrow(`no run ${RUN_ID}`);
  });
});

describe('the record', () => {
  it('holds the intent before it is sent', async () => {
    const world = await handedOver();
    let held: unknown;
    const submit: RunPorts['broker']['submit'] = async (intent) => {
      held = (await stagesOf(world))[0];
      return world.broker.submit(intent);
    };
    await world.advance(withBroker(world, { submit }));
    expect(held).toMatchObject({ kind: 'sending', attempts: 1, intent: { clientOrderId: SELL } });
  });

  it('lets a stale driver send nothing', async () => {
    const world = await handedOver();
    // Both read the record before either writes it.
    const turns = await Promise.all([world.advance(), world.advance(), world.advance()]);
    expect(idsOf(world)).toEqual([SELL]);
    expect(turns.map(({ waitSeconds }) => waitSeconds)).toContain(5);
    expect(world.telemetry.counts.get(metricNames.staleWrites)).toBe(2);
  });
});

describe('an answer that was lost', () => {
  it('finds the order that landed, and sends no other', async () => {
    const world = await handedOver();
    const submit: RunPorts['broker']['submit'] = async (intent) => {
      await world.broker.submit(intent);
      return fails('unknown', 'timeout');
    };
    await world.advance(withBroker(world, { submit }));
    expect((await stagesOf(world))[0]).toMatchObject({ kind: 'working', orderId: 'order-0' });
    expect(idsOf(world)).toEqual([SELL]);
  });

  it('sends the very same again when nothing is found, until it is', async () => {
    const world = await handedOver();
    world.broker.answer = () => fails('unknown', 'timeout');
    expect(await world.advance()).toMatchObject({ done: false, waitSeconds: 2 });
    world.now += 2_000;
    expect(await world.advance()).toMatchObject({ waitSeconds: 4 });
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    world.now += 4_000;
    await world.advance();
    expect(
      new Set(
        world.broker.arrived
          .slice(0, 3)
          .map((intent) => JSON.stringify(intent, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))),
      ).size,
    ).toBe(1);
    expect(idsOf(world)).toEqual([SELL, SELL, SELL, BUY]);
  });

  it('ends the run as unresolved when the broker never says, and every later turn fails too', async () => {
    const world = await handedOver();
    world.broker.answer = () => fails('unknown', 'timeout');
    await expect(world.drive()).rejects.toBeInstanceOf(UnresolvedRun);
    expect(world.now).toBeGreaterThanOrEqual(CLOSE);
    expect((await world.record()).phase).toMatchObject({
      kind: 'ended',
      ending: { kind: 'unresolved', detail: 'sell SPY: unresolved, buy TLT: deadline' },
    });
    await expect(world.advance()).rejects.toThrow('is unresolved');
    expect(world.telemetry.counts.get(metricNames.runsUnresolved)).toBe(1);
  });

  it('closes no leg whose repetition was rejected, and cancels nothing that lives: golden case of the held shares', async () => {
    const world = await handedOver();
    const [landsLate] = [world.broker.answer];
    world.broker.answer = () => fails('unknown', 'timeout');
    await world.advance();
    world.now += 2_000;
    // The first one lands and holds the shares, is not to be seen yet, and so the second is refused for want of them.
    const submit: RunPorts['broker']['submit'] = async (intent) => {
      landsLate(intent);
      return { kind: 'rejected', code: '40310000', message: 'insufficient qty available for order (requested: 22, available: 0)' };
    };
    const unseen = { submit, openOrders: async () => [], orderByClientOrderId: async () => undefined };
    await world.advance(withBroker(world, unseen));
    expect((await stagesOf(world))[0]).toMatchObject({ kind: 'sending', attempts: 2, withoutEffect: 1 });
    world.now += 4_000;
    await world.advance();
    expect((await stagesOf(world))[0]).toMatchObject({ kind: 'working', orderId: 'order-0' });
  });
});

describe('a submission that the broker certainly did not take', () => {
  it('is rejected once, with its words, and the buys go on without its money', async () => {
    const world = await handedOver();
    world.broker.answer = (intent) =>
      intent.side === 'sell' ? { kind: 'rejected', code: '40310000', message: 'asset is halted' } : world.broker.takeAndFill(intent);
    await world.drive();
    // 2,000 dollars buy 19 shares at 100.01, of 39.
    expect((await stagesOf(world)).map((stage) => stage.kind === 'done' && stage.residual)).toEqual([
      { quantity: shares('22'), code: 'rejected', figures: { code: '40310000', message: 'asset is halted' } },
      { quantity: shares('20'), code: 'insufficient-proceeds', figures: {} },
    ]);
    expect(world.notifier.notices).toMatchObject([{ severity: 'ticket', code: 'residuals' }]);
  });

  it('is sent again when it came too fast', async () => {
    const world = await handedOver();
    const taken = world.broker.answer;
    world.broker.answer = () => fails('none', 'rate-limited');
    await world.advance();
    expect((await stagesOf(world))[0]).toMatchObject({ attempts: 1, withoutEffect: 1 });
    world.now += 2_000;
    world.broker.answer = taken;
    await world.advance();
    expect((await stagesOf(world))[0]).toMatchObject({ kind: 'working' });
  });

  it('that was too fast to the very end is no unresolved order', async () => {
    const world = await handedOver();
    world.broker.answer = () => fails('none', 'rate-limited');
    await world.drive();
    expect((await world.record()).phase).toMatchObject({
      ending: { kind: 'completed-with-residuals', detail: 'sell SPY: deadline, buy TLT: deadline' },
    });
  });
});

/** The bid falls and the ask rises by a cent every half minute: each price step finds another price. */
function movesAway(world: WorkflowWorld): void {
  const from = world.now;
  world.quotes = (symbol) => {
    const away = 10_000n * BigInt(Math.floor((world.now - from) / 30_000) % 10);
    return { symbol, bid: usd('99.99') - away, ask: usd('100.01') + away, at: world.now };
  };
}

describe('an order that does not fill', () => {
  it('stays where it is while its price would be the same, and is then left', async () => {
    const world = await handedOver();
    await world.drive();
    expect(idsOf(world)).toEqual([SELL, BUY]);
    expect((await stagesOf(world))[0]).toMatchObject({ residual: { code: 'unfilled-at-limit', quantity: shares('22') } });
  });

  it('is priced again on a fresh quote after every wait, and then left', async () => {
    const world = await handedOver();
    movesAway(world);
    await world.drive();
    expect(idsOf(world)).toEqual(
      [0, 1, 2]
        .map((peg) => `balanced_2026-11-20_daily_SPY_sell_0_${peg}`)
        .concat([0, 1, 2].map((peg) => `balanced_2026-11-20_daily_TLT_buy_0_${peg}`)),
    );
    expect((await stagesOf(world))[0]).toMatchObject({ residual: { code: 'unfilled-at-limit', quantity: shares('22') } });
  });

  it('is asked to stop again when the cancel failed', async () => {
    const world = await handedOver();
    movesAway(world);
    await world.advance();
    world.now += 30_000;
    let asked = 0;
    const cancel = async (): Promise<never> => {
      asked += 1;
      return fails('unknown', 'timeout');
    };
    await world.advance(withBroker(world, { cancel }));
    // Once for the decision and once more on the look that follows, then not before the next turn.
    expect(asked).toBe(2);
    expect((await stagesOf(world))[0]).toMatchObject({ kind: 'canceling', cause: { kind: 'next-peg' } });
    await world.advance();
    expect(world.broker.canceled).toEqual(['order-0']);
    await world.advance();
    expect(idsOf(world)).toEqual([SELL, 'balanced_2026-11-20_daily_SPY_sell_0_1']);
  });
});

describe.each(['before', 'after'] as const)('a turn that dies %s any one of its calls', (when) => {
  it('is made good by the next: everything is traded once', async () => {
    for (let nth = 1; ; nth += 1) {
      const world = await handedOver();
      world.broker.answer = (intent) => world.broker.takeAndFill(intent);
      const died = await world.advance(dyingPorts(world.ports, nth, when).ports).then(
        () => false,
        (error: unknown) => error instanceof Death,
      );
      if (!died) return expect(nth).toBeGreaterThan(20);
      world.now += 10_000;
      await world.drive();
      expect(idsOf(world).filter((id) => id === SELL).length, `call ${nth}`).toBeLessThanOrEqual(2);
      expect([world.broker.held.get('SPY'), world.broker.held.get('TLT'), world.broker.cash], `call ${nth}`).toEqual([
        shares('58'),
        shares('39'),
        usd('300'),
      ]);
      expect((await world.record()).phase, `call ${nth}`).toMatchObject({ ending: { kind: 'completed' } });
      expect(await world.highWaterMarks.read('balanced'), `call ${nth}`).toMatchObject({ mark: usd('10000') });
    }
  });
});
