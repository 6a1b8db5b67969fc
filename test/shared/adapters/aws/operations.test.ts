// What only the owner's command line asks of AWS, against services that answer what the test says.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, it } from 'vitest';
import { clientSettings } from '../../../../shared/adapters/aws/client-settings.ts';
import { AwsCloudAccount } from '../../../../shared/adapters/aws/cloud-account.ts';
import { CloudWatchRunLog } from '../../../../shared/adapters/aws/cloudwatch-run-log.ts';
import { LambdaReleases } from '../../../../shared/adapters/aws/lambda-releases.ts';
import { LambdaSignals } from '../../../../shared/adapters/aws/lambda-signals.ts';
import { SecretsManagerVault } from '../../../../shared/adapters/aws/secret-vault.ts';
import { SqsDeadLetters } from '../../../../shared/adapters/aws/sqs-dead-letters.ts';
import { StepFunctionsExecutions } from '../../../../shared/adapters/aws/step-functions-executions.ts';
import { startEmbeddedAws } from '../../../../shared/adapters/local/embedded-aws.ts';
import { awsError, type Script, startScriptedAws } from './scripted-aws.ts';

const RUN = 'sixty-forty/2026-11-20/monthly';
const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:evenkeel';
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const json = (value: object) => ({ status: 200, body: JSON.stringify(value) });

async function settings(script: Script) {
  const server = await startScriptedAws(script);
  closing.push(server.close);
  return { ...clientSettings({ endpoint: server.endpoint, attemptsMax: 1, requestTimeoutMs: 1_000 }), server };
}

/** A service that speaks REST or query: what was asked for, and the answer to it. */
async function restSettings(
  answer: (asked: string, body: string) => { readonly status?: number; readonly body: string; readonly headers?: Record<string, string> },
) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    asked.push(`${request.method} ${request.url} ${body}`);
    const { status = 200, body: said, headers = {} } = answer(`${request.method} ${request.url}`, body);
    response.writeHead(status, headers);
    response.end(said);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked, ...clientSettings({ endpoint, attemptsMax: 1, requestTimeoutMs: 1_000 }) };
}

