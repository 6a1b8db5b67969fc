// What the account holds beside the portfolio, in a file that says `unowned: sell`: 80 SPY, 2,000 dollars and 10 GME,
// everything at 100 dollars. The whole is 11,000: 58.8 % SPY are 64 shares, 39.2 % TLT 43.
import { describe, expect, it } from 'vitest';
import type { Unowned } from '../../../shared/contracts/portfolio-policy.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { DAY_MS } from '../../../shared/core/values/time.ts';
import type { Asset } from '../../../shared/ports/broker.ts';
import { readArtifact } from '../../../shared/workflow/read-artifact.ts';
import { aPolicy, DUE, DUE_EVENT, WorkflowWorld } from './workflow-world.ts';

const GME: Asset = { symbol: 'GME', isTradable: true, isFractionable: true };

function worldWith(unowned: Unowned, gme: Asset = GME): WorkflowWorld {
  const world = new WorkflowWorld(aPolicy({ unowned, account: { name: 'main', mode: 'paper', number: 'PA1' } }));
  world.broker.listed = [...world.broker.listed, gme];
  world.broker.held.set('GME', shares('10'));
  world.broker.answer = (intent) => world.broker.takeAndFill(intent);
  return world;
}

async function planOf(world: WorkflowWorld) {
  await world.signal();
  const { plan } = await readArtifact(world.artifacts, await world.record(), 'plan');
  return plan;
}

describe('unowned: sell', () => {
  it('plans the sale of what no sleeve names, with its reason, and counts what it is worth', async () => {
    const plan = await planOf(worldWith('sell'));
    expect(plan.equity).toBe(usd('11000'));
    expect(plan.trades.map(({ symbol, side, quantity, reason }) => [symbol, side, quantity, reason])).toEqual([
      ['GME', 'sell', shares('10'), 'unowned'],
      ['SPY', 'sell', shares('16'), undefined],
      ['TLT', 'buy', shares('43'), undefined],
    ]);
  });

  it('sells it by orders like any other, counts it in the ledger, and is done with it', async () => {
    const world = worldWith('sell');
    await world.signal();
    await world.drive();
    expect(world.broker.held.get('GME')).toBe(0n);
    const ledger = await world.ledgers.load('balanced');
    expect(ledger?.ledger.holdings.find(({ symbol }) => symbol === 'GME')?.quantity).toBe(0n);
    world.now = DUE + 3 * DAY_MS + 5_000;
    const next = await world.signal({ ...DUE_EVENT, scheduledTime: new Date(DUE + 3 * DAY_MS).toISOString() });
    expect(next).toMatchObject({ kind: 'nothing-to-trade' });
  });

  it('tells the owner before anything of it is sold, and what came of it', async () => {
    const world = worldWith('sell');
    await world.signal();
    expect(world.notifier.notices).toMatchObject([{ severity: 'info', code: 'unowned-sale', body: expect.stringContaining('10 GME') }]);
    expect(world.broker.arrived).toEqual([]);
    await world.drive();
    expect(world.notifier.notices.at(-1)).toMatchObject({
      code: 'positions-ended',
      body: 'GME is named by no sleeve. Traded: sold 10 of 10 GME.',
    });
  });

  it('sells it inside a band of points too', async () => {
    const world = worldWith('sell');
    // 1 of 100 is inside five points, and so is the rest.
    world.broker.held.set('GME', shares('1')).set('SPY', shares('58')).set('TLT', shares('39'));
    world.broker.cash = usd('200');
    const plan = await planOf(world);
    expect(plan.isTriggered).toBe(true);
    expect(plan.trades).toContainEqual(expect.objectContaining({ symbol: 'GME', reason: 'unowned' }));
  });

  it.each([
    ['not-tradable', { ...GME, isTradable: false }],
    ['not-understood', { ...GME, class: 'other' as const }],
  ])('leaves it alone and does not count it where it is %s', async (code, gme) => {
    const world = worldWith('sell', gme);
    const plan = await planOf(world);
    expect(plan.equity).toBe(usd('10000'));
    expect(plan.trades.map(({ symbol }) => symbol)).toEqual(['SPY', 'TLT']);
    expect(plan.skipped).toContainEqual({ symbol: 'GME', code, figures: { quantity: '10' } });
    expect((await world.ledgers.load('balanced'))?.ledger.holdings.map(({ symbol }) => symbol)).not.toContain('GME');
  });

  it('waits for a quote that may be traded on, and lets the rest of the portfolio go on', async () => {
    const world = worldWith('sell');
    const { quotes } = world;
    world.quotes = (symbol) => (symbol === 'GME' ? { symbol, bid: usd('90'), ask: usd('110'), at: world.now } : quotes(symbol));
    const plan = await planOf(world);
    expect(plan.equity).toBe(usd('10000'));
    expect(plan.skipped).toContainEqual(expect.objectContaining({ symbol: 'GME', code: 'quote-wide' }));
    expect(plan.trades.map(({ symbol }) => symbol)).toEqual(['SPY', 'TLT']);
  });

  it('leaves it to an open order of somebody else, which does not stop the run', async () => {
    const world = worldWith('sell');
    world.broker.take({
      clientOrderId: 'by-hand',
      symbol: 'GME',
      side: 'sell',
      quantity: shares('4'),
      limitPrice: usd('120'),
      timeInForce: 'day',
    });
    const plan = await planOf(world);
    expect(plan.skipped).toContainEqual({ symbol: 'GME', code: 'quantity-held', figures: { quantity: '10' } });
  });

  it('sells nothing in another account than the file names', async () => {
    const world = worldWith('sell');
    world.broker.accountNumber = 'PA2';
    expect(await world.signal()).toMatchObject({ kind: 'refused', code: 'account-mismatch' });
  });
});

it.each(['leave', 'adopt'] as const)('unowned: %s leaves alone what no sleeve names', async (unowned) => {
  const plan = await planOf(worldWith(unowned));
  expect(plan.equity).toBe(usd('10000'));
  expect(plan.skipped).toContainEqual({ symbol: 'GME', code: 'not-in-portfolio', figures: { quantity: '10' } });
});
