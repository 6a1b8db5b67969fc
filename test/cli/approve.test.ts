// The owner's yes, from the command line's words to the run that goes on, in an embedded world.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { approveDeployedRun } from '../../cli/approve/approve-deployed-run.ts';
import { CommandFailure } from '../../cli/failure.ts';
import { Output } from '../../cli/output.ts';
import { usd } from '../../shared/core/values/money.ts';
import { shares } from '../../shared/core/values/shares.ts';
import { MINUTE_MS } from '../../shared/core/values/time.ts';
import { aWorld, DAY, dueAt, type EmbeddedDay, RUN_ID, removeFolder } from '../embedded/a-world.ts';

let day: EmbeddedDay;
beforeEach(async () => {
  day = await aWorld({ portfolio: (text) => text.replace('every: day,', 'every: day, approve: true,') });
});
afterEach(async () => {
  await day.close();
  removeFolder(day.folder);
});

async function approve(runId: string, json = false): Promise<string> {
  let said = '';
  const keep = (text: string): void => {
    said += text;
  };
  const output = new Output({ isTty: false, hasColor: false, writeOut: keep, writeErr: keep }, { json, verbose: false });
  await approveDeployedRun(runId, output, () => day.world);
  return said;
}

async function refusalOf(runId: string): Promise<CommandFailure> {
  const failure = await approve(runId).catch((error: unknown) => error);
  if (!(failure instanceof CommandFailure)) throw new Error(`not refused: ${String(failure)}`);
  return failure;
}

describe('evenkeel approve', () => {
  it('starts the run that waits, once, however often it is typed', async () => {
    await day.signal();
    expect(await approve(RUN_ID)).toBe(`${RUN_ID} is approved and executing.\n`);
    expect(await approve(RUN_ID)).toBe(`${RUN_ID} was approved before.\n`);
    expect(JSON.parse(await approve(RUN_ID, true))).toEqual({ runId: RUN_ID, approval: 'already-approved' });
    expect([day.world.engine.take(), day.world.engine.take()]).toEqual([RUN_ID, undefined]);
    expect(await day.drive()).toBe('ended');
    expect(day.shares()).toEqual(await day.planned());
  });

  it('refuses a run that there is not, and one whose session is too far on', async () => {
    expect(await refusalOf('pair/2019-03-13/daily')).toMatchObject({
      code: 'no-such-run',
      exitCode: 1,
      message: 'pair/2019-03-13/daily was not approved: there is no such run',
    });
    await day.signal();
    day.goTo(dueAt(DAY) + 21 * MINUTE_MS);
    expect(await refusalOf(RUN_ID)).toMatchObject({ code: 'too-late', message: expect.stringContaining('nothing may be sent any more') });
    expect(day.orders()).toEqual([]);
  });

  it('refuses a run that has ended', async () => {
    await day.arm({ kind: 'calendar-disagrees', date: DAY });
    await day.signal();
    expect(await refusalOf(RUN_ID)).toMatchObject({ code: 'ended', message: `${RUN_ID} was not approved: it has ended` });
  });

  it('refuses a plan that was made for other holdings than there are now', async () => {
    await day.signal();
    const { broker } = day.world.portsFor(day.source.policy, RUN_ID);
    const byHand = {
      clientOrderId: 'by-hand',
      symbol: 'SPY',
      side: 'buy',
      quantity: shares('1'),
      limitPrice: usd('101'),
      timeInForce: 'day',
    } as const;
    await broker.submit(byHand);
    day.goTo(dueAt(DAY) + MINUTE_MS);
    expect(await refusalOf(RUN_ID)).toMatchObject({
      code: 'positions-changed',
      message: expect.stringContaining('no longer holds what the plan was made for'),
    });
    expect(day.orders().map(({ clientOrderId }) => clientOrderId)).toEqual(['by-hand']);
  });
});
