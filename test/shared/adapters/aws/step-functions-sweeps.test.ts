import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from 'vitest';
import { clientSettings } from '../../../../shared/adapters/aws/client-settings.ts';
import { StepFunctionsSweeps } from '../../../../shared/adapters/aws/step-functions-sweeps.ts';
import type { SweepStart } from '../../../../shared/contracts/sweep-batch.ts';
import { awsError, type Script, type ScriptedAnswer, type ScriptedAws, startScriptedAws } from './scripted-aws.ts';

const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:Sweep';
const EXECUTION = 'arn:aws:states:us-east-1:000000000000:execution:Sweep';
const SWEEP = 'ab'.repeat(32);
const START: SweepStart = { sweep: SWEEP, work: 'c'.repeat(64), items: 'inputs/x', batch: 5, workers: 2 };
const servers: ScriptedAws[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function sweepsOver(script: Script) {
  const server = await startScriptedAws(script);
  servers.push(server);
  const settings = clientSettings({ endpoint: server.endpoint, attemptsMax: 1, requestTimeoutMs: 300 });
  return { sweeps: new StepFunctionsSweeps(new SFNClient(settings), new LambdaClient(settings), MACHINE), server };
}

const answered = (body: object): ScriptedAnswer => ({ status: 200, body: JSON.stringify(body) });
const absent = awsError(400, 'ExecutionDoesNotExist');
const MAP_RUN = { mapRuns: [{ executionArn: 'x', mapRunArn: `${MACHINE}/run`, stateMachineArn: MACHINE, startDate: 0 }] };

/** Executions by their number; what else is asked, by its operation. */
function machineOf(executions: Readonly<Record<number, object>>, rest: Readonly<Record<string, object>> = {}): Script {
  return ({ operation, body }) => {
    const { executionArn = '' } = JSON.parse(body) as { executionArn?: string };
    if (operation === 'DescribeExecution' && executionArn.startsWith(`${EXECUTION}:${SWEEP}-`)) {
      const found = executions[Number(executionArn.split('-').at(-1))];
      return found === undefined ? absent : answered(found);
    }
    return answered(rest[operation] ?? {});
  };
}

describe('sweeps on Step Functions', () => {
  it('start an attempt under the identity of the sweep and its number, with what it runs on', async () => {
    const { sweeps, server } = await sweepsOver(() => answered({ executionArn: `${EXECUTION}:x`, startDate: 0 }));
    expect(await sweeps.start(3, START)).toBe('started');
    const { stateMachineArn, name, input } = JSON.parse(server.requests[0]?.body ?? '') as Record<string, string>;
    expect([stateMachineArn, name, JSON.parse(input ?? '')]).toEqual([MACHINE, `${SWEEP}-3`, START]);
    expect(name?.length).toBeLessThanOrEqual(80);
  });

  it('say so when somebody else has started it', async () => {
    const { sweeps } = await sweepsOver(() => awsError(400, 'ExecutionAlreadyExists'));
    expect(await sweeps.start(1, START)).toBe('already-started');
  });

  it('fail with an unknown effect when no answer to a start comes', async () => {
    const { sweeps } = await sweepsOver(() => 'hang');
    await expect(sweeps.start(1, START)).rejects.toMatchObject({ effect: 'unknown', code: 'timeout' });
  });

  it('have never been started where no attempt has its name', async () => {
    const { sweeps, server } = await sweepsOver(machineOf({}));
    expect(await sweeps.latest(SWEEP)).toEqual({ kind: 'never-started' });
    expect(server.requests).toHaveLength(1);
  });

  it('tell how many variants are through while they run', async () => {
    const rest = { ListMapRuns: MAP_RUN, DescribeMapRun: { itemCounts: { succeeded: 40, total: 120 } } };
    const { sweeps } = await sweepsOver(machineOf({ 1: { status: 'FAILED' }, 2: { status: 'RUNNING' } }, rest));
    expect(await sweeps.latest(SWEEP)).toEqual({ kind: 'running', take: 2, finished: 40, all: 120 });
    const early = await sweepsOver(machineOf({ 1: { status: 'RUNNING' } }, { ListMapRuns: { mapRuns: [] } }));
    expect(await early.sweeps.latest(SWEEP)).toEqual({ kind: 'running', take: 1, finished: 0, all: 0 });
  });

  it('tell how the last attempt ended', async () => {
    const { sweeps } = await sweepsOver(machineOf({ 1: { status: 'SUCCEEDED' } }));
    expect(await sweeps.latest(SWEEP)).toEqual({ kind: 'ended', take: 1, how: 'succeeded' });
    const stopped = await sweepsOver(machineOf({ 1: { status: 'ABORTED' } }, { ListMapRuns: { mapRuns: [] } }));
    expect(await stopped.sweeps.latest(SWEEP)).toEqual({ kind: 'ended', take: 1, how: 'aborted' });
  });

  it('say why it failed in the words of the call that did, or of the machine where no call was made', async () => {
    const failed = { status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold', cause: 'too many' };
    const child = `${MACHINE}/run:child`;
    const script = machineOf({ 1: failed }, { ListMapRuns: MAP_RUN, ListExecutions: { executions: [{ executionArn: child }] } });
    const { sweeps } = await sweepsOver((request, count) =>
      request.body.includes(child) ? answered({ status: 'FAILED', error: 'OtherFigures', cause: 'variant 0' }) : script(request, count),
    );
    expect(await sweeps.latest(SWEEP)).toMatchObject({ how: 'failed', detail: 'OtherFigures: variant 0' });
    const uncalled = await sweepsOver(machineOf({ 1: failed }, { ListMapRuns: MAP_RUN, ListExecutions: { executions: [] } }));
    expect(await uncalled.sweeps.latest(SWEEP)).toMatchObject({ detail: 'States.ExceedToleratedFailureThreshold: too many' });
  });

  it('name those that run now, over all pages', async () => {
    const other = 'cd'.repeat(32);
    const { sweeps, server } = await sweepsOver(({ body }) =>
      body.includes('"nextToken":"2"')
        ? answered({ executions: [{ name: `${other}-12` }] })
        : answered({ executions: [{ name: `${SWEEP}-1` }], nextToken: '2' }),
    );
    expect(await sweeps.running()).toEqual([SWEEP, other]);
    expect(JSON.parse(server.requests[0]?.body ?? '')).toMatchObject({ stateMachineArn: MACHINE, statusFilter: 'RUNNING' });
  });

  it('know how many functions may run at once that nobody has reserved', async () => {
    const { sweeps } = await sweepsOver(() => answered({ AccountLimit: { ConcurrentExecutions: 20, UnreservedConcurrentExecutions: 12 } }));
    expect(await sweeps.functionsMax()).toBe(12);
    const silent = await sweepsOver(() => answered({}));
    await expect(silent.sweeps.functionsMax()).rejects.toMatchObject({ code: 'bad-answer' });
  });

  it.each(['latest', 'running', 'functionsMax'] as const)('fail without an effect when AWS does not answer to %s', async (asked) => {
    const { sweeps } = await sweepsOver(() => awsError(500, 'InternalFailure'));
    await expect(sweeps[asked](SWEEP)).rejects.toMatchObject({ name: 'OutsideError', effect: 'none' });
  });
});
