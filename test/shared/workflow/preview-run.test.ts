// What a run would come to now: the way of a run, and nothing changed anywhere.
import { describe, expect, it } from 'vitest';
import { usd } from '../../../shared/core/values/money.ts';
import { formatShares } from '../../../shared/core/values/shares.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/core/values/time.ts';
import { percent } from '../../../shared/core/values/weight.ts';
import { type Preview, previewRun } from '../../../shared/workflow/preview-run.ts';
import { withoutEffects } from '../../../shared/workflow/without-effects.ts';
import { aPolicy, CLOSE, DUE, WorkflowWorld } from './workflow-world.ts';

async function preview(world: WorkflowWorld): Promise<Preview> {
  const [schedule] = world.source.policy.schedules;
  if (schedule === undefined) throw new Error('no schedule');
  return previewRun(world.source, schedule, world.ports);
}

function tradesOf({ plan }: Preview): readonly string[] {
  return plan?.plan.trades.map(({ side, quantity, symbol }) => `${side} ${formatShares(quantity)} ${symbol}`) ?? [];
}

/** Everything that anybody could have written. */
async function traces(world: WorkflowWorld) {
  return {
    runs: await world.runStore.list('balanced', 10),
    ledger: await world.ledgers.load('balanced'),
    mark: await world.highWaterMarks.read('balanced'),
    turns: await world.killSwitch.turns('balanced', 10),
    notices: world.notifier.notices.length,
    orders: world.broker.arrived.length,
    started: world.engine.take(),
  };
}

const NO_TRACE = { runs: [], ledger: undefined, mark: undefined, turns: [], notices: 0, orders: 0, started: undefined };

