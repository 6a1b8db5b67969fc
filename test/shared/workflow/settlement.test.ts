// An account without margin: what it sells today pays for nothing today. 2026-11-20 is a Friday, so it pays on Monday.
import { describe, expect, it } from 'vitest';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { DAY_MS } from '../../../shared/core/values/time.ts';
import { advanceRun } from '../../../shared/workflow/execution-run.ts';
import { readArtifact } from '../../../shared/workflow/read-artifact.ts';
import { aPolicy, DUE, DUE_EVENT, RUN_ID, WorkflowWorld } from './workflow-world.ts';

function aCashWorld(policy = aPolicy()): WorkflowWorld {
  const world = new WorkflowWorld(policy);
  world.broker.margin = { multiplier: 1 };
  world.broker.answer = (intent) => world.broker.takeAndFill(intent);
  return world;
}

/** What arrived at the broker, as `sell 22 SPY`. */
function tradesOf({ broker }: WorkflowWorld): string[] {
  return broker.arrived.map(({ side, quantity, symbol }) => `${side} ${quantity / 1_000_000_000n} ${symbol}`);
}

async function runOn(world: WorkflowWorld, days: number): Promise<string> {
  world.now = DUE + days * DAY_MS + 5_000;
  const result = await world.signal({ ...DUE_EVENT, scheduledTime: new Date(DUE + days * DAY_MS).toISOString() });
  if (result.kind !== 'handed-over') return result.kind;
  for (let done = false; !done; ) {
    const turn = await advanceRun(result.runId, world.ports);
    done = turn.done;
    world.now += turn.waitSeconds * 1_000;
  }
  return result.kind;
}

describe('an account without margin', () => {
  it('buys with what is settled, and with the proceeds once they have arrived', async () => {
    const world = aCashWorld();
    await runOn(world, 0);
    // 19 TLT at 100.20 dollars at worst are 1,903.80 of 2,000; 39 are wanted.
    expect(tradesOf(world)).toEqual(['sell 22 SPY', 'buy 19 TLT']);
    const { plan } = await readArtifact(world.artifacts, await world.record(), 'plan');
    expect(plan.skipped).toMatchObject([{ symbol: 'TLT', code: 'unsettled-cash', figures: { wanted: '39', leftOut: '20' } }]);
    expect((await world.record()).phase).toMatchObject({ kind: 'ended', ending: { kind: 'completed' } });

    await runOn(world, 3);
    // 2,300 dollars in cash are above its 2 % by more than the band: the 20 TLT are bought.
    expect(tradesOf(world).slice(2)).toEqual(['buy 20 TLT']);
    expect(await runOn(world, 4)).toBe('nothing-to-trade');
  });

  it('counts what was sold by hand as not arrived, in whatever symbol', async () => {
    const world = aCashWorld();
    world.broker.held.set('GLD', shares('10'));
    world.broker.tradeByHand('GLD', 'sell', shares('10'));
    await runOn(world, 0);
    expect(tradesOf(world)).toEqual(['sell 16 SPY', 'buy 19 TLT']);
    const { settlement } = await readArtifact(world.artifacts, await world.record(), 'snapshot');
    expect(settlement).toEqual({ rule: 'settled-only', settledCash: usd('2000'), unsettledCash: usd('1000'), locked: [] });
  });

  it('does not sell on the same day what it bought while proceeds were under way', async () => {
    const world = aCashWorld(aPolicy({ settlement: 'allow-unsettled' }));
    await runOn(world, 0);
    expect(tradesOf(world)).toEqual(['sell 22 SPY', 'buy 39 TLT']);
    // The price of SPY is halved: TLT is too much of the rest.
    const schedules = aPolicy().schedules.map((each) => ({ ...each, name: 'later', at: { anchor: 'close' as const, offsetMinutes: -15 } }));
    world.source = { ...world.source, policy: aPolicy({ settlement: 'allow-unsettled', schedules }) };
    world.quotes = (symbol) => ({
      symbol,
      bid: usd(symbol === 'SPY' ? '49.99' : '99.99'),
      ask: usd(symbol === 'SPY' ? '50.01' : '100.01'),
      at: world.now,
    });
    world.now = DUE + 10 * 60_000 + 5_000;
    const result = await world.signal({ ...DUE_EVENT, schedule: 'later', scheduledTime: new Date(DUE + 10 * 60_000).toISOString() });
    if (result.kind !== 'nothing-to-trade' && result.kind !== 'handed-over') throw new Error(result.kind);
    const record = await world.runStore.load(result.runId);
    if (record === undefined) throw new Error('no record');
    const { plan } = await readArtifact(world.artifacts, record, 'plan');
    expect(plan.trades.filter(({ side }) => side === 'sell')).toEqual([]);
    expect(plan.skipped).toContainEqual(expect.objectContaining({ symbol: 'TLT', code: 'unsettled-purchase' }));
  });

  it('trades as ever where its owner leaves it to the broker, or where it has margin', async () => {
    for (const world of [aCashWorld(aPolicy({ settlement: 'broker' })), aCashWorld()]) {
      if (world.source.policy.settlement === undefined) world.broker.margin = { multiplier: 2 };
      await runOn(world, 0);
      expect(tradesOf(world)).toEqual(['sell 22 SPY', 'buy 39 TLT']);
      expect(await readArtifact(world.artifacts, await world.record(), 'snapshot')).not.toHaveProperty('settlement');
    }
  });
});

