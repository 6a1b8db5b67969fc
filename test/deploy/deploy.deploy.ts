// The product as it is deployed: bootstrapped, deployed, fired, broken, mended, watched and destroyed on an emulator of AWS. The
// tests are one story and run in their order.
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE_MS, type NewYorkDate } from '../../shared/core/values/time.ts';
import { DeployedAws } from './aws-clients.ts';
import { dueAt, dueEvent, FIRST, FOURTH, runOf, SECOND, THIRD, watchedAt } from './emulated-days.ts';
import { type EmulatedDeployment, openEmulatedDeployment } from './emulated-deployment.ts';
import { CREDENTIALS } from './emulated-market.ts';
import { type OwnerChannel, openOwnerChannel } from './owner-channel.ts';

const STATE = 'EvenkeelState-paper';
const COMPUTE = 'EvenkeelCompute-paper';
const GROUP = 'evenkeel-paper';
const SECRET = 'evenkeel/paper/emulated';
const BY_HAND = 'by-hand-1';
/** A function is retried before its event becomes a dead letter. */
const PATIENTLY = { timeout: 100_000, interval: 500 };

let deployment: EmulatedDeployment;
let aws: DeployedAws;
let channel: OwnerChannel;
let table: string;
let signal: string;
let machine: string;
let operator: string;
let ownerQueue: string;
/** What the owner was told by the topic, since it listens. */
const mails: string[] = [];

beforeAll(async () => {
  deployment = await openEmulatedDeployment(dueAt(FIRST) - 10 * MINUTE_MS);
  channel = await openOwnerChannel();
  aws = new DeployedAws(deployment.emulator);
  deployment.cdk('bootstrap', 'aws://000000000000/us-east-1');
});

// What the functions and the emulator said is all there is to learn why something failed.
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.log(await aws.logs(), deployment.log().slice(-10_000));
});

afterAll(async () => {
  await deployment?.close();
  await channel?.close();
});

describe('a deployment', () => {
  it('is made by one command, within a minute', async () => {
    const began = Date.now();
    deployment.cdk('deploy', '--all', '--require-approval', 'never');
    const seconds = (Date.now() - began) / 1_000;
    console.log(`deployed in ${seconds.toFixed(1)} s`);
    // A minute of a machine of its own; of one that others work on, as many more as have to share it.
    expect(seconds).toBeLessThan(60 * Math.max(1, (loadavg()[0] ?? 0) / availableParallelism()));
    const [state, compute] = await Promise.all([aws.outputs(STATE), aws.outputs(COMPUTE)]);
    table = state['TableName'] ?? '';
    operator = compute['OperatorEnvironment'] ?? '';
    ownerQueue = await aws.listenTo(state['OwnerTopicArn'] ?? '');
    signal = await aws.resource(COMPUTE, 'AWS::Lambda::Function', 'Signal');
    machine = await aws.resource(COMPUTE, 'AWS::StepFunctions::StateMachine', 'Engine');
    await aws.putSecret('evenkeel/paper/webhook', channel.secret);
  });

  it('is not changed by a second one', () => {
    expect(deployment.cdk('deploy', '--all', '--require-approval', 'never').match(/\(no changes\)/g)).toHaveLength(2);
    expect(deployment.cdk('diff', '--all', '--fail').match(/There were no differences/g)).toHaveLength(2);
  });

  it('is called by its aliases, and by nothing else', async () => {
    expect(await aws.calledBy(GROUP, 'dailyregular')).toBe(`arn:aws:lambda:us-east-1:000000000000:function:${signal}:current`);
    expect(await aws.calledBy(GROUP, 'Watchdogregular')).toMatch(/:function:.*Watchdog.*:current$/);
    expect(await aws.machineCalls(machine)).toMatch(/:function:.*Execution.*:current$/);
  });
});

