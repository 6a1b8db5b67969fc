// A run and the account that it was planned for, when the keys are exchanged for those of another. Two brokers lie open: PA1,
// where the run was planned, and PA2, which holds the same.
import { describe, expect, it } from 'vitest';
import type { ExecutionState } from '../../../shared/core/execution/state.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { MINUTE_MS } from '../../../shared/core/values/time.ts';
import { BrokerError } from '../../../shared/ports/outside-error.ts';
import { OtherAccount } from '../../../shared/workflow/account-fence.ts';
import { approveRun } from '../../../shared/workflow/approve-run.ts';
import { closeRun, closeRunOfGoneAccount } from '../../../shared/workflow/close-run.ts';
import { openRunsOf } from '../../../shared/workflow/open-runs.ts';
import { previewTurn } from '../../../shared/workflow/preview-turn.ts';
import type { RunPorts } from '../../../shared/workflow/world.ts';
import { aHalt } from '../../builders/halt.ts';
import { aPolicy, CLOSE, OpenBroker, RUN_ID, WorkflowWorld } from './workflow-world.ts';

const BY_ANNA = { who: 'anna@laptop', reason: 'redrive failed' };
const MISMATCH = { planned: 'PA1', answers: 'PA2' };

interface Exchanged {
  readonly world: WorkflowWorld;
  readonly pa2: OpenBroker;
  /** The same world by the keys of PA2. */
  readonly ports: RunPorts;
}

/** Planned in PA1; from here on whoever uses these ports is answered by PA2, where every order would fill. */
async function exchanged({ approve = false } = {}): Promise<Exchanged> {
  const world = new WorkflowWorld(aPolicy({ schedules: aPolicy().schedules.map((schedule) => ({ ...schedule, approve })) }));
  world.broker.answer = (intent) => world.broker.takeAndFill(intent);
  await world.signal();
  const pa2 = new OpenBroker();
  pa2.accountNumber = 'PA2';
  pa2.answer = (intent) => pa2.takeAndFill(intent);
  return { world, pa2, ports: { ...world.ports, broker: pa2 } };
}

/** As a release wrote it that froze no account. */
async function forgetAccount(world: WorkflowWorld): Promise<void> {
  const record = await world.record();
  if (record.phase.kind !== 'executing' && record.phase.kind !== 'awaiting-approval') throw new Error(`the run is ${record.phase.kind}`);
  const { accountNumber, ...execution }: ExecutionState = record.phase.execution;
  expect(accountNumber).toBe('PA1');
  await world.runStore.save({ ...record, version: record.version + 1, phase: { kind: record.phase.kind, execution } });
}

