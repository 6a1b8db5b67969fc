// evenkeel reconcile, over a portfolio whose first run sold 22 SPY of 80 and bought 39 TLT.
import { describe, expect, it } from 'vitest';
import { Output } from '../../cli/output.ts';
import type { AccountDesk } from '../../cli/reconcile/account-desk.ts';
import { type ReconcileOptions, reconcile } from '../../cli/reconcile/reconcile.ts';
import { whoTurns } from '../../cli/switch/desk.ts';
import { shares } from '../../shared/core/values/shares.ts';
import { MINUTE_MS } from '../../shared/core/values/time.ts';
import { StoreError } from '../../shared/ports/outside-error.ts';
import { claimOf } from '../../shared/workflow/take-snapshot.ts';
import { CLOSE, RUN_ID, WorkflowWorld } from '../shared/workflow/workflow-world.ts';
import type { Said } from './desk.ts';
import { evenkeel } from './spoken.ts';

function deskOf(world: WorkflowWorld): AccountDesk {
  return {
    portfolioNames: async () => ['balanced'],
    open: async () => ({ claim: claimOf(world.source.policy), ports: world.ports }),
    close: async () => undefined,
  };
}

async function reconcileIn(
  world: WorkflowWorld,
  portfolio?: string,
  options: ReconcileOptions = {},
  json = false,
  desk = deskOf(world),
): Promise<Said> {
  const said: Said = { out: '', err: '', failure: undefined };
  const writeOut = (text: string): void => {
    said.out += text;
  };
  const writeErr = (text: string): void => {
    said.err += text;
  };
  const output = new Output({ isTty: false, hasColor: false, writeOut, writeErr }, { json, verbose: false });
  await reconcile(portfolio, options, output, async () => desk).catch((error: unknown) => {
    said.failure = error;
  });
  return said;
}

async function afterOneRun(): Promise<WorkflowWorld> {
  const world = new WorkflowWorld();
  world.broker.answer = (intent) => world.broker.takeAndFill(intent);
  await world.signal();
  await world.drive();
  return world;
}

const ADOPT = { adopt: true, reason: 'sold for the roof' } as const;

describe('evenkeel reconcile', () => {
  it('says that all is equal, and exits 0', async () => {
    const { out, failure } = await reconcileIn(await afterOneRun());
    expect(failure).toBeUndefined();
    expect(out).toBe(
      [
        'balanced, account PA1: reconciled',
        'symbol  expected  found  difference',
        'SPY           58     58',
        'TLT           39     39',
        '',
      ].join('\n'),
    );
  });

  it('says what is expected, found and told, and what to type, and exits 1', async () => {
    const world = await afterOneRun();
    world.broker.tradeByHand('SPY', 'sell', shares('5'));
    const { out, failure } = await reconcileIn(world, 'balanced');
    expect(out).toBe(
      [
        'balanced, account PA1: not reconciled',
        'symbol  expected  found  difference',
        'SPY           58     53          -5',
        'TLT           39     39',
        '  not explained: SPY: sell 5 at 100.00 on 2026-11-20T20:35:00.000Z, not by this portfolio',
        'To take over what is not explained: npx evenkeel reconcile balanced --adopt --reason "why"',
        '',
      ].join('\n'),
    );
    expect(failure).toMatchObject({ code: 'unreconciled', exitCode: 1, message: 'not reconciled: balanced' });
  });

  it('says the same as one document', async () => {
    const world = await afterOneRun();
    world.broker.tradeByHand('SPY', 'sell', shares('5'));
    expect(JSON.parse((await reconcileIn(world, undefined, {}, true)).out)).toEqual({
      portfolios: [
        {
          portfolio: 'balanced',
          account: 'PA1',
          state: 'held-against',
          isReconciled: false,
          version: 2,
          lines: [
            { symbol: 'SPY', expected: '58', found: '53', difference: '-5' },
            { symbol: 'TLT', expected: '39', found: '39', difference: '0' },
          ],
          explained: [],
          unexplained: ['SPY: sell 5 at 100.00 on 2026-11-20T20:35:00.000Z, not by this portfolio'],
        },
      ],
    });
  });

  it('writes nothing when it is only asked', async () => {
    const world = await afterOneRun();
    const before = await world.ledgers.load('balanced');
    await reconcileIn(world);
    expect(await world.ledgers.load('balanced')).toEqual(before);
    const fresh = new WorkflowWorld();
    expect((await reconcileIn(fresh)).out).toContain('no ledger yet, the next run opens it');
    expect(await fresh.ledgers.load('balanced')).toBeUndefined();
  });
});

