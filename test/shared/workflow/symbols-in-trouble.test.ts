// What happens in mid-run to one symbol, and what becomes of the others: halted, delisted, replaced by hand, taken by a
// stranger, sold in part.
import { describe, expect, it } from 'vitest';
import type { Residual } from '../../../shared/core/execution/leg.ts';
import type { OrderStatus } from '../../../shared/core/execution/order.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { MINUTE_MS } from '../../../shared/core/values/time.ts';
import { percent, WHOLE } from '../../../shared/core/values/weight.ts';
import { readArtifact } from '../../../shared/workflow/read-artifact.ts';
import { aPolicy, WorkflowWorld } from './workflow-world.ts';

const SELL = 'balanced_2026-11-20_daily_SPY_sell_0_0';

async function handedOver(policy = aPolicy()): Promise<WorkflowWorld> {
  const world = new WorkflowWorld(policy);
  await world.signal();
  return world;
}

async function residualsOf(world: WorkflowWorld): Promise<(Residual | undefined)[]> {
  const { phase } = await world.record();
  if (phase.kind !== 'ended') throw new Error(`the run is ${phase.kind}`);
  return (phase.execution?.legs ?? []).map(({ stage }) => (stage.kind === 'done' ? stage.residual : undefined));
}

/** From now on the broker says this of the sell; everything else fills. */
function sellIs(world: WorkflowWorld, status: OrderStatus): void {
  const order = world.broker.books.get(SELL);
  if (order === undefined) throw new Error('the sell is not at the broker');
  world.broker.books.set(SELL, { ...order, status });
  world.broker.answer = (intent) => world.broker.takeAndFill(intent);
}

describe('a symbol that is halted in mid-run', () => {
  it('is left as suspended once its steps are over, and the buys go on with the money there is', async () => {
    const world = await handedOver();
    await world.advance();
    sellIs(world, 'suspended');
    const from = world.now;
    await world.drive();
    // 2,000 dollars buy 19 shares at 100.01.
    expect(await residualsOf(world)).toEqual([
      { quantity: shares('22'), code: 'suspended', figures: { status: 'canceled' } },
      { quantity: shares('20'), code: 'insufficient-proceeds', figures: {} },
    ]);
    expect(world.broker.arrived.map(({ symbol }) => symbol)).toEqual(['SPY', 'TLT']);
    // Twice half a minute, and a minute for the last step.
    expect(world.now - from).toBe(2 * MINUTE_MS);
  });

  it('goes on where it was when the halt is over in time', async () => {
    const world = await handedOver();
    await world.advance();
    sellIs(world, 'suspended');
    world.now += 40_000;
    await world.advance();
    sellIs(world, 'working');
    world.broker.fill(SELL, shares('22'));
    await world.drive();
    expect(await residualsOf(world)).toEqual([undefined, undefined]);
  });
});

describe('a symbol that is delisted in mid-run', () => {
  it('has no quote any more: it is left with that reason, and the others go on', async () => {
    const world = await handedOver();
    const quotes = world.quotes;
    world.quotes = (symbol) => (symbol === 'SPY' ? undefined : quotes(symbol));
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await world.drive();
    expect((await residualsOf(world)).map((residual) => residual?.code)).toEqual(['quote-missing', 'insufficient-proceeds']);
    expect(world.broker.arrived.map(({ symbol }) => symbol)).toEqual(['TLT']);
    const { outcome } = await readArtifact(world.artifacts, await world.record(), 'outcome');
    // Nobody knows what it is worth: what was missed is unknown, not nothing.
    expect(outcome.trades[0]?.shortfall).not.toHaveProperty('opportunity');
    expect(world.notifier.notices[0]?.body).toContain('opportunity unknown');
  });
});

describe('an order that somebody replaces by hand', () => {
  it('ends its leg: what takes its place is not ours', async () => {
    const world = await handedOver();
    await world.advance();
    sellIs(world, 'replaced');
    await world.drive();
    expect((await residualsOf(world))[0]).toMatchObject({ code: 'replaced-elsewhere', quantity: shares('22') });
  });
});