describe('the executions of Step Functions', () => {
  const over = async (script: Script) => {
    const { server, ...rest } = await settings(script);
    return { executions: new StepFunctionsExecutions(new SFNClient(rest), MACHINE), server };
  };
  const described = (more: object) => json({ executionArn: 'x', stateMachineArn: MACHINE, startDate: 1, ...more });

  it.each<[string, object, object]>([
    ['running', { status: 'RUNNING' }, { kind: 'running' }],
    ['waiting for its redrive', { status: 'PENDING_REDRIVE' }, { kind: 'running' }],
    ['ended', { status: 'SUCCEEDED' }, { kind: 'succeeded' }],
    [
      'failed',
      { status: 'FAILED', error: 'BrokerError', redriveStatus: 'REDRIVABLE' },
      { kind: 'stopped', how: 'failed', error: 'BrokerError' },
    ],
    [
      'too old',
      { status: 'TIMED_OUT', redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: 'too old' },
      { kind: 'stopped', how: 'timed-out', notRedrivable: 'too old' },
    ],
  ])('are told as %s', async (_, answer, standing) => {
    const { executions, server } = await over(({ body }) =>
      body.includes('monthly_2') ? awsError(400, 'ExecutionDoesNotExist') : described(answer),
    );
    expect(await executions.standing(RUN)).toEqual(standing);
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      executionArn: 'arn:aws:states:us-east-1:000000000000:execution:evenkeel:sixty-forty_2026-11-20_monthly',
    });
  });

  it('were never started when there is none', async () => {
    const { executions } = await over(() => awsError(400, 'ExecutionDoesNotExist'));
    expect(await executions.standing(RUN)).toEqual({ kind: 'never-started' });
  });

  /** A machine whose executions stand so, by their names. */
  const machineWith = (standings: Record<string, object>, redrive: () => ReturnType<Script>) => {
    const told: Record<string, object> = { ...standings };
    return over(({ operation, body }) => {
      const asked = JSON.parse(body) as { executionArn?: string; name?: string };
      if (operation === 'RedriveExecution') return redrive();
      if (operation === 'StartExecution') {
        if (told[asked.name ?? ''] !== undefined) return awsError(400, 'ExecutionAlreadyExists');
        told[asked.name ?? ''] = { status: 'RUNNING' };
        return json({ executionArn: 'x', startDate: 1 });
      }
      const found = told[asked.executionArn?.split(':').at(-1) ?? ''];
      return found === undefined ? awsError(400, 'ExecutionDoesNotExist') : described(found);
    });
  };
  const FIRST = 'sixty-forty_2026-11-20_monthly';
  const started = (requests: readonly { readonly operation: string; readonly body: string }[]) =>
    requests.filter(({ operation }) => operation === 'StartExecution').map(({ body }) => JSON.parse(body));

  it('are redriven where they stopped', async () => {
    const { executions, server } = await machineWith({ [FIRST]: { status: 'FAILED', redriveStatus: 'REDRIVABLE' } }, () =>
      json({ redriveDate: 1 }),
    );
    expect(await executions.redrive(RUN)).toBe('resumed');
    expect(started(server.requests)).toEqual([]);
  });

  it('are left alone when they run, also because somebody else redrove them a moment ago', async () => {
    const running = await machineWith({ [FIRST]: { status: 'RUNNING' } }, () => awsError(400, 'ExecutionNotRedrivable'));
    expect(await running.executions.redrive(RUN)).toBe('unneeded');
    let status = 'FAILED';
    const again = await over(({ operation, body }) => {
      if (body.includes('monthly_2')) return awsError(400, 'ExecutionDoesNotExist');
      if (operation === 'DescribeExecution') return described({ status });
      status = 'RUNNING';
      return awsError(400, 'ExecutionNotRedrivable');
    });
    expect(await again.executions.redrive(RUN)).toBe('unneeded');
    expect(started(again.server.requests)).toEqual([]);
  });

  it.each<[string, object, () => ReturnType<Script>]>([
    ['is too old', { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: 'too old' }, () => json({ redriveDate: 1 })],
    ['becomes too old', { redriveStatus: 'REDRIVABLE' }, () => awsError(400, 'ExecutionNotRedrivable')],
    ['is of an engine without a redrive', { redriveStatus: 'REDRIVABLE' }, () => awsError(400, 'InvalidAction')],
  ])('begin anew from the record, under the next free name, where one %s', async (_, standing, redrive) => {
    const { executions, server } = await machineWith({ [FIRST]: { status: 'FAILED', ...standing } }, redrive);
    expect(await executions.redrive(RUN)).toBe('started-anew');
    expect(started(server.requests)).toEqual([{ stateMachineArn: MACHINE, name: `${FIRST}_2`, input: JSON.stringify({ runId: RUN }) }]);
    // It is the one that counts from now on.
    expect(await executions.standing(RUN)).toEqual({ kind: 'running' });
    expect(await executions.redrive(RUN)).toBe('unneeded');
  });

  it('begin anew a third time where the second cannot go on either, and not for ever', async () => {
    const dead = { status: 'FAILED', redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: 'too old' };
    const two = await machineWith({ [FIRST]: dead, [`${FIRST}_2`]: dead }, () => json({}));
    expect(await two.executions.redrive(RUN)).toBe('started-anew');
    expect(started(two.server.requests)).toMatchObject([{ name: `${FIRST}_3` }]);
    const nine = Array.from({ length: 9 }, (_, index) => [index === 0 ? FIRST : `${FIRST}_${index + 1}`, dead] as const);
    const tired = await machineWith(Object.fromEntries(nine), () => json({}));
    await expect(tired.executions.redrive(RUN)).rejects.toMatchObject({ code: 'started-too-often' });
  });

  it('are not redriven where nobody may', async () => {
    const { executions } = await machineWith({ [FIRST]: { status: 'FAILED' } }, () => awsError(400, 'AccessDeniedException'));
    await expect(executions.redrive(RUN)).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('have a machine or not', async () => {
    const answer = {
      stateMachineArn: MACHINE,
      name: 'evenkeel',
      definition: '{}',
      roleArn: 'arn:aws:iam::1:role/x',
      type: 'STANDARD',
      creationDate: 1,
    };
    expect(await (await over(() => json({ ...answer, status: 'ACTIVE' }))).executions.isReady()).toBe(true);
    expect(await (await over(() => json({ ...answer, status: 'DELETING' }))).executions.isReady()).toBe(false);
    expect(await (await over(() => awsError(400, 'StateMachineDoesNotExist'))).executions.isReady()).toBe(false);
  });
});