describe('evenkeel reconcile, when the outside world fails,', () => {
  const lost = (effect: 'none' | 'unknown') => async () => {
    throw new StoreError('saving the ledger: TimeoutError (timeout)', { effect, code: 'timeout' });
  };

  it.each([
    ['none', 'nothing was written (saving the ledger: TimeoutError (timeout))'],
    ['unknown', 'it may have been written or not: look again (saving the ledger: TimeoutError (timeout))'],
  ] as const)('says what is certain of a write (%s)', async (effect, message) => {
    const world = await afterOneRun();
    world.broker.tradeByHand('SPY', 'sell', shares('5'));
    const ledgers = { load: () => world.ledgers.load('balanced'), save: lost(effect) };
    const desk = { ...deskOf(world), open: async () => ({ claim: claimOf(world.source.policy), ports: { ...world.ports, ledgers } }) };
    expect((await reconcileIn(world, 'balanced', ADOPT, false, desk)).failure).toMatchObject({ code: 'timeout', exitCode: 1, message });
  });

  it('says that a look wrote nothing', async () => {
    const world = await afterOneRun();
    const ledgers = { load: lost('none'), save: lost('none') };
    const desk = { ...deskOf(world), open: async () => ({ claim: claimOf(world.source.policy), ports: { ...world.ports, ledgers } }) };
    expect((await reconcileIn(world, undefined, {}, false, desk)).failure).toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('nothing was written'),
    });
  });
});

describe('evenkeel reconcile --adopt', () => {
  it('takes the difference over with a name and a reason, after which nothing is left', async () => {
    const world = await afterOneRun();
    world.broker.tradeByHand('SPY', 'sell', shares('5'));
    const { out, failure } = await reconcileIn(world, 'balanced', ADOPT);
    expect(failure).toBeUndefined();
    expect(out).toContain('balanced, account PA1: reconciled');
    expect(out).toContain(`  adopted -5 SPY by ${whoTurns()}: sold for the roof`);
    expect((await reconcileIn(world)).failure).toBeUndefined();
  });

  it('is refused while a run of the portfolio is executing', async () => {
    const world = new WorkflowWorld();
    await world.signal();
    expect((await reconcileIn(world, 'balanced', ADOPT)).failure).toMatchObject({
      code: 'executing',
      exitCode: 1,
      message: `nothing was adopted: ${RUN_ID} is executing, and its fills are counted when it ends`,
    });
  });

  it.each<[string, string | undefined, ReconcileOptions, string]>([
    ['no portfolio', undefined, ADOPT, 'name the portfolio'],
    ['no reason', 'balanced', { adopt: true }, '--reason is required'],
    ['an empty reason', 'balanced', { adopt: true, reason: ' ' }, '--reason " "'],
    ['a reason for nothing', 'balanced', { reason: 'just so' }, '--reason goes with'],
    ['a portfolio that there is not', 'balance', ADOPT, 'no portfolio "balance": there are: balanced'],
    ['a run that is none', 'balanced', { closeRun: 'yesterday', reason: 'dead' }, '"yesterday": expected a run of balanced'],
    ['a run of another portfolio', 'balanced', { closeRun: 'other/2026-11-20/daily', reason: 'dead' }, 'expected a run of balanced'],
  ])('with %s is bad usage', async (_, portfolio, options, message) => {
    const { failure } = await reconcileIn(await afterOneRun(), portfolio, options);
    expect(failure).toMatchObject({ exitCode: 2, message: expect.stringContaining(message) });
  });

  it('and --close-run at once are bad usage', async () => {
    expect(await evenkeel(['reconcile', 'balanced', '--adopt', '--close-run', RUN_ID, '--reason', 'dead'])).toMatchObject({ code: 2 });
  });
});

