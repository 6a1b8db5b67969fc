// Writes artifacts and a rising mark until it is killed or has written `countMax`; prints each artifact once
// both were acknowledged.
import { writeSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from '../../../../shared/adapters/aws/client-settings.ts';
import { DynamoHighWaterMarks } from '../../../../shared/adapters/aws/dynamo-high-water-marks.ts';
import { S3ArtifactStore } from '../../../../shared/adapters/aws/s3-artifact-store.ts';
import { startEmbeddedAws } from '../../../../shared/adapters/local/embedded-aws.ts';
import { contentHash } from '../../../../shared/contracts/canonical-json.ts';
import type { BreakerStanding } from '../../../../shared/core/risk/breaker.ts';

const [folder, countMax = 'Infinity'] = process.argv.slice(2);
const aws = await startEmbeddedAws(folder);
const marks = new DynamoHighWaterMarks(new DynamoDBClient(clientSettings({ endpoint: aws.endpoints.dynamodb })), aws.table);
const artifacts = new S3ArtifactStore(new S3Client(clientSettings({ endpoint: aws.endpoints.s3 })), aws.bucket);

let before: BreakerStanding | undefined;
for (let count = 1n; count <= Number(countMax); count += 1n) {
  const text = JSON.stringify({ count: count.toString(), filling: 'x'.repeat(2_000) });
  await artifacts.put(contentHash(text), text);
  const after: BreakerStanding = { mark: count, transfers: 0n, level: 'normal' };
  if ((await marks.move('sixty-forty', before, after)) === 'stale') throw new Error('somebody else moved the mark');
  before = after;
  writeSync(1, `${text}\n`);
}
await aws.close();
