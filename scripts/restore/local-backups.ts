// The backups of a drill at home: a copy of the state that was made before it was damaged stands for what AWS would keep.
import {
  type AttributeValue,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { isNamed } from '../../shared/adapters/aws/aws-failure.ts';
import { clientSettings } from '../../shared/adapters/aws/client-settings.ts';
import { artifactKeyOf } from '../../shared/adapters/aws/s3-artifact-store.ts';
import type { EmbeddedAws } from '../../shared/adapters/local/embedded-aws.ts';
import type { AuditHead } from '../../shared/contracts/audit-head.ts';
import { stateTable } from '../../shared/contracts/state-table.ts';
import type { AuditKeys } from '../../shared/ports/audit-keys.ts';
import type { Backups } from './drill.ts';
import { tablePorts } from './table-ports.ts';

type Item = Record<string, AttributeValue>;

export interface LocalBackupsParts {
  /** As it was before. */
  readonly backup: EmbeddedAws;
  readonly damaged: EmbeddedAws;
  readonly auditKeys: AuditKeys;
  readonly anchors: ReadonlyMap<string, AuditHead>;
}

export function localBackups({ backup, damaged, auditKeys, anchors }: LocalBackupsParts): Backups {
  const dynamo = new DynamoDBClient(clientSettings({ endpoint: damaged.endpoints.dynamodb }));
  const worlds = [
    { aws: damaged, version: 'newest', isNewest: true },
    { aws: backup, version: 'backup', isNewest: false },
  ].map(({ aws, ...rest }) => ({ ...rest, bucket: aws.bucket, s3: new S3Client(clientSettings({ endpoint: aws.endpoints.s3 })) }));
  return {
    portsOf: (name) => tablePorts(dynamo, name, auditKeys),
    anchorOf: (portfolio) => anchors.get(portfolio),
    versions: {
      async *of(hash) {
        for (const { s3, bucket, version, isNewest } of worlds) {
          const bytes = await objectOf(s3, bucket, artifactKeyOf(hash));
          if (bytes !== undefined) yield { version, isNewest, bytes: async () => bytes };
        }
      },
    },
    async restoreTable(name) {
      await createTable(dynamo, name);
      const from = new DynamoDBClient(clientSettings({ endpoint: backup.endpoints.dynamodb }));
      for (const item of await itemsOf(from, backup.table)) await dynamo.send(new PutItemCommand({ TableName: name, Item: item }));
      from.destroy();
    },
    async deleteTable(name) {
      await dynamo.send(new DeleteTableCommand({ TableName: name }));
    },
  };
}

/** Every item of a small table. */
export async function itemsOf(client: DynamoDBClient, table: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  let from: Item | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: table, ConsistentRead: true, ExclusiveStartKey: from }));
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
}

async function createTable(client: DynamoDBClient, table: string): Promise<void> {
  const names = [stateTable.partitionKey, stateTable.sortKey];
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: names.map((AttributeName, place) => ({ AttributeName, KeyType: place === 0 ? 'HASH' : 'RANGE' })),
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    }),
  );
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
    if (Table?.TableStatus === 'ACTIVE') return;
  }
}

async function objectOf(client: S3Client, bucket: string, key: string): Promise<Uint8Array | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await Body?.transformToByteArray();
  } catch (cause) {
    if (isNamed(cause, 'NoSuchKey')) return undefined;
    throw cause;
  }
}
