// Limits and breakers through a whole run: in the plan, before every submission, and from one run to the next. 80 shares of
// SPY and 2,000 dollars are 10,000 dollars; the plan sells 22 SPY and buys 39 TLT, all at 100 dollars.
import { describe, expect, it } from 'vitest';
import type { PortfolioPolicy } from '../../../shared/contracts/portfolio-policy.ts';
import type { Leg } from '../../../shared/core/execution/leg.ts';
import { sessionOn } from '../../../shared/core/market/nyse-calendar.ts';
import type { BreakerStanding } from '../../../shared/core/risk/breaker.ts';
import type { Limits } from '../../../shared/core/risk/limits.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { DAY_MS, MINUTE_MS } from '../../../shared/core/values/time.ts';
import { percent } from '../../../shared/core/values/weight.ts';
import { readArtifact } from '../../../shared/workflow/read-artifact.ts';
import { readToday } from '../../../shared/workflow/read-today.ts';
import { aPolicy, DUE, DUE_EVENT, WorkflowWorld } from './workflow-world.ts';

const LOSSES = { caution: percent('10%'), restricted: percent('15%'), stopped: percent('20%') };

function withLimits(stated: Partial<Limits>, policy: Partial<PortfolioPolicy> = {}): WorkflowWorld {
  const plain = aPolicy(policy);
  return new WorkflowWorld({ ...plain, limits: { ...plain.limits, breaker: { drawdown: LOSSES }, ...stated } });
}

/** What is worth 10,000 dollars now was worth more once. */
async function below(mark: string, stated: Partial<Limits> = {}): Promise<WorkflowWorld> {
  const world = withLimits(stated);
  const standing: BreakerStanding = { mark: usd(mark), transfers: 0n, level: 'normal' };
  await world.highWaterMarks.move('balanced', undefined, standing);
  return world;
}

async function planOf(world: WorkflowWorld) {
  return (await readArtifact(world.artifacts, await world.record(), 'plan')).plan;
}

async function residualsOf(world: WorkflowWorld): Promise<Record<string, string | undefined>> {
  const { phase } = await world.record();
  const legs: readonly Leg[] = phase.kind === 'claimed' ? [] : (phase.execution?.legs ?? []);
  return Object.fromEntries(legs.map(({ symbol, stage }) => [symbol, stage.kind === 'done' ? stage.residual?.code : stage.kind]));
}

