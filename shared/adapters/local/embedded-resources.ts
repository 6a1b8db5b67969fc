// The table, bucket, topic and queues of the embedded run. Creating them again finds them and keeps them.
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, ListSubscriptionsByTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { stateTable } from '../../contracts/state-table.ts';

export interface EmbeddedResources {
  readonly table: string;
  readonly bucket: string;
  readonly topicArn: string;
  /** Receives every notice of the topic. */
  readonly noticesQueueUrl: string;
  readonly deadLetterQueueUrl: string;
}

const NAME = 'evenkeel';

export async function createResources(endpoints: Readonly<Record<'dynamodb' | 's3' | 'sns' | 'sqs', string>>): Promise<EmbeddedResources> {
  await createTable(endpoints.dynamodb);
  await createBucket(endpoints.s3);
  const sqs = new SQSClient(settings(endpoints.sqs));
  const notices = `${NAME}-notices`;
  const deadLetter = `${NAME}-dead-letter`;
  for (const name of [notices, deadLetter]) await sqs.send(new CreateQueueCommand({ QueueName: name }));
  sqs.destroy();
  const topicArn = await createTopic(endpoints.sns, `arn:aws:sqs:${REGION}:${ACCOUNT}:${notices}`);
  // Not the URL that was answered: a queue of an earlier start remembers that start's port.
  const urlOf = (name: string) => `${endpoints.sqs}/${ACCOUNT}/${name}`;
  return { table: NAME, bucket: NAME, topicArn, noticesQueueUrl: urlOf(notices), deadLetterQueueUrl: urlOf(deadLetter) };
}

async function createTable(endpoint: string): Promise<void> {
  const { partitionKey, sortKey } = stateTable;
  const client = new DynamoDBClient(settings(endpoint));
  const create = new CreateTableCommand({
    TableName: NAME,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: partitionKey, KeyType: 'HASH' },
      { AttributeName: sortKey, KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: partitionKey, AttributeType: 'S' },
      { AttributeName: sortKey, AttributeType: 'S' },
    ],
  });
  await unlessItExists('ResourceInUseException', () => client.send(create));
  client.destroy();
}

async function createBucket(endpoint: string): Promise<void> {
  const client = new S3Client({ ...settings(endpoint), forcePathStyle: true });
  await unlessItExists('BucketAlreadyOwnedByYou', () => client.send(new CreateBucketCommand({ Bucket: NAME })));
  client.destroy();
}

/** Subscribed once: a second subscription of the same queue would deliver every notice twice. */
async function createTopic(endpoint: string, queueArn: string): Promise<string> {
  const client = new SNSClient(settings(endpoint));
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: NAME }));
  if (TopicArn === undefined) throw new Error('the topic was created without an ARN');
  const { Subscriptions = [] } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  if (!Subscriptions.some(({ Endpoint }) => Endpoint === queueArn)) {
    await client.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queueArn }));
  }
  client.destroy();
  return TopicArn;
}

async function unlessItExists(errorName: string, create: () => Promise<unknown>): Promise<void> {
  try {
    await create();
  } catch (cause) {
    if (!(cause instanceof Error && cause.name === errorName)) throw cause;
  }
}

const REGION = 'us-east-1';
const ACCOUNT = '000000000000';

function settings(endpoint: string) {
  return { endpoint, region: REGION, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
}
