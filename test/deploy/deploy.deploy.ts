// The product as it is deployed: bootstrapped, deployed, fired, broken, redriven and destroyed on an emulator of AWS. The
// tests are one story and run in their order.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ScheduleEvent } from '../../shared/contracts/events.ts';
import { sessionOn } from '../../shared/core/market/nyse-calendar.ts';
import { MINUTE_MS, type NewYorkDate } from '../../shared/core/values/time.ts';
import { DeployedAws } from './aws-clients.ts';
import { type EmulatedDeployment, openEmulatedDeployment } from './emulated-deployment.ts';
import { CREDENTIALS } from './emulated-market.ts';

const STATE = 'EvenkeelState-paper';
const COMPUTE = 'EvenkeelCompute-paper';
const GROUP = 'evenkeel-paper';
const FIRST: NewYorkDate = '2019-03-14';
const SECOND: NewYorkDate = '2019-03-15';
const SECRET = 'evenkeel/paper/emulated';
/** A function is retried before its event becomes a dead letter. */
const PATIENTLY = { timeout: 170_000, interval: 500 };

let deployment: EmulatedDeployment;
let aws: DeployedAws;
let table: string;
let signal: string;
let machine: string;

beforeAll(async () => {
  deployment = await openEmulatedDeployment(dueAt(FIRST) - 10 * MINUTE_MS);
  aws = new DeployedAws(deployment.emulator);
  deployment.cdk('bootstrap', 'aws://000000000000/us-east-1');
});

// What the functions and the emulator said is all there is to learn why something failed.
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.log(await aws.logs(), deployment.log().slice(-10_000));
});

afterAll(async () => {
  await deployment?.close();
});

describe('a deployment', () => {
  it('is made by one command, within a minute', async () => {
    const began = Date.now();
    deployment.cdk('deploy', '--all', '--require-approval', 'never');
    const seconds = (Date.now() - began) / 1_000;
    console.log(`deployed in ${seconds.toFixed(1)} s`);
    expect(seconds).toBeLessThan(60);
    table = (await aws.outputs(STATE))['TableName'] ?? '';
    signal = await aws.resource(COMPUTE, 'AWS::Lambda::Function', 'Signal');
    machine = await aws.resource(COMPUTE, 'AWS::StepFunctions::StateMachine', 'Engine');
  });

  it('is not changed by a second one', () => {
    expect(deployment.cdk('diff', '--all', '--fail').match(/There were no differences/g)?.length).toBe(2);
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
    // Not by the scheduler: what it delivers, the emulator does not try again, and keeps nowhere.
    await aws.send(signal, dueEvent(FIRST));
    await expect.poll(() => deadLetters('SignalDlq'), PATIENTLY).toHaveLength(2);
    const told = (await deadLetters('SignalDlq')).find((text) => text.includes('"portfolio"'));
    expect(told).toContain(`secret ${SECRET} must hold exactly keyId and secretKey`);
    expect(deployment.market.orders()).toEqual([]);
  });
});

describe('a schedule that fires', () => {
  it('rebalances: through the scheduler, the signal function, the state machine and the execution function', async () => {
    await aws.putSecret(SECRET, JSON.stringify(CREDENTIALS));
    await aws.fire(GROUP, 'dailyregular');
    await expect.poll(() => phaseOf(FIRST), PATIENTLY).toBe('ended');
    expect(deployment.market.orders()).toEqual(['buy SPY', 'buy TLT']);
    await expect.poll(() => aws.executions(machine), PATIENTLY).toEqual([{ name: expect.stringContaining(FIRST), status: 'SUCCEEDED' }]);
  });

  it('trades nothing when its event comes again', async () => {
    await aws.send(signal, dueEvent(FIRST));
    await expect.poll(async () => (await aws.logs()).match(/START RequestId/g)?.length, PATIENTLY).toBeGreaterThan(3);
    expect(deployment.market.orders()).toEqual(['buy SPY', 'buy TLT']);
    expect(await aws.executions(machine)).toHaveLength(1);
  });
});

describe('a broker that refuses our keys in mid-run', () => {
  it('stops the run, and tells on-call of which one', async () => {
    deployment.market.goTo(dueAt(SECOND));
    await deployment.market.arm({ kind: 'halt', symbol: 'SPY' });
    await aws.fire(GROUP, 'dailyregular');
    await expect.poll(() => deployment.market.orders(), PATIENTLY).toHaveLength(3);
    deployment.market.revokeKeys();
    await expect.poll(() => deadLetters('ExecutionDlq'), PATIENTLY).toHaveLength(1);
    expect(JSON.parse((await deadLetters('ExecutionDlq'))[0] ?? '')).toMatchObject({ runId: `pair/${SECOND}/daily` });
    expect(await phaseOf(SECOND)).toBe('executing');
    await expect.poll(async () => (await aws.executions(machine)).map(({ status }) => status), PATIENTLY).toContain('FAILED');
  });
});

describe('a deployment that is destroyed', () => {
  it('leaves records, artifacts, keys and the topic behind', async () => {
    const kept = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::SecretsManager::Secret', 'AWS::SNS::Topic'];
    const before = await Promise.all(kept.map(async (type) => [type, [...(await aws.resources(STATE, type)).values()]] as const));
    for (const [type, ids] of before) expect(ids, type).not.toEqual([]);
    deployment.cdk('destroy', '--all', '--force');
    expect(await aws.stacks()).toEqual(['CDKToolkit']);
    for (const [type, ids] of before) for (const id of ids) expect(await aws.exists(type, id), id).toBe(true);
    expect(await phaseOf(FIRST)).toBe('ended');
  });
});

async function phaseOf(date: NewYorkDate): Promise<string | undefined> {
  return (await aws.record(table, `pair/${date}/daily`))?.phase.kind;
}

async function deadLetters(prefix: string): Promise<readonly string[]> {
  return aws.messages(await aws.resource(COMPUTE, 'AWS::SQS::Queue', prefix));
}

function dueEvent(date: NewYorkDate): ScheduleEvent {
  return { portfolio: 'pair', schedule: 'daily', scheduledTime: new Date(dueAt(date)).toISOString() };
}

function dueAt(date: NewYorkDate): number {
  const session = sessionOn(date);
  if (session === undefined) throw new Error(`${date} is no session`);
  return session.close - 25 * MINUTE_MS;
}
