// The backups of a deployment: point-in-time recovery of the table, and the versions that the bucket keeps.
import { DeleteTableCommand, DescribeTableCommand, type DynamoDBClient, RestoreTableToPointInTimeCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import { artifactKeyOf } from '../../shared/adapters/aws/s3-artifact-store.ts';
import { SECOND_MS } from '../../shared/core/values/time.ts';
import type { AuditKeys } from '../../shared/ports/audit-keys.ts';
import type { Backups } from './drill.ts';
import { tablePorts } from './table-ports.ts';
import type { DocumentVersions } from './versioned-artifacts.ts';

export interface AwsBackupsParts {
  readonly dynamo: DynamoDBClient;
  readonly s3: S3Client;
  readonly table: string;
  readonly bucket: string;
  readonly auditKeys: AuditKeys;
  /** The moment that is restored; left out, the latest that can be. */
  readonly at?: Date;
  readonly wait: (ms: number) => Promise<unknown>;
}

const LOOK_EVERY_MS = 10 * SECOND_MS;
/** An hour: a table of this size takes a few minutes. */
const LOOKS_MAX = 360;

export function awsBackups({ dynamo, s3, table, bucket, auditKeys, at, wait }: AwsBackupsParts): Backups {
  return {
    versions: bucketVersions(s3, bucket),
    portsOf: (name) => tablePorts(dynamo, name, auditKeys),
    // The live chain may have gone on since the moment that is restored: its head would accuse a sound backup.
    anchorOf: () => undefined,
    async restoreTable(name) {
      const moment = at === undefined ? { UseLatestRestorableTime: true } : { RestoreDateTime: at };
      await dynamo.send(new RestoreTableToPointInTimeCommand({ SourceTableName: table, TargetTableName: name, ...moment }));
      for (let look = 0; look < LOOKS_MAX; look += 1) {
        const { Table } = await dynamo.send(new DescribeTableCommand({ TableName: name }));
        if (Table?.TableStatus === 'ACTIVE') return;
        await wait(LOOK_EVERY_MS);
      }
      throw new Error(`${name} is not restored after ${(LOOKS_MAX * LOOK_EVERY_MS) / SECOND_MS} seconds; it may be later`);
    },
    async deleteTable(name) {
      await dynamo.send(new DeleteTableCommand({ TableName: name }));
    },
  };
}

function bucketVersions(client: S3Client, bucket: string): DocumentVersions {
  const bytesOf = async (key: string, version?: string) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: version }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  };
  return {
    async *of(hash) {
      const key = artifactKeyOf(hash);
      // S3 lists the versions of a key newest first, and deletions apart: after one, no version is the newest.
      const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key }));
      for (const { Key, VersionId = 'null', IsLatest = false } of Versions) {
        if (Key === key) yield { version: VersionId, isNewest: IsLatest, bytes: () => bytesOf(key, VersionId) };
      }
    },
  };
}
