// The ledger in the life of a portfolio: opened, advanced by runs, and in the way of the next one where it must be.
import { describe, expect, it } from 'vitest';
import { openEntries } from '../../../shared/contracts/ledger-entries.ts';
import type { LedgerRecord } from '../../../shared/contracts/ledger-record.ts';
import type { Unowned } from '../../../shared/contracts/portfolio-policy.ts';
import type { Entry } from '../../../shared/core/ledger/entry.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { NANOS_PER_SHARE, shares } from '../../../shared/core/values/shares.ts';
import { DAY_MS } from '../../../shared/core/values/time.ts';
import { percent } from '../../../shared/core/values/weight.ts';
import { adoptDifferences } from '../../../shared/workflow/adopt-differences.ts';
import { countFillsOf, filledOrders } from '../../../shared/workflow/count-fills-of.ts';
import { readArtifact } from '../../../shared/workflow/read-artifact.ts';
import { claimOf } from '../../../shared/workflow/take-snapshot.ts';
import { Death, dyingPorts } from './dying-ports.ts';
import { aPolicy, DUE, DUE_EVENT, WorkflowWorld } from './workflow-world.ts';

const BY_ANNA = { who: 'anna@laptop', reason: 'rebalanced by hand' };

async function ledgerOf(world: WorkflowWorld): Promise<LedgerRecord> {
  const record = await world.ledgers.load('balanced');
  if (record === undefined) throw new Error('no ledger');
  return record;
}

async function heldBy(world: WorkflowWorld): Promise<Record<string, bigint>> {
  const { ledger } = await ledgerOf(world);
  return Object.fromEntries(ledger.holdings.map(({ symbol, quantity }) => [symbol, quantity / NANOS_PER_SHARE]));
}

/** All entries, oldest first, along the chain. */
async function chainOf(world: WorkflowWorld): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let hash: string | undefined = (await ledgerOf(world)).head; hash !== undefined; ) {
    const text = await world.artifacts.get(hash);
    if (text === undefined) throw new Error(`the chain is broken at ${hash}`);
    const batch = openEntries(text);
    entries.unshift(...batch.entries);
    hash = batch.previous;
  }
  return entries;
}

/** A first run that sold 22 SPY of 80 and bought 39 TLT. */
async function afterOneRun(): Promise<WorkflowWorld> {
  const world = new WorkflowWorld();
  world.broker.answer = (intent) => world.broker.takeAndFill(intent);
  await world.signal();
  await world.drive();
  return world;
}

/** The next session is a Monday. */
function nextSignal(world: WorkflowWorld, days = 3) {
  world.now = DUE + days * DAY_MS + 5_000;
  return world.signal({ ...DUE_EVENT, scheduledTime: new Date(DUE + days * DAY_MS).toISOString() });
}

