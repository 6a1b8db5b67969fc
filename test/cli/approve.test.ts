// The owner's yes, from the command line's words to the run that goes on, in an embedded world.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { approveDeployedRun } from '../../cli/approve/approve-deployed-run.ts';
import type { Ask, AskOptions } from '../../cli/ask.ts';
import { CommandFailure } from '../../cli/failure.ts';
import { Output } from '../../cli/output.ts';
import { usd } from '../../shared/core/values/money.ts';
import { shares } from '../../shared/core/values/shares.ts';
import { MINUTE_MS } from '../../shared/core/values/time.ts';
import { aHalt } from '../builders/halt.ts';
import { aWorld, DAY, dueAt, type EmbeddedDay, RUN_ID, removeFolder } from '../embedded/a-world.ts';

let day: EmbeddedDay;
beforeEach(async () => {
  day = await aWorld({ portfolio: (text) => text.replace('every: day,', 'every: day, approve: true,') });
});
afterEach(async () => {
  await day.close();
  removeFolder(day.folder);
});

async function approve(runId: string, json = false, options: AskOptions = {}): Promise<string> {
  let said = '';
  const keep = (text: string): void => {
    said += text;
  };
  const output = new Output({ isTty: false, hasColor: false, writeOut: keep, writeErr: keep }, { json, verbose: false });
  await approveDeployedRun(runId, output, () => day.world, options);
  return said;
}

function silent(): Output {
  return new Output(
    { isTty: false, hasColor: false, writeOut: () => undefined, writeErr: () => undefined },
    { json: false, verbose: false },
  );
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
    expect(await refusalOf(RUN_ID)).toMatchObject({ code: 'too-late', message: expect.stringContaining('its deadline is past') });
    expect(day.orders()).toEqual([]);
  });

  it('refuses while the kill switch is on, with its reason and what to type', async () => {
    await day.signal();
    await day.world.portsFor(day.source.policy, RUN_ID).killSwitch.turnOn('pair', aHalt({ reason: 'on holiday' }));
    expect(await refusalOf(RUN_ID)).toMatchObject({
      code: 'kill-switch',
      exitCode: 1,
      message: `${RUN_ID} was not approved: the kill switch is on (on holiday); turn it off first: npx evenkeel resume`,
    });
    expect(day.world.engine.take()).toBeUndefined();
  });

  it('refuses when the market has left the prices of the plan, symbol by symbol', async () => {
    await day.signal();
    const ports = day.world.portsFor(day.source.policy, RUN_ID);
    const marketData = {
      ...ports.marketData,
      latestQuotes: async (symbols: readonly string[]) => {
        const quotes = await ports.marketData.latestQuotes(symbols);
        return new Map([...quotes].map(([symbol, quote]) => [symbol, { ...quote, bid: quote.bid * 2n, ask: quote.ask * 2n }] as const));
      },
    };
    const elsewhere = { ...day.world, portsFor: () => ({ ...ports, marketData }) };
    const failure = await approveDeployedRun(RUN_ID, silent(), () => elsewhere).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'prices-moved',
      message: expect.stringMatching(/SPY from \S+ to \S+ \(\d+ bp\), TLT from .*execution\.approval-bps/),
    });
  });

  it('asks once more where the plan was made without what real money needs, and says by whom and why', async () => {
    const override = { by: 'anna', reason: 'a first order watched by hand' };
    const said = `${RUN_ID} was planned live without what it needs, by anna: a first order watched by hand\nApprove it all the same?`;
    const { accountNumber } = day.world.exchange.desk.book;
    await day.close();
    removeFolder(day.folder);
    // The made-up prices have no volumes.
    day = await aWorld({
      portfolio: (text) =>
        `${text.replace('every: day,', 'every: day, approve: true,').replace('limits: {', 'limits: { volume: off,')}account: { mode: live, number: ${accountNumber}, capital: 100%, live-override: { by: anna, reason: ${override.reason} } }\n`,
    });
    expect(await day.signal()).toMatchObject({ kind: 'awaiting-approval' });
    expect(await refusalOf(RUN_ID)).toMatchObject({ code: 'not-asked', exitCode: 2, message: expect.stringContaining(said) });
    const no: Ask = async (question) => {
      throw new CommandFailure('declined', question, { exitCode: 1 });
    };
    await expect(approveDeployedRun(RUN_ID, silent(), () => day.world, {}, no)).rejects.toMatchObject({ code: 'declined', message: said });
    expect(day.world.engine.take()).toBeUndefined();
    expect(JSON.parse(await approve(RUN_ID, true, { yes: true }))).toEqual({ runId: RUN_ID, approval: 'approved', override });
    expect(day.world.engine.take()).toBe(RUN_ID);
  });

  it('refuses a run that has ended', async () => {
    await day.arm({ kind: 'calendar-disagrees', date: DAY });
    await day.signal();
    expect(await refusalOf(RUN_ID)).toMatchObject({ code: 'ended', message: `${RUN_ID} was not approved: it has ended` });
  });

  it('refuses a plan that was made for another account than the keys are of, and names both', async () => {
    await day.signal();
    const ports = day.world.portsFor(day.source.policy, RUN_ID);
    const account = async () => ({ ...(await ports.broker.account()), accountNumber: 'PA2' });
    const elsewhere = { ...day.world, portsFor: () => ({ ...ports, broker: { ...ports.broker, account } }) };
    const planned = (await ports.broker.account()).accountNumber;
    await expect(approveDeployedRun(RUN_ID, silent(), () => elsewhere)).rejects.toMatchObject({
      code: 'other-account',
      exitCode: 1,
      message: `${RUN_ID} was not approved: it was planned for account ${planned}, and the keys are of PA2; put those of ${planned} back first: npx evenkeel secrets set ACCOUNT`,
    });
    expect(day.orders()).toEqual([]);
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
