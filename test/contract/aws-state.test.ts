// The contracts over HTTP: dynalite for DynamoDB, fauxqs for S3, SNS and SQS. Every case gets servers of its
// own, so that "empty" is true.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach } from 'vitest';
import { clientSettings } from '../../shared/adapters/aws/client-settings.ts';
import { S3ArtifactStore } from '../../shared/adapters/aws/s3-artifact-store.ts';
import { S3SweepStore } from '../../shared/adapters/aws/s3-sweep-store.ts';
import { SnsNotifier } from '../../shared/adapters/aws/sns-notifier.ts';
import { type EmbeddedAws, startEmbeddedAws } from '../../shared/adapters/local/embedded-aws.ts';
import { decodeNotice } from '../../shared/contracts/notice-message.ts';
import { artifactStoreContract } from './artifact-store-contract.ts';
import { dynamoContracts } from './dynamo-contracts.ts';
import { notifierContract } from './notifier-contract.ts';
import { sweepStoreContract } from './sweep-store-contract.ts';

const started: EmbeddedAws[] = [];

afterEach(async () => {
  for (const aws of started.splice(0)) await aws.close();
});

async function start(): Promise<EmbeddedAws> {
  const aws = await startEmbeddedAws();
  started.push(aws);
  return aws;
}

dynamoContracts('DynamoDB', async () => {
  const { endpoints, table } = await start();
  return { client: new DynamoDBClient(clientSettings({ endpoint: endpoints.dynamodb })), table };
});

artifactStoreContract('S3', async () => {
  const { endpoints, bucket } = await start();
  return new S3ArtifactStore(new S3Client(clientSettings({ endpoint: endpoints.s3 })), bucket);
});

sweepStoreContract('S3', async () => {
  const { endpoints, bucket } = await start();
  return new S3SweepStore(new S3Client(clientSettings({ endpoint: endpoints.s3 })), bucket);
});

notifierContract('SNS', async () => {
  const { endpoints, topicArn, noticesQueueUrl } = await start();
  const sqs = new SQSClient(clientSettings({ endpoint: endpoints.sqs }));
  const receive = new ReceiveMessageCommand({ QueueUrl: noticesQueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 });
  const received = async () => {
    const { Messages = [] } = await sqs.send(receive);
    return Messages.map(({ Body = '' }) => {
      const { Message, MessageAttributes } = JSON.parse(Body);
      return {
        severity: MessageAttributes.severity.Value,
        code: MessageAttributes.code.Value,
        body: decodeNotice(Message)?.body ?? Message,
      };
    });
  };
  return { notifier: new SnsNotifier(new SNSClient(clientSettings({ endpoint: endpoints.sns })), topicArn), received };
});