describe('the ledger of a portfolio', () => {
  it('is opened by the first run with what the account holds, and advanced by the fills of that run', async () => {
    const world = await afterOneRun();
    expect(await heldBy(world)).toEqual({ SPY: 58n, TLT: 39n });
    const { version, accountNumber, ledger } = await ledgerOf(world);
    expect([version, accountNumber]).toEqual([2, 'PA1']);
    // 22 sold and 39 bought at 100 dollars.
    expect(ledger.cash).toEqual({ fill: usd('-1700') });
    expect((await chainOf(world)).map(({ kind }) => kind)).toEqual(['opening', 'opening', 'fill', 'fill']);
  });

  it('is what the next run starts from, without counting a fill twice when the broker tells of it', async () => {
    const world = await afterOneRun();
    expect(await nextSignal(world)).toMatchObject({ kind: 'nothing-to-trade' });
    expect(await heldBy(world)).toEqual({ SPY: 58n, TLT: 39n });
    expect(await chainOf(world)).toHaveLength(4);
    expect((await ledgerOf(world)).ledger.orders).toEqual([]);
  });

  it('stands in the snapshot, with the positions that the plan was made of', async () => {
    const world = new WorkflowWorld();
    await world.signal();
    const { reconciliation, positions } = await readArtifact(world.artifacts, await world.record(), 'snapshot');
    const { version, head } = await ledgerOf(world);
    expect(reconciliation).toEqual({
      version,
      head,
      lines: [
        { symbol: 'SPY', expected: shares('80'), found: shares('80') },
        { symbol: 'TLT', expected: 0n, found: 0n },
      ],
    });
    expect(positions).toHaveLength(1);
  });

  it('counts a run once, however often its end is reached', async () => {
    const world = await afterOneRun();
    const record = await world.record();
    if (record.phase.kind !== 'ended' || record.phase.execution === undefined) throw new Error('unreachable');
    const before = await ledgerOf(world);
    await countFillsOf({ ...record, accountNumber: before.accountNumber }, filledOrders(record.phase.execution), world.ports);
    expect(await ledgerOf(world)).toEqual(before);
  });

  it('counts the run that two drivers end together once', async () => {
    const world = new WorkflowWorld();
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await world.signal();
    await Promise.all([world.advance(), world.advance(), world.advance()]);
    await world.drive();
    expect(await heldBy(world)).toEqual({ SPY: 58n, TLT: 39n });
    expect((await chainOf(world)).filter(({ kind }) => kind === 'fill')).toHaveLength(2);
  });

  it.each(['before', 'after'] as const)('holds every fill once, wherever a turn dies %s one of its calls', async (when) => {
    for (let nth = 1; ; nth += 1) {
      const world = new WorkflowWorld();
      world.broker.answer = (intent) => world.broker.takeAndFill(intent);
      await world.signal();
      const died = await world.advance(dyingPorts(world.ports, nth, when).ports).then(
        () => false,
        (error: unknown) => error instanceof Death,
      );
      if (!died) return expect(nth).toBeGreaterThan(15);
      world.now += 10_000;
      await world.drive();
      const held = Object.fromEntries([...world.broker.held].map(([symbol, quantity]) => [symbol, quantity / NANOS_PER_SHARE]));
      expect(await heldBy(world), `call ${nth}`).toEqual(held);
    }
  });

  it('is left unwritten by a run of a portfolio that had none: the next run opens it', async () => {
    const world = new WorkflowWorld();
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await world.signal();
    // As under a release that kept no ledger.
    const ledgers = { load: async () => undefined, save: async () => 'saved' as const };
    for (let done = false; !done; ) ({ done } = await world.advance({ ...world.ports, ledgers }));
    expect((await world.record()).phase).toMatchObject({ kind: 'ended', ending: { kind: 'completed' } });
    expect((await ledgerOf(world)).version).toBe(1);
  });
});

