import { SFNClient } from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from 'vitest';
import { clientSettings } from '../../../../shared/adapters/aws/client-settings.ts';
import { StepFunctionsEngine } from '../../../../shared/adapters/aws/step-functions-engine.ts';
import { awsError, type Script, type ScriptedAws, startScriptedAws } from './scripted-aws.ts';

const ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:evenkeel';
const RUN = 'sixty-forty/2026-11-20/month-end';
const servers: ScriptedAws[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function engineOver(script: Script, attemptsMax = 1) {
  const server = await startScriptedAws(script);
  servers.push(server);
  const client = new SFNClient(clientSettings({ endpoint: server.endpoint, attemptsMax, requestTimeoutMs: 300 }));
  return { engine: new StepFunctionsEngine(client, ARN), server };
}

const accepted = { status: 200, body: JSON.stringify({ executionArn: `${ARN}:x`, startDate: 1_763_668_500 }) };

describe('the engine on Step Functions', () => {
  it('starts an execution that has the name of the run and knows the run', async () => {
    const { engine, server } = await engineOver(() => accepted);
    expect(await engine.start(RUN)).toBe('started');
    expect(server.requests.map(({ operation }) => operation)).toEqual(['StartExecution']);
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      stateMachineArn: ARN,
      name: 'sixty-forty_2026-11-20_month-end',
      input: '{"runId":"sixty-forty/2026-11-20/month-end"}',
    });
  });

  it('says so when the execution has been before', async () => {
    const { engine } = await engineOver(() => awsError(400, 'ExecutionAlreadyExists'));
    expect(await engine.start(RUN)).toBe('already-started');
  });

  it('counts a start whose answer was lost as started once the SDK asks again', async () => {
    const { engine } = await engineOver((_request, count) => (count === 1 ? 'drop' : accepted), 3);
    expect(await engine.start(RUN)).toBe('started');
  });

  it('fails with an unknown effect when no answer comes, and with none when it was refused', async () => {
    await expect((await engineOver(() => 'hang')).engine.start(RUN)).rejects.toMatchObject({ effect: 'unknown', code: 'timeout' });
    const refused = await engineOver(() => awsError(400, 'StateMachineDoesNotExist'));
    await expect(refused.engine.start(RUN)).rejects.toMatchObject({ effect: 'none', code: 'http-400' });
  });

  it('asserts the length that Step Functions allows', async () => {
    const { engine, server } = await engineOver(() => accepted);
    await expect(engine.start(`${'a'.repeat(60)}/2026-11-20/month-end`)).rejects.toThrow(RangeError);
    expect(server.requests).toHaveLength(0);
  });
});
