// The shape of a run record in the state table. The record travels whole as one encoded string; the
// attributes beside it exist for conditions and for a person looking at the table.
import { randomUUID } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { decodeRunRecord, encodeRunRecord, type RunRecord, UnreadableRecord } from '../../contracts/run-record.ts';
import { parseRunId, type RunId } from '../../core/values/identity.ts';

export type Item = Record<string, AttributeValue>;

/** One partition a portfolio, sorted by session and schedule: its newest runs are one query away. */
export function runKeyOf(runId: RunId) {
  const key = parseRunId(runId);
  if (key === undefined) throw new RangeError(`not a run id: ${runId}`);
  return { pk: { S: runPartitionOf(key.portfolio) }, sk: { S: `${key.session}/${key.schedule}` } };
}

export function runPartitionOf(portfolio: string): string {
  return `run/${portfolio}`;
}

/**
 * `writeId` is new for every write and says whose bytes these are. The bytes alone do not: two turns of one
 * run at the same instant compute the same next record, and only one of them may go on.
 */
export function runItemOf(record: RunRecord): { readonly item: Item; readonly writeId: string } {
  const writeId = randomUUID();
  const item = {
    ...runKeyOf(record.runId),
    record: { S: encodeRunRecord(record) },
    version: { N: String(record.version) },
    schemaVersion: { N: String(record.schemaVersion) },
    updatedAt: { N: String(record.updatedAt) },
    writeId: { S: writeId },
  };
  return { item, writeId };
}

/** @throws UnreadableRecord when this release cannot read it, or its parts disagree. */
export function recordOf(item: Item): RunRecord {
  const text = item.record?.S;
  if (text === undefined) throw new UnreadableRecord('the stored run has no record');
  const record = decodeRunRecord(text);
  const key = runKeyOf(record.runId);
  const isWhole = item.version?.N === String(record.version) && item.pk?.S === key.pk.S && item.sk?.S === key.sk.S;
  if (!isWhole) throw new UnreadableRecord(`the stored run ${record.runId} disagrees with its own version or key`);
  return record;
}
