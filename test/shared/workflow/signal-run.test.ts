import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../../shared/core/market/schedule.ts';
import { DEFAULT_OPTIONS } from '../../../shared/core/strategy/options.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { MINUTE_MS } from '../../../shared/core/values/time.ts';
import { percent } from '../../../shared/core/values/weight.ts';
import { decideTargets } from '../../../shared/workflow/decide-run.ts';
import { reconcileBeforeRun } from '../../../shared/workflow/reconcile-before-run.ts';
import { claimOf } from '../../../shared/workflow/take-snapshot.ts';
import { aHalt, aResume } from '../../builders/halt.ts';
import { someTargets } from '../../builders/portfolio.ts';
import { asset, EVERY_RUN, equal, someHistory } from '../../builders/strategy.ts';
import { CURRENT_PRICE, top } from '../core/strategy/evaluator/market.ts';
import { Death, dyingPorts } from './dying-ports.ts';
import { aClaim, aPolicy, DUE, DUE_EVENT, RUN_ID, WorkflowWorld } from './workflow-world.ts';

const DAILY: Schedule = {
  name: 'daily',
  at: { anchor: 'close', offsetMinutes: -25 },
  every: 'day',
  on: 'last',
  band: { absolute: percent('5%') },
  approve: false,
};
const APPROVED = aPolicy({ schedules: [{ ...DAILY, approve: true }] });

function eventAt(at: number) {
  return { ...DUE_EVENT, scheduledTime: new Date(at).toISOString() };
}

async function legsOf(world: WorkflowWorld): Promise<string[]> {
  const { phase } = await world.record();
  if (phase.kind === 'claimed') return [];
  return (phase.execution?.legs ?? []).map(({ side, quantity, symbol }) => `${side} ${quantity / 1_000_000_000n} ${symbol}`);
}

describe('a schedule event', () => {
  it('freezes a plan and hands it over', async () => {
    const world = new WorkflowWorld();
    expect(await world.signal()).toEqual({ kind: 'handed-over', runId: RUN_ID });
    expect(await legsOf(world)).toEqual(['sell 22 SPY', 'buy 39 TLT']);
    expect(world.engine.take()).toBe(RUN_ID);
    expect(Object.keys((await world.record()).artifacts).sort()).toEqual(['decision', 'plan', 'review', 'snapshot']);
    expect(world.broker.arrived).toEqual([]);
  });

  it('trades nothing inside the band', async () => {
    const world = new WorkflowWorld();
    world.broker.held.set('SPY', shares('59')).set('TLT', shares('39'));
    world.broker.cash = usd('200');
    expect(await world.signal()).toEqual({ kind: 'nothing-to-trade', runId: RUN_ID });
    expect((await world.record()).phase).toMatchObject({ kind: 'ended', ending: { kind: 'nothing-to-trade', detail: 'inside the band' } });
    expect(world.engine.take()).toBeUndefined();
  });

  it('reads closes in the prices that the options of its sleeves name', async () => {
    const [sleeve] = aPolicy().sleeves;
    if (sleeve === undefined) throw new Error('the portfolio has no sleeve');
    const world = new WorkflowWorld(aPolicy({ sleeves: [{ ...sleeve, options: { ...DEFAULT_OPTIONS, prices: 'split-adjusted' } }] }));
    expect(await world.signal()).toEqual({ kind: 'handed-over', runId: RUN_ID });
    const usual = new WorkflowWorld();
    await usual.signal();
    expect([world.adjustments, usual.adjustments]).toEqual([['split-adjusted'], ['adjusted']]);
  });

  it('decides each sleeve by its own options', () => {
    const strategy = equal(asset('A'), top(2, CURRENT_PRICE, asset('B'), asset('C')));
    const sleeves = (['one-child', 'spliced'] as const).map((filter) => {
      const options = { ...DEFAULT_OPTIONS, filter };
      return { name: filter, capital: percent('50%'), strategy, rebalance: EVERY_RUN, decideOn: 'last-close' as const, options };
    });
    const history = someHistory({ A: [1], B: [1], C: [1] });
    const day = { asOf: history.anchor, session: history.anchor };
    const decided = decideTargets(aPolicy({ sleeves, cashReserve: 0n }), () => ({ history, day, refused: new Map() }), undefined);
    // A half and a third of a half each: 5/12. The others a quarter and a third of theirs: 7/24.
    expect(decided).toMatchObject({
      targets: someTargets({ A: '41.6667%', B: '29.1667%', C: '29.1666%' }),
    });
  });

  it('names a schedule of the portfolio, or it is no event of ours', async () => {
    await expect(new WorkflowWorld().signal({ ...DUE_EVENT, schedule: 'hourly' })).rejects.toThrow('has no schedule hourly');
  });
});