describe('an event that cannot be worked on', () => {
  it('is kept with its error when it is none of ours', async () => {
    await aws.send(signal, { nonsense: true });
    await expect.poll(() => deadLetters('SignalDlq'), PATIENTLY).toEqual([expect.stringContaining('nonsense')]);
    expect((await deadLetters('SignalDlq'))[0]).toContain('Unrecognized key');
  });

  it('is kept with the name of the secret while the keys are not filled in', async () => {
    deployment.market.goTo(dueAt(FIRST));
    await aws.putSecret(SECRET, '{"keyId":"","secretKey":""}');
    // Not by the scheduler, nor by the alias: what comes so, the emulator does not try again, and keeps nowhere.
    await aws.send(signal, dueEvent(FIRST));
    await expect.poll(() => deadLetters('SignalDlq'), PATIENTLY).toHaveLength(2);
    expect(deployment.market.orders()).toEqual([]);
  });

  it('is told to whoever asks: what it means, whose run it is, and what to type', async () => {
    const { letters } = await answered(1, 'dlq', 'list');
    expect(letters).toHaveLength(2);
    const [nonsense, unkeyed] = ['signal', runOf(FIRST)].map((named) =>
      letters.find(({ hop, runId }: Letter) => (named === 'signal' ? runId === null : runId === named) && hop === 'signal'),
    );
    expect(nonsense.error.message).toContain('Unrecognized key');
    expect(unkeyed.error.message).toContain(`secret ${SECRET} must hold exactly keyId and secretKey`);
    expect((await spoken(0, 'dlq', 'show', unkeyed.id.slice(0, 8))).out).toContain(SECRET);
    expect((await spoken(1, 'dlq', 'explain')).out).toContain('npx evenkeel secrets');
    await answered(0, 'dlq', 'remove', nonsense.id, '--yes');
    expect((await answered(1, 'dlq', 'list')).letters).toHaveLength(1);
  });
});

describe('a schedule that fires', () => {
  it('rebalances: through the scheduler, the signal function, the state machine and the execution function', async () => {
    await aws.putSecret(SECRET, JSON.stringify(CREDENTIALS));
    await aws.fire(GROUP, 'dailyregular', dueAt(FIRST));
    await expect.poll(() => phaseOf(FIRST), PATIENTLY).toBe('ended');
    expect(deployment.market.orders()).toEqual(['buy SPY', 'buy TLT']);
    await expect.poll(() => aws.executions(machine), PATIENTLY).toEqual([{ name: expect.stringContaining(FIRST), status: 'SUCCEEDED' }]);
  });

  it('trades nothing when its event comes again', async () => {
    const before = (await aws.logs()).match(/START RequestId/g)?.length ?? 0;
    await aws.send(signal, dueEvent(FIRST));
    await expect.poll(async () => (await aws.logs()).match(/START RequestId/g)?.length, PATIENTLY).toBeGreaterThan(before);
    expect(deployment.market.orders()).toEqual(['buy SPY', 'buy TLT']);
    expect(await aws.executions(machine)).toHaveLength(1);
  });
});