describe('a run whose account is exchanged for another', () => {
  it('freezes the account with the plan', async () => {
    const { world } = await exchanged();
    expect((await world.record()).phase).toMatchObject({ kind: 'executing', execution: { accountNumber: 'PA1' } });
  });

  it('sends nothing there, stays as it is, tells its owner which is which, and goes on when the keys are back', async () => {
    const { world, pa2, ports } = await exchanged();
    const before = await world.record();
    await expect(world.advance(ports)).rejects.toThrow(OtherAccount);
    await expect(world.advance(ports)).rejects.toThrow(`run ${RUN_ID} was planned for account PA1, and the broker answers for PA2`);
    expect([pa2.arrived, pa2.canceled]).toEqual([[], []]);
    expect(await world.record()).toEqual(before);
    const [notice] = world.notifier.notices;
    expect(notice).toMatchObject({ severity: 'page', code: 'other-account', runId: RUN_ID, portfolio: 'balanced' });
    expect(`${notice?.body} ${notice?.done}`).toMatch(/planned for account PA1.* are of PA2.*sent nothing.*keys of PA1 are back/);
    await world.drive();
    expect((await world.record()).phase).toMatchObject({ ending: { kind: 'completed' } });
  });

  it('does not repeat there, under the same id, an order whose answer was lost', async () => {
    const { world, pa2, ports } = await exchanged();
    world.broker.answer = (intent) => {
      world.broker.takeAndFill(intent);
      throw new BrokerError('lost', { effect: 'unknown', code: 'timeout' });
    };
    const { openOrders, orderByClientOrderId } = world.broker;
    Object.assign(world.broker, { openOrders: async () => [], orderByClientOrderId: async () => undefined });
    await world.advance();
    expect(new Set(world.broker.arrived.map(({ symbol, side }) => `${side} ${symbol}`))).toEqual(new Set(['sell SPY']));
    world.now += MINUTE_MS;
    await expect(world.advance(ports)).rejects.toThrow(OtherAccount);
    expect(pa2.arrived).toEqual([]);
    Object.assign(world.broker, { openOrders, orderByClientOrderId });
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await world.drive();
    expect(world.broker.held).toEqual(
      new Map([
        ['SPY', shares('58')],
        ['TLT', shares('39')],
      ]),
    );
  });

  it('cancels nothing there when somebody says stop, and cancels in its own as soon as it can', async () => {
    const { world, pa2, ports } = await exchanged();
    world.broker.answer = (intent) => world.broker.take(intent);
    await world.advance();
    await world.advance();
    const [sell] = world.broker.arrived;
    if (sell === undefined) throw new Error('nothing was sent');
    pa2.take(sell);
    await world.killSwitch.turnOn(undefined, aHalt({ openOrders: 'cancel' }));
    await expect(world.advance(ports)).rejects.toThrow(OtherAccount);
    expect(pa2.canceled).toEqual([]);
    await world.advance();
    expect(world.broker.canceled).toEqual([world.broker.books.get(sell.clientOrderId)?.orderId]);
  });

  it('is not ended by what that account holds, and nothing of it is counted', async () => {
    const { world, ports } = await exchanged();
    // It dies when all is filled and stored as over, before it is ended: for its end it reads what was decided.
    const artifacts = {
      put: (hash: string, text: string) => world.artifacts.put(hash, text),
      get: () => Promise.reject(new Error('died')),
    };
    for (let turn = 0; turn < 5; turn += 1) await world.advance({ ...world.ports, artifacts }).catch(() => undefined);
    const [before, ledger] = [await world.record(), await world.ledgers.load('balanced')];
    expect(before.phase).toMatchObject({
      kind: 'executing',
      execution: { legs: [{ stage: { kind: 'done' } }, { stage: { kind: 'done' } }] },
    });
    await expect(world.advance(ports)).rejects.toThrow(OtherAccount);
    expect([await world.record(), await world.ledgers.load('balanced')]).toEqual([before, ledger]);
    await world.drive();
    expect((await world.record()).phase).toMatchObject({ ending: { kind: 'completed' } });
  });

  it('is not approved, with both numbers said, and is once the keys are back', async () => {
    const { world, ports } = await exchanged({ approve: true });
    const before = await world.record();
    expect(await approveRun(RUN_ID, ports)).toEqual({ kind: 'other-account', ...MISMATCH });
    expect(await world.record()).toEqual(before);
    expect(world.engine.take()).toBeUndefined();
    expect(await approveRun(RUN_ID, world.ports)).toEqual({ kind: 'approved' });
  });

  it('is not closed by hand on the word of that account, which knows none of its orders', async () => {
    const { world, ports } = await exchanged();
    world.broker.answer = (intent) => world.broker.take(intent);
    await world.advance();
    world.now = CLOSE + 15 * MINUTE_MS;
    expect(await closeRun(RUN_ID, BY_ANNA, ports)).toEqual({ kind: 'other-account', ...MISMATCH });
    expect((await world.record()).phase.kind).toBe('executing');
    expect(await closeRun(RUN_ID, BY_ANNA, world.ports)).toMatchObject({ kind: 'still-possible' });
  });

  it('is closed on the word of a person who names its account as gone, and nothing of it is counted', async () => {
    const { world, ports } = await exchanged();
    world.broker.answer = (intent) => world.broker.take(intent);
    await world.advance();
    await world.advance();
    const gone = { ...BY_ANNA, account: 'PA1' };
    expect(await closeRunOfGoneAccount(RUN_ID, gone, ports)).toEqual({ kind: 'too-early', from: CLOSE + 15 * MINUTE_MS });
    world.now = CLOSE + 15 * MINUTE_MS;
    expect(await closeRunOfGoneAccount(RUN_ID, gone, world.ports)).toEqual({ kind: 'account-answers', account: 'PA1' });
    expect(await closeRunOfGoneAccount(RUN_ID, { ...gone, account: 'PA2' }, ports)).toEqual({ kind: 'other-account', ...MISMATCH });
    const ledger = await world.ledgers.load('balanced');
    expect(await closeRunOfGoneAccount(RUN_ID, gone, ports)).toMatchObject({ kind: 'closed', orders: [] });
    expect((await world.record()).phase).toMatchObject({
      kind: 'ended',
      ending: { kind: 'unresolved', code: 'closed-by-hand', detail: 'closed by anna@laptop, account PA1 being gone: redrive failed' },
      execution: { legs: [{ stage: { residual: { figures: { status: 'not-found' } } } }, { stage: { residual: { code: 'unresolved' } } }] },
    });
    expect(await world.ledgers.load('balanced')).toEqual(ledger);
  });

  it('is closed so too where the broker knows the keys no more, and not where it merely does not answer', async () => {
    const { world } = await exchanged();
    world.now = CLOSE + 15 * MINUTE_MS;
    const failing = (code: string): RunPorts => {
      const broker = new OpenBroker();
      broker.account = () => Promise.reject(new BrokerError('no account', { effect: 'none', code }));
      return { ...world.ports, broker };
    };
    const gone = { ...BY_ANNA, account: 'PA1' };
    await expect(closeRunOfGoneAccount(RUN_ID, gone, failing('timeout'))).rejects.toThrow(BrokerError);
    expect(await closeRunOfGoneAccount(RUN_ID, gone, failing('unauthorized'))).toMatchObject({ kind: 'closed' });
  });

  it('is not foreseen by what that account says', async () => {
    const { world, ports } = await exchanged();
    await expect(previewTurn(await world.record(), ports)).rejects.toThrow(OtherAccount);
    expect((await previewTurn(await world.record(), world.ports)).actions).toHaveLength(1);
    expect(world.notifier.notices).toEqual([]);
  });

  it('leaves the ledger of that account alone where a person has taken it over meanwhile', async () => {
    const { world } = await exchanged();
    const ledger = await world.ledgers.load('balanced');
    if (ledger === undefined) throw new Error('no ledger');
    await world.ledgers.save({ ...ledger, version: ledger.version + 1, accountNumber: 'PA2' });
    await world.drive();
    expect((await world.record()).phase).toMatchObject({ ending: { kind: 'completed' } });
    expect(await world.ledgers.load('balanced')).toMatchObject({ version: ledger.version + 1, ledger: ledger.ledger });
  });
});