describe('an order under our id that is not the one we decided', () => {
  it.each([
    ['quantity', { quantity: shares('21') }],
    ['side', { side: 'buy' as const }],
    ['symbol', { symbol: 'QQQ' }],
  ])('(another %s) ends its leg, pages, and lets the others go on', async (_, other) => {
    const world = await handedOver();
    await world.advance();
    const order = world.broker.books.get(SELL);
    if (order === undefined) throw new Error('the sell is not at the broker');
    world.broker.books.set(SELL, { ...order, ...other });
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await world.drive();
    expect((await residualsOf(world)).map((residual) => residual?.code)).toEqual(['foreign-order', 'insufficient-proceeds']);
    // Whoever put it there may want it.
    expect(world.broker.canceled).toEqual([]);
    expect(world.notifier.notices).toMatchObject([{ severity: 'page', code: 'foreign-order' }]);
  });
});

describe('a sell that fills in part', () => {
  it('funds the buys in part, by what the broker confirms', async () => {
    const world = await handedOver();
    await world.advance();
    world.broker.fill(SELL, shares('10'), 'canceled');
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await world.drive();
    // 2,000 + 10 · 100 dollars buy 29 shares at 100.01, of 39.
    expect(await residualsOf(world)).toEqual([
      { quantity: shares('12'), code: 'canceled-by-broker', figures: { status: 'canceled' } },
      { quantity: shares('10'), code: 'insufficient-proceeds', figures: {} },
    ]);
    expect(world.broker.held.get('TLT')).toBe(shares('29'));
    expect(world.broker.cash).toBe(usd('100'));
  });
});

describe('a position that leaves the portfolio', () => {
  const leaving = [
    { weight: 0n, child: { kind: 'asset' as const, symbol: 'SPY' } },
    { weight: percent('60%'), child: { kind: 'asset' as const, symbol: 'TLT' } },
    { weight: percent('40%'), child: { kind: 'cash' as const } },
  ];
  const [core] = aPolicy().sleeves;

  it('is sold by the quantity that is held, to the last fraction, in whole-share portfolios too', async () => {
    if (core === undefined) throw new Error('unreachable');
    const world = new WorkflowWorld(
      aPolicy({ sleeves: [{ ...core, capital: WHOLE, strategy: { kind: 'specified', children: leaving } }] }),
    );
    world.broker.held.set('SPY', shares('80.123456789'));
    await world.signal();
    await world.advance();
    expect(world.broker.arrived[0]).toMatchObject({ symbol: 'SPY', side: 'sell', quantity: shares('80.123456789') });
    // A fill in part and a cancel: the rest is sold to the last fraction as well.
    world.broker.fill(SELL, shares('80'), 'working');
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    world.quotes = (symbol) => ({ symbol, bid: usd('99.95'), ask: usd('100.05'), at: world.now });
    await world.drive();
    expect(world.broker.arrived[1]).toMatchObject({ symbol: 'SPY', side: 'sell', quantity: shares('0.123456789') });
    expect(world.broker.held.get('SPY')).toBe(0n);
  });
});

describe('the cost of a run', () => {
  it('is measured from the decision to the fills, each trade by itself', async () => {
    const world = await handedOver();
    // A tenth of a dollar up since the plan; the broker fills at 100.
    world.quotes = (symbol) => ({ symbol, bid: usd('100.05'), ask: usd('100.15'), at: world.now });
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await world.drive();
    const { outcome } = await readArtifact(world.artifacts, await world.record(), 'outcome');
    expect(outcome.trades.map(({ symbol, shortfall }) => [symbol, shortfall?.delay, shortfall?.execution, shortfall?.opportunity])).toEqual(
      [
        ['SPY', usd('-2.20'), usd('2.20'), 0n],
        ['TLT', usd('3.90'), usd('-3.90'), 0n],
      ],
    );
  });
});
