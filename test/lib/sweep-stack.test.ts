// The stack of the sweeps: that it is not there unless it is asked for, what it may do, and that it is nothing to trading.
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { sweepSteps } from '../../lib/constructs/sweep-steps.ts';
import { DEFAULT_DEPLOYMENT, type SweepArchitecture } from '../../lib/deployment-options.ts';
import { addStacks } from '../../lib/stacks.ts';
import { environmentNames, operatorEnvironmentNames } from '../../shared/contracts/environment.ts';
import { SWEEP_BUCKET, SWEEP_WORKERS_MAX, sweepOutputs } from '../../shared/contracts/sweep-batch.ts';
import { anApp, entries, portfolios } from './fixtures/deployment.ts';
import { everyStatement } from './fixtures/statements.ts';
import { type Properties, readable, resourcesOf, resourcesOfType, target } from './fixtures/template.ts';

const SOURCE = 'd'.repeat(64);

function synthesized(architecture?: SweepArchitecture) {
  const options = { ...DEFAULT_DEPLOYMENT, ...(architecture === undefined ? {} : { sweep: architecture }) };
  const app = anApp();
  const { state, compute, sweep } = addStacks(app, { stage: 'paper', portfolios, entries, options, source: SOURCE });
  const textOf = (stack: typeof state | typeof compute): string => JSON.stringify(Template.fromStack(stack).toJSON());
  return { app, state: textOf(state), compute: textOf(compute), sweep: sweep === undefined ? undefined : Template.fromStack(sweep) };
}

const without = synthesized();
const on = synthesized('arm64');
const template = on.sweep ?? Template.fromJSON({});

describe('sweeps in the cloud', () => {
  it('are not there unless they are asked for, in no word of any template', () => {
    expect(without.sweep).toBeUndefined();
    expect(without.app.synth().stacks.map(({ stackName }) => stackName)).toEqual(['EvenkeelState-paper', 'EvenkeelCompute-paper']);
    for (const text of [without.state, without.compute]) expect(text).not.toMatch(/sweep/i);
  });

  it('change no byte of the other stacks', () => {
    expect(on.state).toBe(without.state);
    expect(on.compute).toBe(without.compute);
  });

  it('have a stack of their own, which prints what the command line looks for', () => {
    expect(on.app.synth().stacks.map(({ stackName }) => stackName)).toContain('EvenkeelSweep-paper');
    for (const name of Object.values(sweepOutputs)) expect(Object.keys(template.findOutputs(name))).toEqual([name]);
    expect(template.findOutputs(sweepOutputs.source)).toMatchObject({ [sweepOutputs.source]: { Value: SOURCE } });
  });

  it('are not made by whoever cannot say of which sources', () => {
    const options = { ...DEFAULT_DEPLOYMENT, sweep: 'arm64' as const };
    expect(() => addStacks(anApp(), { stage: 'paper', portfolios, entries, options })).toThrow('of which sources');
  });

  it('have of everything one, and nothing that costs while it rests', () => {
    const counts = new Map<string, number>();
    for (const { type } of resourcesOf(template)) counts.set(type, (counts.get(type) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({
      'AWS::S3::Bucket': 1,
      'AWS::S3::BucketPolicy': 1,
      'AWS::Lambda::Function': 1,
      'AWS::Logs::LogGroup': 1,
      'AWS::Logs::MetricFilter': 2,
      'AWS::StepFunctions::StateMachine': 1,
      'AWS::IAM::Role': 2,
      'AWS::IAM::Policy': 3,
      'AWS::IAM::ManagedPolicy': 1,
    });
  });
});

describe('the bucket of the sweeps', () => {
  it('is encrypted and private, and empties itself', () => {
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        LifecycleConfiguration: {
          Rules: [{ Status: 'Enabled', ExpirationInDays: 30, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }],
        },
      },
    });
  });
});