describe('a broker that goes down in mid-run', () => {
  it('stops the run, and tells on-call of which one', async () => {
    deployment.market.goTo(dueAt(SECOND));
    await deployment.market.arm({ kind: 'halt', symbol: 'SPY' });
    await aws.fire(GROUP, 'dailyregular', dueAt(SECOND));
    await expect.poll(() => deployment.market.orders(), PATIENTLY).toHaveLength(3);
    await deployment.market.arm({ kind: 'drop-connection' });
    await expect.poll(() => deadLetters('ExecutionDlq'), PATIENTLY).toHaveLength(1);
    expect(JSON.parse((await deadLetters('ExecutionDlq'))[0] ?? '')).toMatchObject({ runId: runOf(SECOND) });
    expect(await phaseOf(SECOND)).toBe('executing');
    await expect.poll(async () => (await aws.executions(machine)).map(({ status }) => status), PATIENTLY).toContain('FAILED');
    const { letters } = await answered(1, 'dlq', 'list');
    expect(letters.find(({ runId }: Letter) => runId === runOf(SECOND))).toMatchObject({
      hop: 'execution',
      error: { message: expect.stringContaining('lost its connection') },
      execution: expect.stringContaining(SECOND),
    });
  });

  it('is redriven to its end without a second order, though this engine redrives nothing', async () => {
    await deployment.market.clearFaults();
    const told = await answered(0, 'redrive', runOf(SECOND), '--yes', '--wait', '90');
    expect(told).toMatchObject({ became: 'ended', ending: 'completed', lettersRemoved: 1 });
    expect((await aws.executions(machine)).map(({ name, status }) => `${name} ${status}`)).toContain(`pair_${SECOND}_daily_2 SUCCEEDED`);
    const { run } = await answered(0, 'show', runOf(SECOND));
    for (const { quantity, filled, orders } of run.trades as readonly Trade[]) {
      expect(filled).toBe(quantity);
      for (const { clientOrderId } of orders) expect(deployment.market.statuses().get(clientOrderId)).toBeDefined();
    }
    expect(deployment.market.statuses().size).toBe(2 + run.trades.flatMap(({ orders }: Trade) => orders).length);
    expect(await answered(0, 'redrive', runOf(FIRST), '--yes')).toMatchObject({ lettersRemoved: 1 });
    expect((await answered(0, 'dlq', 'list')).letters).toEqual([]);
  });
});

describe('a session whose run never came', () => {
  it('is noticed by the watchdog, which cancels nothing of others', async () => {
    await deployment.market.orderByHand(BY_HAND);
    deployment.market.goTo(watchedAt(THIRD));
    const orders = deployment.market.orders();
    await aws.fire(GROUP, 'Watchdogregular', watchedAt(THIRD));
    await expect.poll(told, PATIENTLY).toContainEqual(expect.stringContaining(`${runOf(THIRD)} is missing`));
    await expect.poll(told, PATIENTLY).toContainEqual(expect.stringContaining(`pair: ${THIRD}, 1 to look at`));
    expect(deployment.market.statuses().get(BY_HAND)).toMatch(/^(?:new|held|done_for_day)$/);
    expect(deployment.market.orders()).toEqual(orders);
    expect(await phaseOf(THIRD)).toBeUndefined();
  });

  it('is told by notify: what happened, what the system did by itself, the command to type, on the chat too', async () => {
    const missing = (await told()).find((text) => text.includes(`${runOf(THIRD)} is missing`) && text.includes('What happened')) ?? '';
    expect(missing).toContain('Nothing was traded');
    expect(missing).toContain('npx evenkeel ');
    expect(missing).toContain('runbook');
    expect(JSON.stringify(channel.posted)).toContain(`${runOf(THIRD)} is missing`);
    expect(await deadLetters('NotifyDlq')).toEqual([]);
    expect(await deadLetters('WatchdogDlq')).toEqual([]);
  });
});