describe('a run is refused as unreconciled', () => {
  it('after a trade by hand, with the figures and the words to type, until it is adopted', async () => {
    const world = await afterOneRun();
    world.broker.tradeByHand('SPY', 'sell', shares('5'));
    const refused = await nextSignal(world);
    expect(refused).toMatchObject({ kind: 'refused', code: 'unreconciled' });
    if (refused.kind !== 'refused') throw new Error('unreachable');
    expect(refused.detail).toContain('SPY: expected 58, found 53 (sell 5 at 100.00 on 2026-11-20T20:35:00.000Z, not by this portfolio)');
    expect(refused.detail).toContain('npx evenkeel reconcile balanced --adopt --reason');
    expect(refused.detail).not.toContain('TLT');
    expect(world.notifier.notices.at(-1)).toMatchObject({ severity: 'ticket', code: 'run-refused' });
    expect(await heldBy(world)).toEqual({ SPY: 58n, TLT: 39n });

    const adopted = await adoptDifferences(claimOf(aPolicy()), BY_ANNA, world.ports);
    expect(adopted.kind).toBe('adopted');
    expect(await heldBy(world)).toEqual({ SPY: 53n, TLT: 39n });
    expect((await chainOf(world)).at(-1)).toMatchObject({ kind: 'adopted', symbol: 'SPY', quantity: shares('-5'), ...BY_ANNA });
    expect((await nextSignal(world, 4)).kind).not.toBe('refused');
  });

  it('when shares are gone and no activity says why', async () => {
    const world = await afterOneRun();
    world.broker.held.set('TLT', shares('38'));
    const refused = await nextSignal(world);
    expect(refused).toMatchObject({ kind: 'refused', code: 'unreconciled' });
    expect(JSON.stringify(refused)).toContain('TLT: expected 39, found 38;');
    expect(world.broker.arrived).toHaveLength(2);
  });

  it('when the account is another one than the ledger is of, until somebody takes it over', async () => {
    const world = await afterOneRun();
    world.broker.accountNumber = 'PA2';
    world.broker.held.clear();
    expect(JSON.stringify(await nextSignal(world))).toContain('the ledger is of account PA1, the broker answers PA2');
    await adoptDifferences(claimOf(aPolicy()), BY_ANNA, world.ports);
    expect((await ledgerOf(world)).accountNumber).toBe('PA2');
    expect(await heldBy(world)).toEqual({ SPY: 0n, TLT: 0n });
  });

  it('when the account does not hold still', async () => {
    const world = await afterOneRun();
    const { ports } = world;
    const broker = new Proxy(ports.broker, {
      get: (target, name) => {
        if (name === 'positions') world.broker.tradeByHand('SPY', 'buy', shares('1'));
        const member: unknown = Reflect.get(target, name, target);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
    world.now = DUE + 3 * DAY_MS + 5_000;
    const event = { ...DUE_EVENT, scheduledTime: new Date(DUE + 3 * DAY_MS).toISOString() };
    expect(await world.signal(event, { ...ports, broker })).toMatchObject({ kind: 'refused', code: 'unreconciled' });
  });
});

describe('a run is not refused', () => {
  it('for a fill that came after the end of the run before', async () => {
    const world = new WorkflowWorld();
    await world.signal();
    // Rejected by word, filled in fact.
    world.broker.answer = (intent) => {
      world.broker.take(intent);
      return { kind: 'rejected', code: '1', message: 'no' };
    };
    await world.drive().catch((error: unknown) => expect(`${error}`).toContain('is unresolved'));
    const [first] = world.broker.arrived;
    if (first === undefined) throw new Error('nothing was sent');
    world.broker.fill(first.clientOrderId, shares('3'), 'canceled');
    expect(await nextSignal(world)).not.toMatchObject({ code: 'unreconciled' });
    expect((await heldBy(world))['SPY']).toBe(77n);
    expect((await chainOf(world)).at(-1)).toMatchObject({ kind: 'late-fill', symbol: 'SPY', quantity: shares('-3') });
  });

  it('for trades in what the portfolio does not own, nor for another portfolio that trades meanwhile', async () => {
    const world = await afterOneRun();
    world.broker.tradeByHand('GME', 'buy', shares('1'));
    expect(await nextSignal(world)).toMatchObject({ kind: 'nothing-to-trade' });
    expect(await heldBy(world)).toEqual({ SPY: 58n, TLT: 39n });
  });
});

describe('a symbol that the file names later and the account holds already', () => {
  const children = (['SPY', 'TLT', 'GLD'] as const).map((symbol) => ({
    weight: percent(symbol === 'SPY' ? '50%' : '25%'),
    child: { kind: 'asset' as const, symbol },
  }));

  /** The second run knows GLD too, of which the account holds 7. */
  async function named(unowned: Unowned): Promise<WorkflowWorld> {
    const world = await afterOneRun();
    const [sleeve] = world.source.policy.sleeves;
    if (sleeve === undefined) throw new Error('unreachable');
    const policy = aPolicy({ unowned, sleeves: [{ ...sleeve, strategy: { kind: 'specified', children } }] });
    world.source = { text: 'portfolio: balanced', policy };
    world.broker.listed = [...world.broker.listed, { symbol: 'GLD', isTradable: true, isFractionable: true }];
    world.broker.held.set('GLD', shares('7'));
    return world;
  }

  it('is nobody’s of ours, so that the run is refused', async () => {
    const world = await named('leave');
    expect(JSON.stringify(await nextSignal(world))).toContain('GLD: expected 0, found 7;');
    expect(await heldBy(world)).toEqual({ SPY: 58n, TLT: 39n });
  });

  it('is taken over where the file says so', async () => {
    const world = await named('adopt');
    expect(await nextSignal(world)).not.toMatchObject({ code: 'unreconciled' });
    expect(await heldBy(world)).toEqual({ SPY: 58n, TLT: 39n, GLD: 7n });
    expect((await chainOf(world)).at(-1)).toMatchObject({ kind: 'opening', symbol: 'GLD', quantity: shares('7') });
  });
});

describe('adopting', () => {
  it('waits for a run that executes', async () => {
    const world = new WorkflowWorld();
    await world.signal();
    expect(await adoptDifferences(claimOf(aPolicy()), BY_ANNA, world.ports)).toEqual({
      kind: 'executing',
      runId: (await world.record()).runId,
    });
  });

  it('changes nothing where nothing is left to adopt', async () => {
    const world = await afterOneRun();
    await nextSignal(world);
    const before = await ledgerOf(world);
    expect(await adoptDifferences(claimOf(aPolicy()), BY_ANNA, world.ports)).toMatchObject({
      kind: 'adopted',
      reconciliation: { entries: [] },
    });
    expect(await ledgerOf(world)).toEqual(before);
  });

  it('gives way to whoever wrote the ledger meanwhile', async () => {
    const world = await afterOneRun();
    world.broker.tradeByHand('SPY', 'sell', shares('5'));
    const ledgers = { load: (portfolio: string) => world.ledgers.load(portfolio), save: async () => 'stale' as const };
    expect(await adoptDifferences(claimOf(aPolicy()), BY_ANNA, { ...world.ports, ledgers })).toEqual({ kind: 'stale' });
  });
});