describe('an event that nothing is due at', () => {
  it.each([
    ['on a holiday', 'not-a-session', Date.UTC(2026, 10, 26, 20, 35), false],
    ['at the regular hour of an early close', 'other-close', Date.UTC(2026, 10, 27, 20, 35), false],
    ['at an hour that no cron has', 'off-slot', DUE - 60 * MINUTE_MS, true],
    ['after the last year of the calendar', 'unknown-calendar', Date.UTC(2031, 10, 20, 20, 35), true],
  ])('%s is %s', async (_, code, at, isPaged) => {
    const world = new WorkflowWorld();
    world.now = at;
    expect(await world.signal(eventAt(at))).toMatchObject({ kind: 'not-due', code });
    expect(await world.runStore.list('balanced', 1)).toEqual([]);
    expect(world.notifier.notices.map((notice) => notice.code)).toEqual(isPaged ? ['schedule-wrong'] : []);
  });

  it('on a session that the frequency passes over is not-due', async () => {
    const world = new WorkflowWorld(aPolicy({ schedules: [{ ...DAILY, every: 'month' }] }));
    expect(await world.signal()).toMatchObject({ kind: 'not-due', code: 'not-due' });
  });

  it('more than a minute before its time is early, and says that something is wrong', async () => {
    const world = new WorkflowWorld();
    world.now = DUE - MINUTE_MS - 1;
    expect(await world.signal()).toMatchObject({ kind: 'not-due', code: 'early' });
    expect(world.notifier.notices).toMatchObject([{ severity: 'page', code: 'schedule-wrong' }]);
  });

  it('within a minute before its time is on time: our clock may be behind', async () => {
    const world = new WorkflowWorld();
    world.now = DUE - MINUTE_MS;
    expect(await world.signal()).toMatchObject({ kind: 'handed-over' });
  });
});

const REFUSALS: readonly [string, (world: WorkflowWorld) => unknown][] = [
  [
    'live-without-verdict',
    (world) => (world.source = { text: '', policy: aPolicy({ account: { name: 'main', mode: 'live', number: 'PA1' } }) }),
  ],
  [
    'auction-not-offered',
    (world) => (world.source = { text: '', policy: aPolicy({ execution: { ...aPolicy().execution, auction: 'close' } }) }),
  ],
  ['outside-window', (world) => (world.now = DUE + 10 * MINUTE_MS + 1)],
  ['kill-switch', (world) => world.killSwitch.turnOn('balanced', aHalt())],
  ['kill-switch', (world) => world.killSwitch.turnOn(undefined, aHalt())],
  ['run-in-progress', (world) => world.runStore.claim(aClaim('hourly', '2026-11-20'))],
  ['calendar-disagrees', (world) => (world.broker.sessions = () => [])],
  [
    'account-mismatch',
    (world) => (world.source = { text: '', policy: aPolicy({ account: { name: 'main', mode: 'paper', number: 'PA2' } }) }),
  ],
  [
    'open-orders',
    (world) =>
      world.broker.take({
        clientOrderId: 'by-hand',
        symbol: 'SPY',
        side: 'sell',
        quantity: shares('1'),
        limitPrice: usd('100'),
        timeInForce: 'day',
      }),
  ],
  [
    'unreconciled',
    async (world) => {
      // The ledger is opened with 80 shares of SPY, of which a person then sells one.
      await reconcileBeforeRun(claimOf(aPolicy()), 'PA1', world.ports);
      world.broker.tradeByHand('SPY', 'sell', shares('1'));
    },
  ],
  ['unknown-symbol', (world) => (world.broker.listed = world.broker.listed.slice(0, 1))],
  [
    'no-price',
    (world) => {
      world.quotes = () => undefined;
      world.hasCloses = false;
    },
  ],
  [
    'no-equity',
    (world) => {
      world.broker.held.clear();
      world.broker.cash = 0n;
    },
  ],
  [
    'undefined-data',
    (world) => {
      const children = [
        { kind: 'asset' as const, symbol: 'SPY' },
        { kind: 'asset' as const, symbol: 'TLT' },
      ];
      world.source = {
        text: '',
        policy: aPolicy({
          sleeves: [
            {
              name: 'core',
              capital: 1_000_000n,
              rebalance: EVERY_RUN,
              decideOn: 'last-close',
              strategy: { kind: 'inverse-volatility', window: 20, children },
              options: DEFAULT_OPTIONS,
            },
          ],
        }),
      };
      world.hasCloses = false;
    },
  ],
  ['account-blocked', (world) => (world.broker.isBlocked = true)],
  [
    'position-max',
    (world) => (world.source = { text: '', policy: aPolicy({ limits: { ...aPolicy().limits, positionMax: percent('30%') } }) }),
  ],
];