describe('whoever is on call', () => {
  it('stops every run, and lets them go on', async () => {
    await answered(0, 'halt', '--reason', 'the test says so');
    deployment.market.goTo(dueAt(FOURTH));
    const orders = deployment.market.orders();
    await aws.fire(GROUP, 'dailyregular', dueAt(FOURTH));
    await expect.poll(() => phaseOf(FOURTH), PATIENTLY).toBe('ended');
    expect((await answered(0, 'show', runOf(FOURTH))).run).toMatchObject({ ending: 'refused', code: 'kill-switch' });
    expect(deployment.market.orders()).toEqual(orders);
    const halted = await answered(0, 'status', '--quick');
    expect(halted.portfolios[0].isHalted).toBe(true);
    await answered(0, 'resume', '--reason', 'it has seen enough');
    expect((await answered(0, 'status', '--quick')).portfolios[0].isHalted).toBe(false);
  });

  it('sees every part, every run, why a symbol was traded, and where nothing was logged', async () => {
    const { parts } = await answered(1, 'status');
    expect(parts.length).toBeGreaterThan(8);
    expect(parts.filter(({ state }: { state: string }) => state !== 'good')).toEqual([
      { part: 'runs pair', state: 'bad', detail: expect.stringContaining(`left no record: ${runOf(THIRD)}`) },
    ]);
    const { portfolios } = await answered(0, 'runs', 'pair');
    expect(portfolios[0].runs.map(({ runId, ending }: Run) => `${runId} ${ending}`)).toEqual([
      `${runOf(FOURTH)} refused`,
      `${runOf(SECOND)} completed`,
      `${runOf(FIRST)} completed`,
    ]);
    expect((await answered(0, 'why', runOf(FIRST), 'SPY')).why.answer).toBe('traded');
    // The emulator dates a line by this machine, years after the session: there is none of its day, and that is said.
    expect((await spoken(1, 'logs', runOf(SECOND))).err).toContain(`no log line of ${runOf(SECOND)}`);
  });

  it('proves that the records are as they were written, and that the decision comes out the same', async () => {
    expect((await answered(0, 'replay', runOf(SECOND))).replay.isSame).toBe(true);
    const { portfolios } = await answered(0, 'audit', 'verify');
    expect(portfolios[0]).toMatchObject({ portfolio: 'pair', findings: [] });
  });

  it('holds the ledger against the account', async () => {
    const { portfolios } = await answered(0, 'reconcile');
    expect(portfolios).toMatchObject([{ portfolio: 'pair', state: 'held-against', isReconciled: true }]);
  });

  it('reckons the cost from the templates that were deployed', async () => {
    const { lines, unpriced } = await answered(0, 'cost', '--from', join(deployment.folder, 'cdk.out'));
    expect(lines.length).toBeGreaterThan(10);
    expect(unpriced).toEqual([]);
  });
});

describe('a deployment that is destroyed', () => {
  it('leaves records, artifacts, keys and the topics behind', async () => {
    const kept = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::SecretsManager::Secret', 'AWS::SNS::Topic'];
    const before = await Promise.all(kept.map(async (type) => [type, [...(await aws.resources(STATE, type)).values()]] as const));
    expect(before.map(([, ids]) => ids.length)).toEqual([1, 1, 3, 2]);
    deployment.cdk('destroy', '--all', '--force');
    expect(await aws.stacks()).toEqual(['CDKToolkit']);
    for (const [type, ids] of before) for (const id of ids) expect(await aws.exists(type, id), id).toBe(true);
    expect(await phaseOf(FIRST)).toBe('ended');
  });
});

interface Letter {
  readonly hop: string;
  readonly runId: string | null;
}

interface Trade {
  readonly quantity: string;
  readonly filled: string;
  readonly orders: readonly { readonly clientOrderId: string }[];
}

interface Run {
  readonly runId: string;
  readonly ending: string;
}

async function spoken(code: number, ...words: readonly string[]) {
  const said = await deployment.evenkeel(operator, ...words);
  expect(said.code, `${words.join(' ')}: ${said.out}${said.err}`).toBe(code);
  return said;
}

/** The one document that the command prints. */
async function answered(code: number, ...words: readonly string[]) {
  const { out } = await spoken(code, ...words, '--json');
  return JSON.parse(out);
}

async function told(): Promise<readonly string[]> {
  mails.push(...(await aws.take(ownerQueue)));
  return mails;
}

async function phaseOf(date: NewYorkDate): Promise<string | undefined> {
  return (await aws.record(table, runOf(date)))?.phase.kind;
}

async function deadLetters(prefix: string): Promise<readonly string[]> {
  return aws.messages(await aws.resource(COMPUTE, 'AWS::SQS::Queue', prefix));
}