describe('a breaker before a run', () => {
  it('stops the portfolio by its own kill switch, pages, and lets nothing be planned', async () => {
    const world = await below('12500');
    expect(await world.signal()).toMatchObject({
      kind: 'refused',
      code: 'breaker-stopped',
      detail: expect.stringContaining('drawdown 20%'),
    });
    expect(await world.killSwitch.readOne('balanced')).toMatchObject({ kind: 'on', by: 'breaker', openOrders: 'cancel' });
    expect(await world.highWaterMarks.read('balanced')).toMatchObject({ mark: usd('12500'), level: 'stopped' });
    expect(world.notifier.notices.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'page breaker-stopped',
      'ticket run-denied',
    ]);
    expect(world.notifier.notices[0]?.body).toContain('npx evenkeel resume balanced --mark keep');
    expect(world.broker.arrived).toEqual([]);
  });

  it('stops again as long as nobody lowered it, whoever turned the switch off', async () => {
    const world = await below('12500');
    await world.signal();
    await world.killSwitch.turnOff('balanced', { reason: 'a mistake', by: 'somebody', at: world.now });
    const tomorrow = DUE + 3 * DAY_MS;
    world.now = tomorrow;
    world.broker.cash = usd('9000');
    const event = { ...DUE_EVENT, scheduledTime: new Date(tomorrow).toISOString() };
    expect(await world.signal(event)).toMatchObject({ kind: 'refused', code: 'breaker-stopped' });
    expect(await world.killSwitch.readOne('balanced')).toMatchObject({ kind: 'on', by: 'breaker' });
  });

  it('lets with caution no more be bought than half of the turnover limit: 2,500 of 3,900 dollars', async () => {
    const world = await below('11200', { turnoverMax: percent('50%') });
    await world.signal();
    const plan = await planOf(world);
    expect(plan.trades.map(({ side, symbol, quantity }) => [side, symbol, quantity])).toEqual([
      ['sell', 'SPY', shares('22')],
      ['buy', 'TLT', shares('25')],
    ]);
    expect(plan.skipped).toContainEqual({ symbol: 'TLT', code: 'breaker', figures: { wanted: '39', leftOut: '14' } });
    const { remarks } = await readArtifact(world.artifacts, await world.record(), 'review');
    expect(remarks).toMatchObject([{ code: 'breaker', figures: { level: 'caution', drawdown: '10.7143%' } }]);
  });

  it('exempts no first funding from caution', async () => {
    const world = await below('11200');
    world.broker.held.clear();
    world.broker.cash = usd('10000');
    await world.signal();
    // Wanted 58 and 39 shares: 9,700 dollars, scaled to 5,000.
    expect((await planOf(world)).trades.map(({ symbol, quantity }) => [symbol, quantity])).toEqual([
      ['SPY', shares('29')],
      ['TLT', shares('20')],
    ]);
  });

  it('lets a restricted portfolio only sell', async () => {
    const world = await below('12000');
    await world.signal();
    const plan = await planOf(world);
    expect(plan.trades.map(({ side, symbol }) => `${side} ${symbol}`)).toEqual(['sell SPY']);
    expect(plan.skipped).toContainEqual({ symbol: 'TLT', code: 'breaker', figures: { wanted: '39', leftOut: '39' } });
  });

  it('is safe from whoever moves the mark in the same moment', async () => {
    const world = await below('9000');
    let moves = 0;
    const highWaterMarks = {
      read: (portfolio: string) => world.highWaterMarks.read(portfolio),
      move: async (portfolio: string, before: BreakerStanding | undefined, after: BreakerStanding) => {
        moves += 1;
        if (moves === 1) await world.highWaterMarks.move(portfolio, before, { mark: usd('12000'), transfers: 0n, level: 'normal' });
        return world.highWaterMarks.move(portfolio, before, after);
      },
    };
    await world.signal(DUE_EVENT, { ...world.ports, highWaterMarks });
    expect(await world.highWaterMarks.read('balanced')).toMatchObject({ mark: usd('12000'), level: 'restricted' });
  });

  it.each([
    ['deposit', '10000', '20000'],
    ['withdrawal', '-200', '9800'],
  ])('holds a %s between two runs for neither gain nor loss', async (_what, amount, mark) => {
    const world = withLimits({});
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await world.signal();
    await world.drive();
    world.now = DUE + 3 * DAY_MS;
    world.broker.transfer(usd(amount), world.now - MINUTE_MS);
    await world.signal({ ...DUE_EVENT, scheduledTime: new Date(world.now).toISOString() });
    expect(await world.highWaterMarks.read('balanced')).toEqual({ mark: usd(mark), transfers: usd(amount), level: 'normal' });
  });

  it.each([
    ['before the account is read', 'activities'],
    ['while it is read', 'account'],
  ] as const)('holds a deposit for no gain that lands after the ledger was reconciled, %s', async (_when, asked) => {
    const world = withLimits({});
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await world.signal();
    await world.drive();
    world.now = DUE + 3 * DAY_MS;
    let isReconciled = false;
    let hasLanded = false;
    const land = (): void => {
      if (isReconciled && !hasLanded) world.broker.transfer(usd('10000'), world.now);
      hasLanded ||= isReconciled;
    };
    const broker = new Proxy(world.broker, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (name !== asked || typeof value !== 'function') return typeof value === 'function' ? value.bind(target) : value;
        return async (...given: unknown[]) => {
          land();
          return value.apply(target, given);
        };
      },
    });
    // The breaker looks at the ledger again, once the reconciliation is over.
    let loads = 0;
    const ledgers = new Proxy(world.ports.ledgers, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return async (...given: unknown[]) => {
          if (name === 'load') loads += 1;
          isReconciled = loads >= 2;
          return value.apply(target, given);
        };
      },
    });
    await world.signal({ ...DUE_EVENT, scheduledTime: new Date(world.now).toISOString() }, { ...world.ports, broker, ledgers });
    expect(hasLanded).toBe(true);
    const standing = { mark: usd('20000'), transfers: usd('10000'), level: 'normal' };
    expect(await world.highWaterMarks.read('balanced')).toEqual(standing);
    // The ledger knows of it by now, and nothing was lost.
    world.now += DAY_MS;
    await world.signal({ ...DUE_EVENT, scheduledTime: new Date(world.now).toISOString() });
    expect(await world.highWaterMarks.read('balanced')).toEqual(standing);
  });

  it('takes the loss since the close before from the equity that the broker names', async () => {
    const world = withLimits({ breaker: { dayLoss: LOSSES } });
    world.broker.margin = { lastEquity: usd('12500') };
    expect(await world.signal()).toMatchObject({ kind: 'refused', code: 'breaker-stopped' });
  });
});

