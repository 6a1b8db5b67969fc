import { describe, expect, it } from 'vitest';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { readArtifact } from '../../../shared/workflow/read-artifact.ts';
import { Death, dyingPorts } from './dying-ports.ts';
import { aPolicy, WorkflowWorld } from './workflow-world.ts';

/** A run that rejects its sell, and so ends with residuals. */
async function atItsEnd(): Promise<WorkflowWorld> {
  const world = new WorkflowWorld();
  await world.signal();
  world.broker.answer = (intent) =>
    intent.side === 'sell' ? { kind: 'rejected', code: '1', message: 'no' } : world.broker.takeAndFill(intent);
  return world;
}

describe('the end of a run', () => {
  it('says what was traded, at what cost, and what drift is left', async () => {
    const world = new WorkflowWorld();
    await world.signal();
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await world.drive();
    const { outcome, positions, account } = await readArtifact(world.artifacts, await world.record(), 'outcome');
    expect(outcome.trades.map(({ symbol, filledQuantity, executionShortfall }) => [symbol, filledQuantity, executionShortfall])).toEqual([
      ['SPY', shares('22'), 0n],
      ['TLT', shares('39'), 0n],
    ]);
    // 58, 39 and 3 hundredths of 10,000, against 58.8, 39.2 and 2.
    expect(outcome.lines.map(({ symbol, weight, drift }) => [symbol, weight, drift])).toEqual([
      ['SPY', 580_000n, -8_000n],
      ['TLT', 390_000n, -2_000n],
      ['cash', 30_000n, 10_000n],
    ]);
    expect(outcome.unexplained).toEqual([]);
    expect(positions).toHaveLength(2);
    expect(account.cash).toBe(usd('300'));
  });

  it.each(['before', 'after'] as const)('is told at least once, wherever a turn dies %s one of its calls', async (when) => {
    for (let nth = 1; ; nth += 1) {
      const world = await atItsEnd();
      const died = await world.advance(dyingPorts(world.ports, nth, when).ports).then(
        () => false,
        (error: unknown) => error instanceof Death,
      );
      if (!died) return expect(nth).toBeGreaterThan(20);
      world.now += 10_000;
      await world.drive().catch((error: unknown) => expect(`${error}`).toContain('is unresolved'));
      const { phase } = await world.record();
      // A rejection that nobody lived to hear leaves a doubt, which is told by the failing of the run.
      const isDoubted = phase.kind === 'ended' && phase.ending.kind === 'unresolved';
      expect(world.notifier.notices.some(({ code }) => code === 'residuals') || isDoubted, `call ${nth}`).toBe(true);
    }
  });

  it('is written once when two drivers reach it together', async () => {
    const world = await atItsEnd();
    const turns = await Promise.all([world.advance(), world.advance()]);
    expect(turns.some(({ done }) => done)).toBe(true);
    await world.drive();
    expect((await world.record()).phase.kind).toBe('ended');
  });

  it('does not page for the share that could not be divided: golden case of a small account in a narrow band', async () => {
    const [schedule] = aPolicy().schedules;
    if (schedule === undefined) throw new Error('unreachable');
    // A band of half a percent of 10,000 dollars is 50 dollars: less than one share.
    const world = new WorkflowWorld(aPolicy({ schedules: [{ ...schedule, band: { absolute: 5_000n } }] }));
    await world.signal();
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await world.drive();
    const { outcome } = await readArtifact(world.artifacts, await world.record(), 'outcome');
    expect(outcome.lines.filter(({ isInside }) => !isInside).map(({ symbol }) => symbol)).toEqual(['SPY', 'cash']);
    expect(outcome.unexplained).toEqual([]);
    expect(world.notifier.notices).toEqual([]);
  });

  it('values by the plan what has no quote that may be traded on: golden case of the wide quote', async () => {
    const world = new WorkflowWorld();
    await world.signal();
    world.broker.answer = (intent) => {
      const taken = world.broker.takeAndFill(intent);
      // After the last fill the venue quotes a side at twice its price.
      if (intent.side === 'buy') world.quotes = (symbol) => ({ symbol, bid: usd('99.99'), ask: usd('200'), at: world.now });
      return taken;
    };
    await world.drive();
    const { outcome } = await readArtifact(world.artifacts, await world.record(), 'outcome');
    expect(outcome.lines.map(({ value }) => value)).toEqual([usd('5800'), usd('3900'), usd('300')]);
    expect(world.notifier.notices).toEqual([]);
  });
});