describe('a deposit between two runs', () => {
  it('is invested in what is below its target, without a sale, and once', async () => {
    const world = new WorkflowWorld();
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await runOn(world, 0);
    expect(tradesOf(world)).toEqual(['sell 22 SPY', 'buy 39 TLT']);
    world.broker.cash += usd('350');
    world.broker.happened.push({ kind: 'transfer', id: 'deposit', at: DUE + DAY_MS, word: 'CSD', amount: usd('350') });
    await runOn(world, 3);
    // Of 10,350 dollars 60.86 SPY and 40.57 TLT are wanted, and 58 and 39 held. Cash of 650 is inside its band, 443 above
    // the reserve of 207, and 350 came in: enough for 3 shares at 100.20 at worst.
    expect(tradesOf(world).slice(2)).toEqual(['buy 2 SPY', 'buy 1 TLT']);
    const run = await world.runStore.load(RUN_ID.replace('11-20', '11-23'));
    if (run === undefined) throw new Error('no record');
    expect((await readArtifact(world.artifacts, run, 'plan')).plan).toMatchObject({ isTriggered: false, deposit: usd('350') });
    expect(await runOn(world, 4)).toBe('nothing-to-trade');
    expect(tradesOf(world)).toHaveLength(4);
  });
});

describe('between two runs', () => {
  it('a dividend is cash, and no deposit: nothing is traded for it inside the band', async () => {
    const world = new WorkflowWorld();
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await runOn(world, 0);
    world.broker.cash += usd('350');
    world.broker.happened.push({ kind: 'dividend', id: 'dividend', at: DUE + DAY_MS, word: 'DIV', symbol: 'SPY', amount: usd('350') });
    expect(await runOn(world, 3)).toBe('nothing-to-trade');
    const { ledger } = (await world.ledgers.load('balanced')) ?? {};
    expect(ledger?.cash.dividend).toBe(usd('350'));
    expect(ledger).not.toHaveProperty('uninvested');
  });

  it('a split is explained by what the broker says of it, and the next plan is made with the new shares', async () => {
    const world = new WorkflowWorld();
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await runOn(world, 0);
    // Two for one: 78 TLT at 50 dollars, where 39 were.
    world.broker.held.set('TLT', shares('78'));
    const split = {
      kind: 'corporate-action',
      id: 'split',
      at: DUE + 2 * DAY_MS,
      word: 'SPLIT',
      symbol: 'TLT',
      quantity: shares('39'),
      amount: 0n,
    } as const;
    world.broker.happened.push(split);
    world.quotes = (symbol) => {
      const cents = symbol === 'TLT' ? 5_000n : 10_000n;
      return { symbol, bid: (cents - 1n) * 10_000n, ask: (cents + 1n) * 10_000n, at: world.now };
    };
    expect(await runOn(world, 3)).toBe('nothing-to-trade');
    const { ledger } = (await world.ledgers.load('balanced')) ?? {};
    expect(ledger?.holdings).toContainEqual({ symbol: 'TLT', quantity: shares('78') });
  });

  it('a split that the broker does not put into figures stops the next run', async () => {
    const world = new WorkflowWorld();
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await runOn(world, 0);
    world.broker.held.set('TLT', shares('78'));
    expect(await runOn(world, 3)).toBe('refused');
  });
});