describe('the function of the sweeps', () => {
  const [worker] = resourcesOfType(template, 'AWS::Lambda::Function').map(({ properties }) => properties);

  it('has a whole processor, a quarter of an hour, and no reserved part of what the account may run', () => {
    expect(worker).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], MemorySize: 1_769, Timeout: 900 });
    expect(worker).not.toHaveProperty('ReservedConcurrentExecutions');
  });

  it('runs on the architecture that was asked for', () => {
    const [other] = resourcesOfType(synthesized('x64').sweep ?? template, 'AWS::Lambda::Function').map(({ properties }) => properties);
    expect(other?.['Architectures']).toEqual(['x86_64']);
  });

  it('is told its bucket, and no name of trading', () => {
    const told = Object.keys(worker?.['Environment'].Variables);
    expect(told).toEqual([SWEEP_BUCKET]);
    for (const name of [...Object.values(environmentNames), ...Object.values(operatorEnvironmentNames)]) expect(told).not.toContain(name);
  });

  it('keeps its log for half a year, and rings none of the alarms of trading', () => {
    const [log] = resourcesOfType(template, 'AWS::Logs::LogGroup');
    expect(log?.properties['RetentionInDays']).toBe(180);
    expect(target(worker?.['LoggingConfig'].LogGroup)).toBe(log?.id);
    for (const { properties } of resourcesOfType(template, 'AWS::Logs::MetricFilter'))
      expect(properties['MetricTransformations'][0].MetricNamespace).toBe('evenkeel/paper/sweep');
  });
});

describe('every statement of the sweeps', () => {
  const executions = 'arn:<Partition>:states:<Region>:<AccountId>:execution:<EngineMachine.Name>';

  it('is one that was reviewed, and every reviewed one is there', () => {
    const sorted = Object.fromEntries(Object.entries(REVIEWED).map(([owner, lines]) => [owner, [...lines].sort()]));
    expect(everyStatement(template)).toEqual(sorted);
  });

  const REVIEWED = {
    EngineRole: [
      'IS TAKEN BY states.amazonaws.com sts:AssumeRole WHEN aws:SourceAccount StringEquals <AccountId>',
      'ALLOW lambda:InvokeFunction ON <WorkerFunction.Arn>',
      'ALLOW s3:GetObject ON <SweepsBucket.Arn>/inputs/*',
      'ALLOW s3:AbortMultipartUpload s3:GetObject s3:ListMultipartUploadParts s3:PutObject ON <SweepsBucket.Arn>/runs/*',
      // A batch is an execution of its own.
      'ALLOW states:StartExecution ON <EngineMachine>',
      `ALLOW states:DescribeExecution states:StopExecution ON ${executions}:*`,
    ],
    SweepsBucket: [
      'DENY * s3:* ON <SweepsBucket.Arn> <SweepsBucket.Arn>/* WHEN aws:SecureTransport Bool false',
      'DENY * s3:* ON <SweepsBucket.Arn> <SweepsBucket.Arn>/* WHEN s3:TlsVersion NumericLessThan 1.2',
    ],
    // No key, no table, no topic: whatever is in a text that it is given, it can write rows.
    WorkerRole: [
      'IS TAKEN BY lambda.amazonaws.com sts:AssumeRole',
      'ALLOW logs:CreateLogStream logs:PutLogEvents ON <WorkerLog.Arn>',
      'ALLOW s3:GetObject ON <SweepsBucket.Arn>/inputs/*',
      'ALLOW s3:PutObject ON <SweepsBucket.Arn>/rows/*',
    ],
    // Attached to nobody by the stack. Of the state table, the partition of the trial ledger, without a right to change or take away.
    'whoever the owner likes': [
      'ALLOW dynamodb:GetItem dynamodb:PutItem dynamodb:Query ON <state:TableArn> WHEN dynamodb:LeadingKeys ForAllValues:StringEquals trials',
      'ALLOW s3:GetObject s3:PutObject ON <SweepsBucket.Arn>/inputs/*',
      'ALLOW s3:GetObject ON <SweepsBucket.Arn>/rows/*',
      'ALLOW s3:ListBucket ON <SweepsBucket.Arn>',
      'ALLOW states:ListExecutions states:StartExecution ON <EngineMachine>',
      `ALLOW states:DescribeExecution states:ListMapRuns states:StopExecution ON ${executions}:*`,
      `ALLOW states:DescribeExecution ON ${executions}/*`,
      `ALLOW states:DescribeMapRun states:ListExecutions ON ${executions.replace('execution', 'mapRun')}/*`,
      'ALLOW lambda:GetAccountSettings ON *',
      'ALLOW cloudformation:DescribeStacks ON arn:<Partition>:cloudformation:<Region>:<AccountId>:stack/EvenkeelState-paper/* arn:<Partition>:cloudformation:<Region>:<AccountId>:stack/EvenkeelSweep-paper/*',
    ],
  };

  it('takes nothing away but an upload that was not finished, and reads no secret', () => {
    const lines = Object.values(everyStatement(template))
      .flat()
      .filter((line) => line.startsWith('ALLOW'));
    for (const line of lines) expect(line).not.toMatch(/:Delete|:Update|:BatchWrite|:Scan|secretsmanager|kms:|iam:|sns:|sqs:/);
  });
});