describe('limits before a submission', () => {
  it('let nothing be sent any more where the loss has reached its end since the plan', async () => {
    const world = withLimits({});
    await world.signal();
    world.broker.cash = 0n;
    await world.drive();
    expect(world.broker.arrived).toEqual([]);
    expect(await residualsOf(world)).toEqual({ SPY: 'breaker-stopped', TLT: 'insufficient-proceeds' });
  });

  it('let only sell where it has become restricted', async () => {
    const world = withLimits({});
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await world.signal();
    world.broker.cash = usd('500');
    await world.drive();
    expect(await residualsOf(world)).toEqual({ SPY: undefined, TLT: 'breaker-restricted' });
  });

  it('send nothing against an order that somebody else has open in the symbol', async () => {
    const world = withLimits({});
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await world.signal();
    world.broker.take({
      clientOrderId: 'by-hand',
      symbol: 'SPY',
      side: 'buy',
      quantity: shares('1'),
      limitPrice: usd('90'),
      timeInForce: 'day',
    });
    await world.drive();
    expect(await residualsOf(world)).toEqual({ SPY: 'wash-trade', TLT: 'insufficient-proceeds' });
    expect(world.broker.arrived.map(({ symbol }) => symbol)).toEqual(['TLT']);
  });

  it('send no third order where a session may have two', async () => {
    const world = withLimits({ sessionOrdersMax: 2 });
    await world.signal();
    // Away from both orders, a cent a minute: each would have to be priced again.
    const from = world.now;
    world.quotes = (symbol) => {
      const cents = Math.floor((world.now - from) / MINUTE_MS) * (symbol === 'SPY' ? -1 : 1);
      return { symbol, bid: usd((99.99 + cents / 100).toFixed(2)), ask: usd((100.01 + cents / 100).toFixed(2)), at: world.now };
    };
    await world.drive();
    expect(world.broker.arrived.map(({ symbol }) => symbol)).toEqual(['SPY', 'TLT']);
    expect(await residualsOf(world)).toEqual({ SPY: 'session-orders', TLT: 'session-orders' });
  });

  it('keep their figures in the record of the run', async () => {
    const world = withLimits({ sessionOrdersMax: 2, groups: [{ name: 'all', of: ['SPY', 'TLT'], max: percent('100%') }] });
    await world.signal();
    const { phase } = await world.record();
    expect(phase).toMatchObject({
      execution: {
        guard: { equity: usd('10000'), ordersBefore: 0, values: { SPY: usd('8000'), TLT: 0n }, breaker: { mark: usd('10000') } },
      },
    });
  });
});

describe('what a run did', () => {
  it('counts for the next one of the session', async () => {
    const world = withLimits({});
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await world.signal();
    await world.drive();
    const session = sessionOn('2026-11-20');
    if (session === undefined) throw new Error('no session');
    const { updatedAt } = await world.record();
    expect(await readToday('balanced/2026-11-20/later', 'balanced', 2, session, world.ports)).toEqual({
      // 22 and 39 shares at 100 dollars.
      traded: usd('6100'),
      orders: 2,
      worked: [
        { symbol: 'SPY', side: 'sell', isFilled: true, at: updatedAt },
        { symbol: 'TLT', side: 'buy', isFilled: true, at: updatedAt },
      ],
      dayTrades: 0,
    });
    const monday = sessionOn('2026-11-23');
    if (monday === undefined) throw new Error('no session');
    expect(await readToday('balanced/2026-11-23/daily', 'balanced', 2, monday, world.ports)).toMatchObject({
      traded: 0n,
      orders: 0,
      worked: [],
    });
  });
});

describe('what limits look back on', () => {
  it('is read beside the history of the strategy, which stays as it is', async () => {
    const world = withLimits({ volumeMax: percent('20%') });
    await world.signal();
    const snapshot = await readArtifact(world.artifacts, await world.record(), 'snapshot');
    expect(snapshot.history.columns[0]?.dates).toHaveLength(5);
    expect(snapshot.history.columns[0]).not.toHaveProperty('volumes');
    expect(snapshot.risk?.history?.columns.map(({ symbol, volumes }) => [symbol, volumes?.length])).toEqual([
      ['SPY', 20],
      ['TLT', 20],
    ]);
  });

  it('denies an order of more than its part of the volume: 39 of 300 shares are 13 %', async () => {
    const world = withLimits({ volumeMax: percent('12%') });
    expect(await world.signal()).toMatchObject({ kind: 'refused', code: 'volume-max', detail: expect.stringContaining('symbol TLT') });
  });

  it('is not read where no limit needs it', async () => {
    const world = withLimits({});
    await world.signal();
    expect((await readArtifact(world.artifacts, await world.record(), 'snapshot')).risk).not.toHaveProperty('history');
    expect(world.adjustments).toHaveLength(1);
  });

  it('leads to remarks on paper where it is missing, and to the stress of the targets', async () => {
    const world = withLimits({ volumeMax: percent('1%'), priceMoveMax: percent('25%') });
    world.hasCloses = false;
    await world.signal();
    const { stress, remarks } = await readArtifact(world.artifacts, await world.record(), 'review');
    expect(remarks?.map(({ code, figures }) => `${code} ${figures['symbol']}`)).toEqual([
      'volume-unknown SPY',
      'volume-unknown TLT',
      'close-unknown SPY',
      'close-unknown TLT',
    ]);
    // A fifth of the 98 % that are not the reserve.
    expect(stress).toEqual({ returns: 0, shock: { loss: percent('19.6%') } });
  });
});