describe('a preview', () => {
  it('plans what the run at that moment plans, and leaves no trace', async () => {
    const world = new WorkflowWorld();
    const before = await preview(world);
    expect(tradesOf(before)).toEqual(['sell 22 SPY', 'buy 39 TLT']);
    expect(before).toMatchObject({ prices: 'quotes', notStarted: undefined, next: { kind: 'execute' }, session: { date: '2026-11-20' } });
    expect(await traces(world)).toEqual(NO_TRACE);

    await world.signal();
    const { artifacts } = await world.record();
    expect(artifacts.plan).toBeDefined();
    expect((await world.record()).phase).toMatchObject({ execution: { legs: [{ symbol: 'SPY' }, { symbol: 'TLT' }] } });
  });

  it('takes the last closes while the exchange is closed, for the session that comes', async () => {
    const world = new WorkflowWorld();
    world.now = CLOSE + HOUR_MS;
    // As the broker's last quote of the day is: old, and wide.
    world.quotes = (symbol) => ({ symbol, bid: usd('90'), ask: usd('110'), at: CLOSE });
    const found = await preview(world);
    expect(found).toMatchObject({ prices: 'last-closes', session: { date: '2026-11-23' }, snapshot: { historyAsOf: '2026-11-20' } });
    expect(found.snapshot?.quotes.map(({ bid, ask }) => [bid, ask])).toEqual([
      [usd('100'), usd('100')],
      [usd('100'), usd('100')],
    ]);
    expect(tradesOf(found)).toEqual(['sell 22 SPY', 'buy 39 TLT']);
    expect(await traces(world)).toEqual(NO_TRACE);
  });

  it('is of the same day before the open, and of quotes from then on', async () => {
    const world = new WorkflowWorld();
    const open = CLOSE - 390 * MINUTE_MS;
    world.now = open - 1;
    expect(await preview(world)).toMatchObject({ prices: 'last-closes', session: { date: '2026-11-20' } });
    world.now = open;
    expect(await preview(world)).toMatchObject({ prices: 'quotes', session: { date: '2026-11-20' } });
  });

  it('plans for the part of the account that the portfolio uses, with a band as much smaller', async () => {
    const world = new WorkflowWorld(aPolicy({ account: { name: 'main', mode: 'paper', capital: percent('10%') } }));
    world.now = CLOSE - 390 * MINUTE_MS;
    const { decision, plan } = await preview(world);
    // 98 % of 60 and of 40 %, and a tenth of that; a tenth of the band of 5 points.
    expect(decision?.result).toMatchObject({
      targets: {
        weights: [
          { symbol: 'SPY', weight: percent('5.88%') },
          { symbol: 'TLT', weight: percent('3.92%') },
        ],
        cash: percent('90.2%'),
      },
    });
    expect(plan?.band).toEqual({ absolute: percent('0.5%') });
  });

  it('says what has no close, and goes on', async () => {
    const world = new WorkflowWorld();
    world.now = CLOSE + DAY_MS;
    world.hasCloses = false;
    expect(await preview(world)).toMatchObject({ next: { kind: 'refused', code: 'no-price' }, plan: undefined });
  });

  it('says what would keep a run from starting, and plans all the same', async () => {
    const world = new WorkflowWorld();
    await world.killSwitch.turnOn('balanced', { reason: 'a drill', by: 'me', at: world.now, openOrders: 'cancel' });
    const halted = await preview(world);
    expect(halted.notStarted).toMatchObject({ code: 'kill-switch', detail: 'a drill' });
    expect(tradesOf(halted)).toHaveLength(2);

    const live = new WorkflowWorld(aPolicy({ account: { name: 'main', mode: 'live' } }));
    expect((await preview(live)).notStarted).toMatchObject({ code: 'live-without-verdict' });
  });

  it('says that the run of today is under way', async () => {
    const world = new WorkflowWorld();
    await world.signal();
    await world.advance();
    expect(await preview(world)).toMatchObject({ notStarted: { code: 'run-in-progress' }, next: { kind: 'refused', code: 'open-orders' } });
  });

  it('finds nothing to trade once the run of today has ended', async () => {
    const world = new WorkflowWorld();
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await world.signal();
    await world.drive();
    world.engine.take();
    const before = await traces(world);
    expect(await preview(world)).toMatchObject({ notStarted: undefined, next: { kind: 'nothing-to-trade' } });
    expect(await traces(world)).toEqual(before);
  });

  it('says what the breaker would do, and turns no switch', async () => {
    const limits = { ...aPolicy().limits, breaker: { drawdown: { caution: 10_000n, restricted: 20_000n, stopped: 30_000n } } };
    const world = new WorkflowWorld(aPolicy({ limits }));
    await world.highWaterMarks.move('balanced', undefined, {
      mark: usd('20000'),
      level: 'normal',
      transfers: 0n,
    });
    const found = await preview(world);
    expect(found.next).toMatchObject({ kind: 'refused', code: 'breaker-stopped' });
    expect(found.told.map(({ code }) => code)).toEqual(['breaker-stopped']);
    expect(await world.killSwitch.read('balanced')).toEqual({ kind: 'off' });
    expect(await world.highWaterMarks.read('balanced')).toMatchObject({ level: 'normal' });
  });
});

describe('ports that only look', () => {
  it('refuse every write that whoever looks has no business with', async () => {
    const world = new WorkflowWorld();
    const ports = withoutEffects(world.ports);
    await world.signal();
    const record = await world.record();
    const intent = { clientOrderId: 'x', symbol: 'SPY', side: 'buy', quantity: 1n, limitPrice: 1n, timeInForce: 'day' } as const;
    const note = { reason: 'why', by: 'me', at: DUE };
    for (const write of [
      () => ports.broker.submit(intent),
      () => ports.broker.cancel('order-0'),
      () => ports.runStore.claim(record),
      () => ports.runStore.save(record),
      () => ports.engine.start(record.runId),
      () => ports.killSwitch.turnOff('balanced', note),
    ])
      await expect(write()).rejects.toThrow('whoever only looks');
    expect(world.broker.arrived).toEqual([]);
  });
});