describe('a record of a release that froze no account', () => {
  it('is held to the account of its snapshot', async () => {
    const { world, pa2, ports } = await exchanged();
    await forgetAccount(world);
    await expect(world.advance(ports)).rejects.toThrow('planned for account PA1, and the broker answers for PA2');
    expect(pa2.arrived).toEqual([]);
    await world.drive();
    expect((await world.record()).phase).toMatchObject({ ending: { kind: 'completed' } });
  });

  it('is not approved in another either', async () => {
    const { world, ports } = await exchanged({ approve: true });
    await forgetAccount(world);
    expect(await approveRun(RUN_ID, ports)).toEqual({ kind: 'other-account', ...MISMATCH });
    expect(await approveRun(RUN_ID, world.ports)).toEqual({ kind: 'approved' });
  });

  it('does nothing at all where its snapshot is gone: nobody can say whose it is', async () => {
    const { world } = await exchanged();
    await forgetAccount(world);
    const artifacts = { put: (hash: string, text: string) => world.artifacts.put(hash, text), get: async () => undefined };
    await expect(world.advance({ ...world.ports, artifacts })).rejects.toThrow('points to a snapshot that is not stored');
    expect(world.broker.arrived).toEqual([]);
  });
});

describe('an open run', () => {
  it('is one that executes, or whose plan may still be approved, with its account', async () => {
    const { world } = await exchanged();
    expect(await openRunsOf('balanced', world.ports)).toEqual([
      { portfolio: 'balanced', runId: RUN_ID, phase: 'executing', accountNumber: 'PA1' },
    ]);
    await world.drive();
    expect(await openRunsOf('balanced', world.ports)).toEqual([]);
    const held = (await exchanged({ approve: true })).world;
    expect(await openRunsOf('balanced', held.ports)).toMatchObject([{ phase: 'awaiting-approval', accountNumber: 'PA1' }]);
    held.now = CLOSE - 5 * MINUTE_MS;
    expect(await openRunsOf('balanced', held.ports)).toEqual([]);
  });

  it('is of the account of its ledger where its record froze none', async () => {
    const { world } = await exchanged();
    await forgetAccount(world);
    expect(await openRunsOf('balanced', world.ports)).toMatchObject([{ accountNumber: 'PA1' }]);
    const ledgers = { save: async () => 'stale' as const, load: async () => undefined };
    expect(await openRunsOf('balanced', { ...world.ports, ledgers })).toMatchObject([{ accountNumber: undefined }]);
  });
});
