// The demo's sessions in a world that misbehaves, and what its table then says.
import pc from 'picocolors';
import { afterEach, describe, expect, it } from 'vitest';
import { sessionTable } from '../../cli/demo/demo-text.ts';
import { type DueSession, rebalanceSessions, type SessionStep } from '../../cli/demo/rebalance-sessions.ts';
import { sessionOn } from '../../shared/core/market/nyse-calendar.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { aWorld, DAY, dueAt, type EmbeddedDay, NEXT_DAY, RUN_ID, removeFolder } from '../embedded/a-world.ts';

let day: EmbeddedDay;
afterEach(async () => {
  await day.close();
  removeFolder(day.folder);
});

function dueOn(date: NewYorkDate): DueSession {
  const session = sessionOn(date);
  const [schedule] = day.source.policy.schedules;
  if (session === undefined || schedule === undefined) throw new Error(`nothing is due on ${date}`);
  return { schedule, session };
}

async function steps(dates: readonly NewYorkDate[], ways: { approve?: boolean; isStopped?: () => boolean } = {}): Promise<SessionStep[]> {
  const found: SessionStep[] = [];
  for await (const step of rebalanceSessions(day.source, dates.map(dueOn), day.world, {
    approve: false,
    isStopped: () => false,
    ...ways,
  })) {
    found.push(step);
  }
  return found;
}

function tableOf(found: readonly SessionStep[]): string {
  return sessionTable(
    found.map(({ report }) => report),
    pc.createColors(false),
  );
}

describe('the sessions of a demo', () => {
  it('are done once, and found done by whoever comes later', async () => {
    day = await aWorld();
    const first = await steps([DAY, NEXT_DAY]);
    expect(first.map(({ wasDone, report }) => [wasDone, report.ending])).toEqual([
      [false, 'completed'],
      [false, 'completed'],
    ]);
    const again = await steps([DAY, NEXT_DAY]);
    expect(again.map(({ wasDone }) => wasDone)).toEqual([true, true]);
    expect(again.map(({ report }) => report)).toEqual(first.map(({ report }) => report));
  });

  it('say which run a person must look at, and why', async () => {
    day = await aWorld();
    await day.arm({ kind: 'drop-connection', route: 'POST /v2/orders' });
    const [step] = await steps([DAY]);
    expect(step?.deadLetter).toMatch(/^UnresolvedRun: run pair\/2019-03-14\/daily is unresolved/);
    expect(step?.report).toMatchObject({ ending: 'unresolved', orders: [] });
    expect(tableOf(step === undefined ? [] : [step])).toContain('UNRESOLVED: buy SPY: unresolved, buy TLT: unresolved');
    expect(await day.queuedDeadLetters()).toHaveLength(1);
  });

  it('say why a run was refused', async () => {
    day = await aWorld();
    await day.arm({ kind: 'calendar-disagrees', date: DAY });
    expect(tableOf(await steps([DAY]))).toContain(`refused, calendar-disagrees: on ${DAY} ours says`);
  });

  it('say which trades were left, and why', async () => {
    day = await aWorld();
    await day.arm({ kind: 'reject', symbol: 'TLT', count: 1 });
    const found = await steps([DAY]);
    expect(found[0]?.report.residuals).toEqual([expect.objectContaining({ symbol: 'TLT', side: 'buy', reason: 'rejected' })]);
    // Half of 99 % is missing: outside the band, and not unexplained.
    expect(found[0]?.report.driftAfter).toBeGreaterThan(0.49);
    expect(found[0]?.report.unexplained).toEqual([]);
    expect(tableOf(found)).toContain('TLT rejected');
  });

  it('wait for the yes of an owner who wants to be asked, unless it is given beforehand', async () => {
    day = await aWorld({ portfolio: (text) => text.replace('every: day,', 'every: day, approve: true,') });
    const held = await steps([DAY]);
    expect(held[0]?.report).toMatchObject({ ending: 'not-ended', detail: 'awaiting-approval', orders: [] });
    expect(tableOf(held)).toContain('waits for your yes (--approve)');
    expect(day.orders()).toEqual([]);
    // Of two that were held, the session of the first is over.
    expect(tableOf([...held, ...held.map((step) => ({ ...step, report: { ...step.report, date: NEXT_DAY } }))])).toContain(
      'was not approved in time',
    );
    const [given] = await steps([DAY], { approve: true });
    expect(given?.report).toMatchObject({ runId: RUN_ID, ending: 'completed' });
  });

  it('say of a plan that nobody approved in its session that it is too late', async () => {
    day = await aWorld({ portfolio: (text) => text.replace('every: day,', 'every: day, approve: true,') });
    await steps([DAY]);
    day.goTo(dueAt(NEXT_DAY) - 60_000);
    const late = await steps([DAY], { approve: true });
    expect(late[0]?.report).toMatchObject({ ending: 'not-ended', detail: 'approval-missed', orders: [] });
    expect(tableOf(late)).toContain('was not approved in time');
    expect(tableOf(late)).not.toContain('waits for your yes');
  });

  it('stop between turns, and go on in mid-run', async () => {
    day = await aWorld();
    expect(await steps([DAY], { isStopped: () => day.orders().length > 0 })).toEqual([]);
    const orders = day.orders().length;
    expect(orders).toBeGreaterThan(0);
    await day.close();
    day = await aWorld({ folder: day.folder });
    const [step] = await steps([DAY]);
    expect(step?.report.ending).toBe('completed');
    expect(day.orders()).toHaveLength(orders);
  });
});