describe('evenkeel reconcile --close-run', () => {
  const CLOSE_RUN = { closeRun: RUN_ID, reason: 'redrive failed' };

  it('ends the run and says what its orders filled', async () => {
    const world = new WorkflowWorld();
    await world.signal();
    await world.advance();
    const [sell] = world.broker.arrived;
    world.now = CLOSE + 15 * MINUTE_MS;
    world.broker.fill(sell?.clientOrderId ?? '', shares('22'));
    const { out, failure } = await reconcileIn(world, 'balanced', CLOSE_RUN);
    expect(failure).toBeUndefined();
    expect(out).toBe(
      `${RUN_ID} is closed, as unresolved. The ledger has what its orders filled:\n  sell 22 SPY (balanced_2026-11-20_daily_SPY_sell_0_0)\n`,
    );
    expect((await world.record()).phase).toMatchObject({
      ending: { code: 'closed-by-hand', detail: `closed by ${whoTurns()}: redrive failed` },
    });
  });

  it('says why not, where an order of it may still fill or be on its way', async () => {
    const world = new WorkflowWorld();
    await world.signal();
    await world.advance();
    expect((await reconcileIn(world, 'balanced', CLOSE_RUN)).failure).toMatchObject({
      code: 'too-early',
      exitCode: 1,
      message: `${RUN_ID} was not closed: an order of it may be on its way until 2026-11-20T21:15:00.000Z`,
    });
    world.now = CLOSE + 15 * MINUTE_MS;
    expect((await reconcileIn(world, 'balanced', CLOSE_RUN)).failure).toMatchObject({
      code: 'still-possible',
      message: expect.stringContaining('balanced_2026-11-20_daily_SPY_sell_0_0 is working'),
    });
  });

  it('says why not, where another account answers than the run was planned for', async () => {
    const world = new WorkflowWorld();
    await world.signal();
    await world.advance();
    world.now = CLOSE + 15 * MINUTE_MS;
    world.broker.accountNumber = 'PA2';
    expect((await reconcileIn(world, 'balanced', CLOSE_RUN)).failure).toMatchObject({
      code: 'other-account',
      exitCode: 1,
      message: `${RUN_ID} was not closed: it was planned for account PA1, and what PA2 answers says nothing of its orders; put the keys of PA1 back first`,
    });
    const { out, failure } = await reconcileIn(world, 'balanced', { ...CLOSE_RUN, accountGone: 'PA1' });
    expect(failure).toBeUndefined();
    expect(out).toContain(`${RUN_ID} is closed, as unresolved.`);
  });

  it('says that an account which answers is not gone, and takes that word with no other', async () => {
    const world = new WorkflowWorld();
    await world.signal();
    world.now = CLOSE + 15 * MINUTE_MS;
    expect((await reconcileIn(world, 'balanced', { ...CLOSE_RUN, accountGone: 'PA1' })).failure).toMatchObject({
      code: 'account-answers',
      message: `${RUN_ID} was not closed: account PA1 is there, and can be asked: leave out --account-gone`,
    });
    expect((await reconcileIn(world, 'balanced', { accountGone: 'PA1' })).failure).toMatchObject({
      code: 'usage',
      message: '--account-gone goes with --close-run',
    });
  });

  it('says why not, where there is nothing to close', async () => {
    expect((await reconcileIn(await afterOneRun(), 'balanced', CLOSE_RUN)).failure).toMatchObject({
      code: 'not-executing',
      message: `${RUN_ID} was not closed: it is ended, and only a run that executes blocks its portfolio`,
    });
  });
});
