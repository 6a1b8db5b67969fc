// Everything that keeps a due run from trading, through the real handlers: each says why, and sends nothing.
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { executionHandler } from '../../lambdas/execution/execution-handler.ts';
import { alpacaBroker } from '../../shared/adapters/alpaca/broker.ts';
import { clientSettings } from '../../shared/adapters/aws/client-settings.ts';
import { newSigningKey } from '../../shared/contracts/hypothesis/signing-keys.ts';
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { UnreadableRecord } from '../../shared/contracts/run-record.ts';
import { MINUTE_MS } from '../../shared/core/values/time.ts';
import { approveRun } from '../../shared/workflow/approve-run.ts';
import { readArtifact } from '../../shared/workflow/read-artifact.ts';
import type { World } from '../../shared/workflow/world.ts';
import { aHalt } from '../builders/halt.ts';
import { aPolicyCheck, liveDocuments, signedCheck } from '../builders/live.ts';
import { aWorld, DAY, dueAt, type EmbeddedDay, NEXT_DAY, RUN_ID, removeFolder, type WorldStatement } from './a-world.ts';

let day: EmbeddedDay;
beforeEach(async () => {
  day = await aWorld();
});
afterEach(async () => {
  await day.close();
  removeFolder(day.folder);
});

async function restartWith(portfolio: (text: string) => string, more: Omit<WorldStatement, 'portfolio'> = {}): Promise<void> {
  await day.close();
  removeFolder(day.folder);
  day = await aWorld({ ...more, portfolio });
}

describe('the kill switch', () => {
  it.each([[undefined], ['pair']])('refuses a run while it is on (%s)', async (portfolio) => {
    await day.world.portsFor(day.source.policy, RUN_ID).killSwitch.turnOn(portfolio, aHalt({ reason: 'the owner is on holiday' }));
    expect(await day.signal()).toMatchObject({ kind: 'refused', code: 'kill-switch', detail: 'the owner is on holiday' });
    expect(day.orders()).toEqual([]);
    expect(await day.notices()).toEqual([expect.stringContaining('kill-switch')]);
  });

  it('sends nothing more once it is on in mid-run, and says so of every trade', async () => {
    await day.signal();
    await day.world.portsFor(day.source.policy, RUN_ID).killSwitch.turnOn('pair', aHalt());
    expect(await day.drive()).toBe('ended');
    expect(await day.residuals()).toEqual(['SPY kill-switch', 'TLT kill-switch']);
    expect(day.orders()).toEqual([]);
  });
});

