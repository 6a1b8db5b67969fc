// Why a symbol was traded or not, told from the record and its artifacts alone.
import { describe, expect, it } from 'vitest';
import { whyDocument } from '../../../cli/records/why-document.ts';
import { parsePortfolioFile } from '../../../shared/contracts/portfolio-file.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { readRun } from '../../../shared/workflow/read-run.ts';
import { whySymbol } from '../../../shared/workflow/why-symbol.ts';
import { WorkflowWorld } from './workflow-world.ts';

const FIXED = '{ specified: { SPY: 60%, TLT: 40% } }';

function worldOf({ strategy = FIXED, band = '5%', limits = 'position: 100%, volume: off', more = '' } = {}): WorkflowWorld {
  const world = new WorkflowWorld();
  const text = `portfolio: balanced
schedules: { daily: { at: close-25m, every: day, band: { absolute: ${band} } } }
sleeves: { core: { capital: 100%, strategy: ${strategy} } }
limits: { turnover: 100%, order-notional: 1000000 USD, ${limits} }
cash-reserve: 2%
${more}`;
  const parsed = parsePortfolioFile(text, 'balanced.yaml');
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.problems));
  world.source = { text: parsed.text, policy: parsed.policy };
  world.broker.answer = (intent) => world.broker.takeAndFill(intent);
  return world;
}

async function why(world: WorkflowWorld, symbol: string) {
  const record = await world.record();
  const found = whySymbol(symbol, await readRun(record, world.artifacts));
  return found === undefined ? undefined : whyDocument(record.runId, found);
}

describe('why a symbol', () => {
  it('was sold: its weight left its band, and all of it filled', async () => {
    const world = worldOf();
    await world.signal();
    await world.drive();
    // 80 shares at 100 dollars of 10,000 dollars are 80 %, and 58.8 % were wanted: 22 shares too many.
    expect(await why(world, 'SPY')).toMatchObject({
      answer: 'traded',
      seen: { position: '80', quote: { bid: '99.99', ask: '100.01', mid: '100.00', ageMs: 0 } },
      sleeves: [{ name: 'core', turn: 'every-run', exit: null, leftOut: null, trace: { weights: { SPY: 0.6, TLT: 0.4 } } }],
      line: { weight: '80%', target: '58.8%', drift: '21.2%', band: '5%', isInside: false },
      trade: { side: 'sell', quantity: '22', notional: '2200.00' },
      review: { kind: 'approved' },
      filled: '22',
      driftAfter: '-0.8%',
      ending: { kind: 'completed' },
    });
  });

  it('is being sold', async () => {
    const world = worldOf();
    world.broker.answer = (intent) => world.broker.take(intent);
    await world.signal();
    await world.advance();
    expect(await why(world, 'SPY')).toMatchObject({ answer: 'still-working', filled: '0', ending: null });
    expect(await why(world, 'TLT')).toMatchObject({ answer: 'still-waiting' });
  });

  it('was sold in part, or not at all: what was left has a reason', async () => {
    const world = worldOf();
    world.broker.answer = (intent) => {
      const taken = world.broker.take(intent);
      if (intent.symbol === 'SPY' && intent.clientOrderId.endsWith('_0')) world.broker.fill(intent.clientOrderId, shares('5'), 'expired');
      return taken;
    };
    await world.signal();
    await world.drive();
    const spy = await why(world, 'SPY');
    expect(spy).toMatchObject({ answer: 'partly-traded', filled: '5', residual: { quantity: '17' } });
    expect(spy?.residual?.code).toBe('expired');
    expect((await why(world, 'TLT'))?.answer).not.toBe('traded');
  });

  it('was left: all was inside the band', async () => {
    const world = worldOf({ band: '50%' });
    await world.signal();
    expect(await why(world, 'SPY')).toMatchObject({
      answer: 'inside-band',
      line: { drift: '21.2%', band: '50%', isInside: true },
      plan: { isTriggered: false },
      trade: null,
      filled: null,
      ending: { kind: 'nothing-to-trade' },
    });
  });

  it('was skipped: there was no quote to trade on', async () => {
    const world = worldOf();
    world.quotes = (symbol) => (symbol === 'TLT' ? undefined : { symbol, bid: usd('99.99'), ask: usd('100.01'), at: world.now });
    await world.signal();
    expect(await why(world, 'TLT')).toMatchObject({
      answer: 'quote-missing',
      seen: { quote: null },
      skipped: [{ code: 'quote-missing' }],
      trade: null,
    });
  });

  it('was denied: with the figures that decided', async () => {
    const world = worldOf({ limits: 'position: 100%, volume: off, orders: 1' });
    await world.signal();
    expect(await why(world, 'SPY')).toMatchObject({
      answer: 'orders-max',
      trade: { side: 'sell', quantity: '22' },
      review: { kind: 'denied', code: 'orders-max', figures: expect.anything() },
      filled: null,
      ending: { kind: 'refused', code: 'orders-max' },
    });
    expect(Object.keys((await why(world, 'SPY'))?.review?.figures ?? {})).not.toEqual([]);
  });

  it('was skipped, whatever the rest of the plan was denied for', async () => {
    const world = worldOf({ limits: 'position: 100%, volume: 1%' });
    world.quotes = (symbol) => (symbol === 'TLT' ? undefined : { symbol, bid: usd('99.99'), ask: usd('100.01'), at: world.now });
    await world.signal();
    expect(await why(world, 'SPY')).toMatchObject({ answer: 'volume-max', ending: { kind: 'refused', code: 'volume-max' } });
    expect(await why(world, 'TLT')).toMatchObject({ answer: 'quote-missing' });
  });

  it('was not decided on: the strategy had no answer', async () => {
    const world = worldOf({ strategy: '{ if: { when: { gt: [{ rsi: [SPY, 10] }, 70] }, then: { equal: [SPY, TLT] }, else: TLT } }' });
    world.hasCloses = false;
    await world.signal();
    expect(await why(world, 'SPY')).toMatchObject({ answer: 'undefined-data', line: null, plan: null, ending: { kind: 'refused' } });
  });

  it('was not looked at: the run was refused before', async () => {
    const world = worldOf();
    await world.killSwitch.turnOn('balanced', { reason: 'a drill', by: 'me', at: world.now, openOrders: 'cancel' });
    await world.signal();
    expect(await why(world, 'SPY')).toMatchObject({ answer: 'kill-switch', seen: null, sleeves: [], ending: { detail: 'a drill' } });
  });

  it('was left alone: no sleeve names it', async () => {
    const world = worldOf();
    world.broker.held.set('GLD', shares('3'));
    await world.signal();
    await world.drive();
    expect(await why(world, 'GLD')).toMatchObject({
      answer: 'not-in-portfolio',
      seen: { position: '3', isOurs: false },
      sleeves: [],
      line: null,
    });
  });

  it('is nothing that the run knows', async () => {
    const world = worldOf();
    await world.signal();
    expect(await why(world, 'QQQ')).toBeUndefined();
  });
});