describe('the log of a run in CloudWatch', () => {
  it('is asked of every function by the run and by its event, page by page, and told in order', async () => {
    const { server, ...rest } = await settings(({ body }) => {
      const asked = JSON.parse(body) as { logGroupName: string; nextToken?: string };
      if (asked.logGroupName === '/signal')
        return json({ events: [{ timestamp: 2_000, message: '{"level":"WARN","message":"two","runId":"r","symbol":"SPY"}' }] });
      return asked.nextToken === undefined
        ? json({ events: [{ timestamp: 3_000, message: 'REPORT RequestId: 1\n' }], nextToken: 'more' })
        : json({ events: [{ timestamp: 1_000, message: '{"level":"INFO","message":"one"}' }] });
    });
    const log = new CloudWatchRunLog(
      new CloudWatchLogsClient(rest),
      new Map([
        ['signal', '/signal'],
        ['execution', '/execution'],
      ]),
    );
    expect(await log.read(RUN)).toEqual({
      isCut: false,
      lines: [
        { at: 1_000, level: 'info', message: 'one', source: 'execution', fields: {} },
        { at: 2_000, level: 'warn', message: 'two', source: 'signal', fields: { runId: 'r', symbol: 'SPY' } },
        { at: 3_000, level: 'info', message: 'REPORT RequestId: 1', source: 'execution', fields: {} },
      ],
    });
    expect(JSON.parse(server.requests[0]?.body ?? '')).toMatchObject({
      filterPattern: `{ $.runId = "${RUN}" || $.runId = "sixty-forty/monthly/2026-11-20T*" }`,
      startTime: Date.parse('2026-11-20T00:00:00Z'),
    });
    await expect(log.read('not a run')).rejects.toThrow(RangeError);
  });
});

describe('dead letters in SQS', () => {
  it('are all read, shown again at once, counted, and removed one by one', async () => {
    const aws = await startEmbeddedAws();
    closing.push(aws.close);
    const client = new SQSClient(clientSettings({ endpoint: aws.endpoints.sqs }));
    for (let place = 0; place < 23; place += 1) {
      const attributes = place === 0 ? { MessageAttributes: { ERROR_CODE: { DataType: 'String', StringValue: 'Throttled' } } } : {};
      await client.send(new SendMessageCommand({ QueueUrl: aws.deadLetterQueueUrl, MessageBody: `letter ${place}`, ...attributes }));
    }
    const letters = new SqsDeadLetters(client, new Map([['execution', aws.deadLetterQueueUrl]]), 0);
    const read = async () => (await letters.read())[0];
    const first = await read();
    expect(first).toMatchObject({ hop: 'execution', unread: 0 });
    expect(first?.letters).toHaveLength(23);
    expect(first?.letters.find(({ body }) => body === 'letter 0')?.attributes).toEqual({ ERROR_CODE: 'Throttled' });
    expect((await read())?.letters).toHaveLength(23);
    expect(await letters.count()).toEqual([{ hop: 'execution', waiting: 23 }]);
    const id = first?.letters.find(({ body }) => body === 'letter 7')?.id ?? '';
    expect(
      await letters.remove([
        { hop: 'execution', id },
        { hop: 'execution', id: 'nobody' },
      ]),
    ).toBe(1);
    expect((await read())?.letters.map(({ body }) => body)).not.toContain('letter 7');
    expect(await letters.remove([{ hop: 'execution', id }])).toBe(0);
    client.destroy();
  });

  it('that somebody else looks at are counted as unread', async () => {
    const { server: _server, ...rest } = await settings(({ operation }) =>
      operation === 'GetQueueAttributes'
        ? json({ Attributes: { ApproximateNumberOfMessages: '1', ApproximateNumberOfMessagesNotVisible: '2' } })
        : json({}),
    );
    const letters = new SqsDeadLetters(new SQSClient(rest), new Map([['signal', 'http://127.0.0.1/q']]), 0);
    expect(await letters.read()).toEqual([{ hop: 'signal', letters: [], unread: 3 }]);
  });
});