describe('the steps of a sweep', () => {
  const steps = sweepSteps({
    ...{ partition: 'aws', functionArn: 'arn:worker', functionTimeoutSeconds: 900, bucket: 'sweeps', workersMax: SWEEP_WORKERS_MAX },
  }) as { readonly StartAt: string; readonly States: Readonly<Record<string, Properties>> };
  const map = steps.States['Variants'] as Properties;

  it('refuse more calls at a time than the stack allows, and none, which to a Map is no bound', () => {
    expect(steps.StartAt).toBe('Bounded?');
    expect(steps.States['Bounded?']).toEqual({
      Type: 'Choice',
      Choices: [
        {
          And: [
            { Variable: '$.workers', NumericGreaterThanEquals: 1 },
            { Variable: '$.workers', NumericLessThanEquals: 100 },
          ],
          Next: 'Variants',
        },
      ],
      Default: 'TooMany',
    });
    expect(steps.States['TooMany']).toMatchObject({ Type: 'Fail' });
    expect(map['MaxConcurrencyPath']).toBe('$.workers');
  });

  it('read the places from the bucket, and hand them out in batches with what is swept', () => {
    expect(map).toMatchObject({
      Type: 'Map',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSON' },
        Parameters: { Bucket: 'sweeps', 'Key.$': '$.items' },
      },
      ItemBatcher: { MaxItemsPerBatchPath: '$.batch', BatchInput: { 'sweep.$': '$.sweep', 'work.$': '$.work' } },
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
      ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'sweeps', Prefix: 'runs' } },
    });
  });

  it('tolerate no failure, and repeat only what Lambda did to a call', () => {
    expect(map['ToleratedFailurePercentage']).toBe(0);
    const run = map['ItemProcessor'].States.Run as Properties;
    expect(run).toMatchObject({ Parameters: { FunctionName: 'arn:worker', 'Payload.$': '$' }, TimeoutSeconds: 915, End: true });
    const errors = (run['Retry'] as { readonly ErrorEquals: readonly string[] }[]).flatMap(({ ErrorEquals }) => ErrorEquals);
    expect(errors.length).toBeGreaterThan(3);
    for (const error of errors) expect(error).toMatch(/^Lambda\.\w+Exception$/);
  });

  it('are those of the machine, which is Standard: a name of it can be used once', () => {
    const [machine] = resourcesOfType(template, 'AWS::StepFunctions::StateMachine');
    if (machine === undefined) throw new Error('there is no machine');
    const { StateMachineType, DefinitionString } = machine.properties;
    expect(StateMachineType).toBe('STANDARD');
    const text = (DefinitionString['Fn::Join'][1] as unknown[]).map((part) => (typeof part === 'string' ? part : readable(part)));
    expect(Object.keys(JSON.parse(text.join('')).States)).toEqual(Object.keys(steps.States));
  });
});