describe('real money', () => {
  const LIVE = 'account: { mode: live, number: NUMBER, capital: 100% }\n';
  const OVERRIDE = 'live-override: { by: anna, reason: a first order watched by hand }';
  const SAID = 'live without what it needs, by anna: a first order watched by hand';
  const live = (account = LIVE) => {
    const { accountNumber } = day.world.exchange.desk.book;
    // The made-up prices have no volumes.
    return (text: string) => `${text.replace('limits: {', 'limits: { volume: off,')}${account.replace('NUMBER', accountNumber)}`;
  };

  it('is traded where a signed document clears it', async () => {
    await restartWith(live(), { documents: (policy) => liveDocuments([signedCheck(aPolicyCheck(policy))]) });
    expect(await day.rebalance()).toBe('ended');
    expect(day.orders()).toHaveLength(2);
    expect((await readArtifact(day.world.artifacts, await day.record(), 'snapshot')).clearance).toMatchObject({
      documents: { core: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  it('is not where nothing does, or what does is signed by somebody else', async () => {
    const foreign = newSigningKey().privatePem;
    for (const documents of [undefined, (policy: PortfolioPolicy) => liveDocuments([signedCheck(aPolicyCheck(policy), foreign)])]) {
      await restartWith(live(), documents === undefined ? {} : { documents });
      expect(await day.signal()).toMatchObject({ kind: 'refused', code: 'live-without-verdict' });
      expect(day.orders()).toEqual([]);
      expect(await day.notices()).toEqual([expect.stringContaining('needs a policy check that passed')]);
    }
  });

  it('is where a person lets it, who is named in what is told', async () => {
    await restartWith(live(LIVE.replace('capital: 100%', `capital: 100%, ${OVERRIDE}`)));
    await day.world.portsFor(day.source.policy, RUN_ID).killSwitch.turnOn('pair', aHalt());
    expect(await day.signal()).toMatchObject({ kind: 'refused', code: 'kill-switch' });
    expect(await day.notices()).toEqual([expect.stringContaining(SAID)]);
    await restartWith(live(LIVE.replace('capital: 100%', `capital: 100%, ${OVERRIDE}`)));
    expect(await day.rebalance()).toBe('ended');
    expect(day.orders()).toHaveLength(2);
  });
});

describe('a plan that waits for its owner', () => {
  beforeEach(() => restartWith((text) => text.replace('every: day,', 'every: day, approve: true,')));

  it('is not executed until he says yes', async () => {
    expect(await day.signal()).toEqual({ kind: 'awaiting-approval', runId: RUN_ID });
    expect(day.world.engine.take()).toBeUndefined();
    expect(await day.notices()).toEqual([expect.stringContaining(`npx evenkeel approve ${RUN_ID}`)]);
    // Somebody who turns the crank all the same finds it locked.
    expect(await day.drive()).toBe('dead-letter');
    expect(day.deadLetters[0]?.error).toContain('is awaiting-approval, expected executing');
    expect(day.orders()).toEqual([]);

    const ports = day.world.portsFor(day.source.policy, RUN_ID);
    expect(await approveRun(RUN_ID, ports)).toEqual({ kind: 'approved' });
    expect(await approveRun(RUN_ID, ports)).toEqual({ kind: 'already-approved' });
    expect(day.world.engine.take()).toBe(RUN_ID);
    expect(day.world.engine.take()).toBeUndefined();
    expect(await day.drive()).toBe('ended');
    expect(day.shares()).toEqual(await day.planned());
  });

  it('is dead when he says yes after its deadline', async () => {
    await day.signal();
    day.goTo(dueAt(DAY) + 21 * MINUTE_MS);
    expect(await approveRun(RUN_ID, day.world.portsFor(day.source.policy, RUN_ID))).toEqual({ kind: 'too-late' });
    expect(day.orders()).toEqual([]);
  });
});

describe('an event', () => {
  it.each([
    ['nothing', null],
    ['text', 'run!'],
    ['an empty object', {}],
    ['a portfolio that is no name', { portfolio: '../pair', schedule: 'daily', scheduledTime: '2019-03-14T19:35:00Z' }],
    ['a time without a zone', { portfolio: 'pair', schedule: 'daily', scheduledTime: '2019-03-14T19:35:00' }],
    ['one word too many', { portfolio: 'pair', schedule: 'daily', scheduledTime: '2019-03-14T19:35:00Z', force: true }],
  ])('that is garbage (%s) is refused, field by field', async (_, event) => {
    const failure = await day.signal(event).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ZodError);
    expect((failure as ZodError).issues.length).toBeGreaterThan(0);
    expect(await day.world.runStore.list('pair', 1)).toEqual([]);
  });

  it('of a schedule that the portfolio does not have is refused by name', async () => {
    await expect(day.signal({ ...day.event(), schedule: 'weekly' })).rejects.toThrow('portfolio pair has no schedule weekly');
  });

  it('that comes eleven minutes late is refused as outside its window', async () => {
    day.goTo(dueAt(DAY) + 11 * MINUTE_MS);
    expect(await day.signal()).toMatchObject({
      kind: 'refused',
      code: 'outside-window',
      detail: 'due at 2019-03-14T19:35:00.000Z, 11 minutes ago',
    });
    expect(day.orders()).toEqual([]);
    expect(await day.ending()).toMatchObject({ kind: 'refused', code: 'outside-window' });
  });

  it('that comes nine minutes late is in time', async () => {
    day.goTo(dueAt(DAY) + 9 * MINUTE_MS);
    expect(await day.signal()).toMatchObject({ kind: 'handed-over' });
  });

  it('of tomorrow is not due, and pages: some clock or deployment is wrong', async () => {
    expect(await day.signal(day.event(NEXT_DAY))).toMatchObject({ kind: 'not-due', code: 'early' });
    expect(await day.notices()).toEqual([expect.stringContaining('schedule-wrong')]);
  });

  it.each([
    ['a holiday', '2019-04-19T19:35:00Z', 'not-a-session'],
    ['a Saturday', '2019-03-16T19:35:00Z', 'not-a-session'],
    // The other cron of a close-relative schedule: right only on a day that closes at 13:00.
    ['an early close that is none', '2019-03-14T16:35:00Z', 'other-close'],
  ])('on %s is not due, and leaves no record', async (_, scheduledTime, code) => {
    day.goTo(Math.max(dueAt(DAY), Date.parse(scheduledTime)));
    expect(await day.signal({ ...day.event(), scheduledTime })).toMatchObject({ kind: 'not-due', code });
    expect(await day.world.runStore.list('pair', 1)).toEqual([]);
    expect(await day.notices()).toEqual([]);
  });

  it('is refused while another run of the portfolio is under way', async () => {
    await day.signal();
    day.goTo(dueAt(NEXT_DAY));
    const answer = await day.signal(day.event(NEXT_DAY));
    expect(answer).toMatchObject({ kind: 'refused', code: 'run-in-progress', detail: `${RUN_ID} is executing` });
    // The one that was left behind ends with its reason: its session is over.
    expect(await day.drive()).toBe('ended');
    expect(await day.residuals()).toEqual(['SPY deadline', 'TLT deadline']);
    expect(day.orders()).toEqual([]);
  });
});

describe('a record that this release cannot read', () => {
  /** As a later release would have left it. */
  async function rewrite(change: (record: string) => string): Promise<void> {
    const { endpoints, table } = day.world.aws;
    const dynamo = new DynamoDBClient(clientSettings({ endpoint: endpoints.dynamodb }));
    const key = { pk: { S: 'run/pair' }, sk: { S: `${DAY}/daily` } };
    const { Item = {} } = await dynamo.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));
    const record = { S: change(Item['record']?.S ?? '') };
    await dynamo.send(new PutItemCommand({ TableName: table, Item: { ...Item, record } }));
    dynamo.destroy();
  }

  it.each([
    [
      'of another schema version',
      (record: string) => record.replace('"schemaVersion":1', '"schemaVersion":2'),
      'schema version 2, this release reads 1',
    ],
    ['that is cut short', (record: string) => record.slice(0, 100), 'run record is not JSON'],
    ['of another run', (record: string) => record.replace('"version":2', '"version":3'), 'disagrees with its own version or key'],
  ])('%s stops the signal and the execution, and nothing is traded', async (_, change, message) => {
    await day.signal();
    await rewrite(change);
    await expect(day.signal()).rejects.toThrow(UnreadableRecord);
    expect(await day.drive()).toBe('dead-letter');
    expect(day.deadLetters[0]?.error).toMatch(/^UnreadableRecord: /);
    expect(day.deadLetters[0]?.error).toContain(message);
    expect(day.orders()).toEqual([]);
    // Neither does a later run trade over it.
    day.goTo(dueAt(NEXT_DAY));
    await expect(day.signal(day.event(NEXT_DAY))).rejects.toThrow(UnreadableRecord);
    expect(day.orders()).toEqual([]);
  });
});

describe('wrong keys', () => {
  it('are a dead letter after the retries, in words that do not tell them', async () => {
    await day.signal();
    const wrong = { keyId: 'PKWRONGWRONGWRONG1234', secretKey: 'not-the-secret-of-this-account' };
    const { url, clock } = day.world.exchange;
    const world: World = {
      ...day.world,
      portsFor: (policy, runId) => {
        const options = { credentials: async () => wrong, tradingUrl: url, dataUrl: url, feed: 'iex' as const, clock, random: () => 0.5 };
        return { ...day.world.portsFor(policy, runId), broker: alpacaBroker(options) };
      },
    };
    const before = clock.now();
    expect(await day.drive(RUN_ID, world)).toBe('dead-letter');
    // Three retries, after 10, 20 and 40 seconds.
    expect(clock.now() - before).toBe(70_000);
    expect(day.deadLetters).toEqual([{ runId: RUN_ID, error: expect.stringMatching(/^BrokerError: .*(?:401|403|unauthorized)/) }]);
    expect(JSON.stringify(day.deadLetters)).not.toContain('WRONG');
    expect(JSON.stringify(day.deadLetters)).not.toContain(wrong.secretKey);
    expect(day.orders()).toEqual([]);
    // With the right ones again, a redrive finishes the run.
    expect(await day.drive()).toBe('ended');
    expect(day.shares()).toEqual(await day.planned());
  });
});

describe('an account that is not the one of the file', () => {
  it('goes on only where the account is of that number', async () => {
    await day.rebalance();
    await day.close();
    // The folder's account is LOCAL0001; the file now names another.
    const other = aWorld({ folder: day.folder, portfolio: (text) => `${text}account: { name: main, number: PA9999999999 }\n` });
    await expect(other).rejects.toThrow('the saved exchange is of account LOCAL0001, not PA9999999999');
    day = await aWorld({ folder: day.folder });
    expect(await day.signal()).toMatchObject({ kind: 'already-ended' });
    expect(day.orders()).toHaveLength(2);
  });
});

describe('a world that is closed in mid-run', () => {
  it('goes on when it is opened again, with the orders whose answers were lost', async () => {
    await day.signal();
    await day.arm({ kind: 'drop-after-acceptance', route: 'POST /v2/orders', count: 2 });
    // One turn: both orders are at the exchange, and nobody here knows.
    await executionHandler(() => day.world)({ runId: RUN_ID });
    expect(day.orders()).toHaveLength(2);
    await day.close();

    day = await aWorld({ folder: day.folder });
    expect(day.orders()).toHaveLength(2);
    expect(await day.signal()).toEqual({ kind: 'handed-over', runId: RUN_ID });
    expect(await day.drive()).toBe('ended');
    expect(day.orders()).toHaveLength(2);
    expect(day.shares()).toEqual(await day.planned());
  });
});