describe('an event sent to the signal by hand', () => {
  const event = { portfolio: 'sixty-forty', schedule: 'monthly', scheduledTime: '2026-11-20T20:35:00Z' };

  it('goes to the alias, once, and its answer comes back', async () => {
    const { asked, ...rest } = await restSettings(() => ({ body: '{"kind":"handed-over"}' }));
    expect(await new LambdaSignals(new LambdaClient(rest), 'evenkeel-signal:live').send(event)).toBe('{"kind":"handed-over"}');
    expect(asked).toEqual([`POST /2015-03-31/functions/evenkeel-signal/invocations?Qualifier=live ${JSON.stringify(event)}`]);
  });

  it('that the function failed on is an error with an unknown effect', async () => {
    const { asked: _asked, ...rest } = await restSettings(() => ({
      body: '{"errorMessage":"no"}',
      headers: { 'x-amz-function-error': 'Unhandled' },
    }));
    await expect(new LambdaSignals(new LambdaClient(rest), 'evenkeel-signal').send(event)).rejects.toMatchObject({
      effect: 'unknown',
      code: 'function-failed',
    });
  });
});

describe('the releases of the functions', () => {
  it('are the version that the alias names and the one before it', async () => {
    const { asked, ...rest } = await restSettings((request) => {
      if (request.includes('/invocations')) return { body: '{"verdict":"passed","detail":"execute"}' };
      if (request.includes('/aliases/')) return { body: JSON.stringify({ Name: 'live', FunctionVersion: '10' }) };
      const versions = ['$LATEST', '9', '2', '10'].map((Version) => ({ Version, LastModified: `made ${Version}` }));
      return { body: JSON.stringify({ Versions: versions }) };
    });
    const releases = new LambdaReleases(
      new LambdaClient(rest),
      new LambdaClient(rest),
      new Map([
        ['signal', 'evenkeel-signal:live'],
        ['gate', 'evenkeel-gate'],
      ]),
    );
    expect(await releases.read()).toEqual([
      { hop: 'signal', alias: 'live', version: '10', madeAt: 'made 10', previous: { version: '9', madeAt: 'made 9' } },
    ]);
    await releases.move('signal', '9');
    expect(asked.at(-1)).toContain('PUT /2015-03-31/functions/evenkeel-signal/aliases/live');
    expect(asked.at(-1)).toContain('"FunctionVersion":"9"');
    // The version is asked, and not the alias.
    expect(await releases.dryRun('signal', '9', 'real')).toEqual({ verdict: 'passed', detail: 'execute' });
    expect(decodeURIComponent(asked.at(-1) ?? '')).toContain('POST /2015-03-31/functions/evenkeel-signal:9/invocations');
    expect(asked.at(-1)).toContain('{"kind":"dry-run","portfolio":"real"}');
    await expect(releases.move('gate', '1')).rejects.toThrow('gate has no alias');
  });
});

