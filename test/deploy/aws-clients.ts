// What was deployed, as somebody with the AWS command line would look at it.
import { CloudFormationClient, DescribeStackResourcesCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DescribeLogGroupsCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateScheduleCommand,
  GetScheduleCommand,
  type GetScheduleCommandOutput,
  ListSchedulesCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { DescribeSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DescribeStateMachineCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { GetTopicAttributesCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteMessageCommand, GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoRunStore } from '../../shared/adapters/aws/dynamo-run-store.ts';
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import type { Emulator } from './ministack.ts';

const DUE = '<aws.scheduler.scheduled-time>';

export class DeployedAws {
  #fired = 0;
  readonly #settings: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { accessKeyId: string; secretAccessKey: string };
  };

  constructor({ url }: Emulator) {
    this.#settings = { endpoint: url, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  }

  async outputs(stack: string): Promise<Readonly<Record<string, string>>> {
    const { Stacks = [] } = await new CloudFormationClient(this.#settings).send(new DescribeStacksCommand({ StackName: stack }));
    return Object.fromEntries((Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  }

  /** Names of the stacks that are there. */
  async stacks(): Promise<readonly string[]> {
    const { Stacks = [] } = await new CloudFormationClient(this.#settings).send(new DescribeStacksCommand({}));
    return Stacks.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE').map(({ StackName = '' }) => StackName);
  }

  /** Of a resource that may have outlived its stack. */
  async exists(type: string, id: string): Promise<boolean> {
    const asked = this.#question(type, id);
    return asked.then(
      () => true,
      (error: Error) => {
        if (/NotFound|NoSuch/.test(error.name)) return false;
        throw error;
      },
    );
  }

  #question(type: string, id: string): Promise<unknown> {
    switch (type) {
      case 'AWS::DynamoDB::Table':
        return new DynamoDBClient(this.#settings).send(new DescribeTableCommand({ TableName: id }));
      case 'AWS::S3::Bucket':
        return new S3Client({ ...this.#settings, forcePathStyle: true }).send(new HeadBucketCommand({ Bucket: id }));
      case 'AWS::SecretsManager::Secret':
        return new SecretsManagerClient(this.#settings).send(new DescribeSecretCommand({ SecretId: id }));
      case 'AWS::SNS::Topic':
        return new SNSClient(this.#settings).send(new GetTopicAttributesCommand({ TopicArn: id }));
      default:
        throw new Error(`nobody knows how to ask for a ${type}`);
    }
  }

  /** Physical ids by logical id, of this type. */
  async resources(stack: string, type: string): Promise<ReadonlyMap<string, string>> {
    const client = new CloudFormationClient(this.#settings);
    const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: stack }));
    const ofType = StackResources.filter(({ ResourceType }) => ResourceType === type);
    return new Map(ofType.map(({ LogicalResourceId = '', PhysicalResourceId = '' }) => [LogicalResourceId, PhysicalResourceId]));
  }

  /** The one physical id whose logical id begins so. @throws Error for none or several. */
  async resource(stack: string, type: string, prefix: string): Promise<string> {
    const all = [...(await this.resources(stack, type))];
    const found = all.filter(([logical]) => logical.startsWith(prefix));
    if (found.length !== 1)
      throw new Error(`${found.length} of ${type} begin with ${prefix}: ${all.map(([logical]) => logical).join(', ')}`);
    return found[0]?.[1] ?? '';
  }

  async putSecret(name: string, value: string): Promise<void> {
    await new SecretsManagerClient(this.#settings).send(new PutSecretValueCommand({ SecretId: name, SecretString: value }));
  }

  /** Of the one schedule of this group with this part in its name: what it calls. */
  async calledBy(group: string, part: string): Promise<string> {
    return (await this.#schedule(group, part)).Target?.Arn ?? '';
  }

  /**
   * Makes a schedule of this group fire once more, within seconds: a copy of it, with its target and its input.
   * @param due what EventBridge Scheduler would write into the input; the emulator leaves the placeholder as it is.
   */
  async fire(group: string, part: string, due: number): Promise<void> {
    const { Target: called, FlexibleTimeWindow } = await this.#schedule(group, part);
    if (called === undefined) throw new Error(`the schedule of ${part} calls nothing`);
    const Target = { ...called, Input: called.Input?.replace(DUE, new Date(due).toISOString()) };
    this.#fired += 1;
    const Name = `once-${this.#fired}`;
    const at = new Date(Date.now() + 1_000).toISOString().slice(0, 19);
    await new SchedulerClient(this.#settings).send(
      new CreateScheduleCommand({ Name, GroupName: group, Target, FlexibleTimeWindow, ScheduleExpression: `at(${at})` }),
    );
  }

  async #schedule(group: string, part: string): Promise<GetScheduleCommandOutput> {
    const scheduler = new SchedulerClient(this.#settings);
    const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({ GroupName: group }));
    const names = Schedules.map(({ Name = '' }) => Name).filter((name) => name.includes(part));
    const [name, ...others] = names;
    if (name === undefined || others.length > 0) throw new Error(`${names.length} schedules have ${part} in their name`);
    return scheduler.send(new GetScheduleCommand({ GroupName: group, Name: name }));
  }

  /** A queue that hears what the topic tells. @returns its URL. */
  async listenTo(topicArn: string): Promise<string> {
    const { QueueUrl = '' } = await new SQSClient(this.#settings).send(new CreateQueueCommand({ QueueName: 'heard' }));
    const Endpoint = `arn:aws:sqs:us-east-1:000000000000:heard`;
    await new SNSClient(this.#settings).send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint }));
    return QueueUrl;
  }

  async machineCalls(machineArn: string): Promise<string> {
    const { definition = '{}' } = await new SFNClient(this.#settings).send(
      new DescribeStateMachineCommand({ stateMachineArn: machineArn }),
    );
    const { States } = JSON.parse(definition) as { States: { Advance: { Parameters: { FunctionName: string } } } };
    return States.Advance.Parameters.FunctionName;
  }

  /** Without waiting for the answer, as a scheduler does. */
  async send(functionName: string, event: unknown): Promise<void> {
    const Payload = new TextEncoder().encode(JSON.stringify(event));
    await new LambdaClient(this.#settings).send(new InvokeCommand({ FunctionName: functionName, InvocationType: 'Event', Payload }));
  }

  async record(table: string, runId: string): Promise<RunRecord | undefined> {
    return new DynamoRunStore(new DynamoDBClient(this.#settings), table).load(runId);
  }

  async executions(machineArn: string): Promise<readonly { readonly name: string; readonly status: string }[]> {
    const { executions = [] } = await new SFNClient(this.#settings).send(new ListExecutionsCommand({ stateMachineArn: machineArn }));
    return executions.map(({ name = '', status = '' }) => ({ name, status }));
  }

  /** What the functions wrote, by log group. */
  async logs(): Promise<string> {
    const client = new CloudWatchLogsClient(this.#settings);
    const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({}));
    const texts = logGroups.map(async ({ logGroupName = '' }) => {
      const { events = [] } = await client.send(new FilterLogEventsCommand({ logGroupName }));
      return [`--- ${logGroupName}`, ...events.map(({ message = '' }) => message.trimEnd())].join('\n');
    });
    return (await Promise.all(texts)).join('\n');
  }

  /** Messages are left where they are. */
  async messages(queue: string): Promise<readonly string[]> {
    const sqs = new SQSClient(this.#settings);
    const QueueUrl = queue.startsWith('http') ? queue : (await sqs.send(new GetQueueUrlCommand({ QueueName: queue }))).QueueUrl;
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }));
    return Messages.map(({ Body = '' }) => Body);
  }

  /** Messages that nobody took before, now gone from the queue. */
  async take(queueUrl: string): Promise<readonly string[]> {
    const sqs = new SQSClient(this.#settings);
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }));
    await Promise.all(Messages.map(({ ReceiptHandle }) => sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }))));
    return Messages.map(({ Body = '' }) => Body);
  }
}