/** Of those, what our own review says. */
const DENIED = new Set(['account-blocked', 'position-max']);

describe('a due run is refused before anything is traded', () => {
  it.each(REFUSALS)('as %s', async (code, spoil) => {
    const world = new WorkflowWorld();
    await spoil(world);
    expect(await world.signal()).toMatchObject({ kind: 'refused', code });
    expect((await world.record()).phase).toMatchObject({ kind: 'ended', ending: { kind: 'refused', code } });
    expect(world.notifier.notices).toMatchObject([
      { code: DENIED.has(code) ? 'run-denied' : 'run-refused', portfolio: 'balanced', runId: RUN_ID },
    ]);
    expect(world.engine.take()).toBeUndefined();
    expect(world.broker.arrived).toEqual([]);
  });

  it('and stays refused when its event comes again under better conditions', async () => {
    const world = new WorkflowWorld();
    await world.killSwitch.turnOn('balanced', aHalt());
    await world.signal();
    await world.killSwitch.turnOff('balanced', aResume());
    expect(await world.signal()).toEqual({ kind: 'already-ended', runId: RUN_ID, ending: 'refused' });
  });

  it('but not for a run that was claimed in an earlier session and died', async () => {
    const world = new WorkflowWorld();
    await world.runStore.claim(aClaim('daily', '2026-11-19'));
    expect(await world.signal()).toMatchObject({ kind: 'handed-over' });
  });
});

describe('the same event delivered twice at once', () => {
  it('makes one plan, whichever delivery is quicker', async () => {
    const world = new WorkflowWorld();
    const results = await Promise.all([world.signal(), world.signal(), world.signal()]);
    expect(results).toEqual(Array.from({ length: 3 }, () => ({ kind: 'handed-over', runId: RUN_ID })));
    expect((await world.record()).version).toBe(2);
    expect(world.engine.take()).toBe(RUN_ID);
    expect(world.engine.take()).toBeUndefined();
  });

  it('ends as refused for both when one of them found a reason', async () => {
    const world = new WorkflowWorld();
    world.broker.isBlocked = true;
    const results = await Promise.all([world.signal(), world.signal()]);
    expect(results.map(({ kind }) => kind).sort()).toEqual(['already-ended', 'refused']);
  });
});

describe.each(['before', 'after'] as const)('a delivery that dies %s any one of its calls', (when) => {
  it.each([
    ['an approved plan', aPolicy(), 'handed-over', []],
    ['a plan to be approved', APPROVED, 'awaiting-approval', ['approval-needed']],
  ] as const)('is made good by the next, for %s', async (_, policy, kind, notices) => {
    for (let nth = 1; ; nth += 1) {
      const world = new WorkflowWorld(policy);
      const dying = dyingPorts(world.ports, nth, when);
      const died = await world.signal(DUE_EVENT, dying.ports).then(
        () => false,
        (error: unknown) => error instanceof Death,
      );
      if (!died) {
        // A plan takes a claim, some fifteen reads, four artifacts, the freeze and what follows.
        expect(dying.calls()).toBeGreaterThan(15);
        return;
      }
      world.now += MINUTE_MS;
      expect(await world.signal(), `call ${nth}`).toEqual({ kind, runId: RUN_ID });
      expect((await world.record()).version).toBe(2);
      expect(new Set(world.notifier.notices.map(({ code }) => code)), `call ${nth}`).toEqual(new Set(notices));
      expect(world.engine.take(), `call ${nth}`).toBe(kind === 'handed-over' ? RUN_ID : undefined);
    }
  });

  it('tells of a refusal in the end', async () => {
    for (let nth = 1; ; nth += 1) {
      const world = new WorkflowWorld();
      world.broker.isBlocked = true;
      const died = await world.signal(DUE_EVENT, dyingPorts(world.ports, nth, when).ports).then(
        () => false,
        (error: unknown) => error instanceof Death,
      );
      if (!died) return expect(nth).toBeGreaterThan(15);
      await world.signal();
      expect(
        world.notifier.notices.map(({ code }) => code),
        `call ${nth}`,
      ).toContain('run-denied');
    }
  });
});