describe('an AWS account', () => {
  const xml = (action: string, result: string) => `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`;

  it('is known by its credentials and its region', async () => {
    const { asked: _asked, ...rest } = await restSettings(() => ({
      body: xml('GetCallerIdentity', '<Account>111122223333</Account><Arn>arn:aws:iam::111122223333:user/anna</Arn>'),
    }));
    const account = new AwsCloudAccount(new STSClient(rest), new CloudFormationClient(rest));
    expect(await account.identity()).toEqual({
      account: '111122223333',
      caller: 'arn:aws:iam::111122223333:user/anna',
      region: 'us-east-1',
    });
  });

  it('is refused without credentials and without a region, each in its own word', async () => {
    const refused = await restSettings(() => ({
      status: 403,
      body: '<ErrorResponse><Error><Code>ExpiredToken</Code><Message>expired</Message></Error></ErrorResponse>',
    }));
    await expect(new AwsCloudAccount(new STSClient(refused), new CloudFormationClient(refused)).identity()).rejects.toMatchObject({
      code: 'unauthorized',
    });
    const nowhere = { ...refused, region: () => Promise.reject(new Error('Region is missing')) };
    await expect(new AwsCloudAccount(new STSClient(nowhere), new CloudFormationClient(refused)).identity()).rejects.toMatchObject({
      code: 'no-region',
    });
  });

  it('has a stack with its outputs, or none', async () => {
    const { asked: _asked, ...rest } = await restSettings((_, body) => {
      if (body.includes('StackName=gone'))
        return {
          status: 400,
          body: '<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id gone does not exist</Message></Error></ErrorResponse>',
        };
      if (body.includes('ListStackResources')) {
        const member = (id: string, type: string) =>
          `<member><LogicalResourceId>${id}</LogicalResourceId><ResourceType>${type}</ResourceType></member>`;
        return {
          body: xml(
            'ListStackResources',
            `<StackResourceSummaries>${member('A', 'AWS::Scheduler::Schedule')}${member('B', 'AWS::SQS::Queue')}</StackResourceSummaries>`,
          ),
        };
      }
      return {
        body: xml(
          'DescribeStacks',
          '<Stacks><member><StackName>here</StackName><StackStatus>CREATE_COMPLETE</StackStatus><Outputs><member><OutputKey>TableName</OutputKey><OutputValue>t</OutputValue></member></Outputs></member></Stacks>',
        ),
      };
    });
    const account = new AwsCloudAccount(new STSClient(rest), new CloudFormationClient(rest));
    expect(await account.stack('here')).toEqual({ status: 'CREATE_COMPLETE', outputs: { TableName: 't' } });
    expect(await account.stack('gone')).toBeUndefined();
    expect(await account.resources('here', 'AWS::Scheduler::Schedule')).toEqual(['A']);
    expect(await account.resources('gone', 'AWS::Scheduler::Schedule')).toEqual([]);
  });
});

describe('an owner’s secrets', () => {
  const CANARY = 'canary-of-the-vault';
  const over = async (script: Script) => {
    const { server, ...rest } = await settings(script);
    return { vault: new SecretsManagerVault(new SecretsManagerClient(rest)), server };
  };

  it('are read with the time of their version, empty, or missing', async () => {
    expect(await (await over(() => json({ SecretString: CANARY, CreatedDate: 1_763_668_500 }))).vault.read('s')).toEqual({
      kind: 'stored',
      text: CANARY,
      storedAt: 1_763_668_500_000,
    });
    const empty = "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT";
    expect(await (await over(() => awsError(400, 'ResourceNotFoundException', empty))).vault.read('s')).toEqual({ kind: 'empty' });
    expect(
      await (await over(() => awsError(400, 'ResourceNotFoundException', "Secrets Manager can't find the specified secret."))).vault.read(
        's',
      ),
    ).toEqual({ kind: 'missing' });
  });

  it('are stored where their place is', async () => {
    expect(await (await over(() => json({ Name: 's' }))).vault.store('s', CANARY)).toBe('stored');
    expect(await (await over(() => awsError(400, 'ResourceNotFoundException'))).vault.store('s', CANARY)).toBe('missing');
  });

  it('are in no error, whatever the service says back', async () => {
    for (const script of [() => ({ status: 200, body: `<html>${CANARY}` }), () => awsError(400, 'AccessDeniedException', CANARY)]) {
      const failures = [
        await (await over(script)).vault.read('s').catch((error: unknown) => error),
        await (await over(script)).vault.store('s', CANARY).catch((error: unknown) => error),
      ];
      for (const failure of failures) {
        expect(failure).toBeInstanceOf(Error);
        const { message, stack, cause } = failure as Error;
        expect(`${message}${stack}${String(cause)}`).not.toContain(CANARY);
      }
    }
  });
});
