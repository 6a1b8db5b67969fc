// What a drill at home does to a copy of a store before it is restored: one of each kind of loss.
import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from '../../shared/adapters/aws/client-settings.ts';
import { artifactKeyOf } from '../../shared/adapters/aws/s3-artifact-store.ts';
import type { EmbeddedAws } from '../../shared/adapters/local/embedded-aws.ts';
import { itemsOf } from './local-backups.ts';

/**
 * @returns what was done, in words, one each.
 * @throws Error when there is too little in the store to damage.
 */
export async function damage({ endpoints, table, bucket }: EmbeddedAws): Promise<readonly string[]> {
  const dynamo = new DynamoDBClient(clientSettings({ endpoint: endpoints.dynamodb }));
  const s3 = new S3Client(clientSettings({ endpoint: endpoints.s3 }));
  try {
    const items = await itemsOf(dynamo, table);
    const below = (prefix: string) =>
      items.filter(({ pk }) => pk?.S?.startsWith(prefix)).sort((a, b) => ((a.sk?.S ?? '') < (b.sk?.S ?? '') ? -1 : 1));
    const [firstRun, ledger, link] = [below('run/')[0], below('ledger/')[0], below('audit/').at(-1)];
    // Every hash in a record is of a document of that run.
    const hashes = [...(firstRun?.record?.S ?? '').matchAll(/"([0-9a-f]{64})"/g)].map(([, hash = '']) => hash);
    const [edited, gone] = [hashes[0], hashes.at(-1)];
    if (
      firstRun === undefined ||
      ledger === undefined ||
      link === undefined ||
      edited === undefined ||
      gone === undefined ||
      edited === gone
    )
      throw new Error('there is too little in this state to damage: it needs a run that has ended');
    const record = (firstRun.record?.S ?? '').replace('"completed"', '"refused"');
    await dynamo.send(new PutItemCommand({ TableName: table, Item: { ...firstRun, record: { S: record } } }));
    for (const { pk, sk } of [ledger, link])
      await dynamo.send(new DeleteItemCommand({ TableName: table, Key: { pk: pk ?? NO_KEY, sk: sk ?? NO_KEY } }));
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: artifactKeyOf(edited), Body: '{}' }));
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: artifactKeyOf(gone) }));
    return [
      `the record of ${firstRun.pk?.S}/${firstRun.sk?.S} was edited`,
      `${ledger.pk?.S} was deleted`,
      `the newest link of ${link.pk?.S} was cut off`,
      `document ${edited} was overwritten`,
      `document ${gone} was deleted`,
    ];
  } finally {
    dynamo.destroy();
    s3.destroy();
  }
}

const NO_KEY = { S: '' };
