// The contracts over HTTP: dynalite for DynamoDB, fauxqs for S3, SNS and SQS. Every case gets servers of its
// own, so that "empty" is true.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach } from 'vitest';
import { clientSettings } from '../../shared/adapters/aws/client-settings.ts';
import { DynamoAuditTrail } from '../../shared/adapters/aws/dynamo-audit-trail.ts';
import { DynamoDigests } from '../../shared/adapters/aws/dynamo-digests.ts';
import { DynamoFolds } from '../../shared/adapters/aws/dynamo-folds.ts';
import { DynamoHighWaterMarks } from '../../shared/adapters/aws/dynamo-high-water-marks.ts';
import { DynamoKillSwitch } from '../../shared/adapters/aws/dynamo-kill-switch.ts';
import { DynamoLedgerStore } from '../../shared/adapters/aws/dynamo-ledger-store.ts';
import { DynamoRunStore } from '../../shared/adapters/aws/dynamo-run-store.ts';
import { S3ArtifactStore } from '../../shared/adapters/aws/s3-artifact-store.ts';
import { SnsNotifier } from '../../shared/adapters/aws/sns-notifier.ts';
import { type EmbeddedAws, startEmbeddedAws } from '../../shared/adapters/local/embedded-aws.ts';
import { decodeNotice } from '../../shared/contracts/notice-message.ts';
import { artifactStoreContract } from './artifact-store-contract.ts';
import { auditTrailContract } from './audit-trail-contract.ts';
import { digestsContract } from './digests-contract.ts';
import { foldsContract } from './folds-contract.ts';
import { highWaterMarksContract } from './high-water-marks-contract.ts';
import { killSwitchContract } from './kill-switch-contract.ts';
import { ledgerStoreContract } from './ledger-store-contract.ts';
import { notifierContract } from './notifier-contract.ts';
import { runStoreContract } from './run-store-contract.ts';

const started: EmbeddedAws[] = [];

afterEach(async () => {
  for (const aws of started.splice(0)) await aws.close();
});

async function start(): Promise<EmbeddedAws> {
  const aws = await startEmbeddedAws();
  started.push(aws);
  return aws;
}

async function startTable() {
  const { endpoints, table } = await start();
  return { client: new DynamoDBClient(clientSettings({ endpoint: endpoints.dynamodb })), table };
}

runStoreContract('DynamoDB', async () => {
  const { client, table } = await startTable();
  return new DynamoRunStore(client, table);
});

killSwitchContract('DynamoDB', async () => {
  const { client, table } = await startTable();
  return new DynamoKillSwitch(client, table);
});

highWaterMarksContract('DynamoDB', async () => {
  const { client, table } = await startTable();
  return new DynamoHighWaterMarks(client, table);
});

ledgerStoreContract('DynamoDB', async () => {
  const { client, table } = await startTable();
  return new DynamoLedgerStore(client, table);
});

auditTrailContract('DynamoDB', async () => {
  const { client, table } = await startTable();
  return new DynamoAuditTrail(client, table);
});

digestsContract('DynamoDB', async () => {
  const { client, table } = await startTable();
  return new DynamoDigests(client, table);
});

foldsContract('DynamoDB', async () => {
  const { client, table } = await startTable();
  return new DynamoFolds(client, table);
});

artifactStoreContract('S3', async () => {
  const { endpoints, bucket } = await start();
  return new S3ArtifactStore(new S3Client(clientSettings({ endpoint: endpoints.s3 })), bucket);
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
