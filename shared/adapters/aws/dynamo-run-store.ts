// Run records in the state table: every write one conditional write of one item, every read consistent.
import { type DynamoDBClient, GetItemCommand, PutItemCommand, type PutItemCommandInput, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { RunRecord } from '../../contracts/run-record.ts';
import type { RunId } from '../../core/values/identity.ts';
import type { RunStore } from '../../ports/run-store.ts';
import { isNamed, storeFailure } from './aws-failure.ts';
import { type Item, recordOf, runItemOf, runKeyOf, runPartitionOf } from './run-item.ts';

export class DynamoRunStore implements RunStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /**
   * `attribute_not_exists(pk)` lets exactly one of many claims in:
   *   A put → written;   B put → refused → B reads A's record.
   * A refusal may be our own echo: put lands → answer lost → the SDK puts again → refused. The write id tells.
   */
  async claim(record: RunRecord): ReturnType<RunStore['claim']> {
    if (record.version !== 1) throw new RangeError(`a claimed record has version 1, not ${record.version}`);
    const { item, writeId } = runItemOf(record);
    const written = await this.#put(`claiming run ${record.runId}`, { Item: item, ConditionExpression: 'attribute_not_exists(pk)' });
    if (written.kind === 'written') return { kind: 'claimed' };
    const stored = await this.#rereadAfter(written, record.runId);
    if (stored === undefined) throw written.failure;
    return isOurs(stored, writeId) ? { kind: 'claimed' } : { kind: 'exists', record: recordOf(stored) };
  }

  async load(runId: RunId): Promise<RunRecord | undefined> {
    const item = await this.#read(runId);
    return item === undefined ? undefined : recordOf(item);
  }

  /**
   * `version = :before` lets exactly one writer make version n out of n − 1:
   *   A reads 4, B reads 4 → A saves 5 → B's save of 5 is refused: it acts on a state that is past.
   * Versions only rise, so once the stored one is ours or beyond, a delayed copy of this write can never land.
   */
  async save(record: RunRecord): Promise<'saved' | 'stale'> {
    if (record.version < 2) throw new RangeError(`a saved record has version 2 or more, not ${record.version}`);
    const { item, writeId } = runItemOf(record);
    const written = await this.#put(`saving version ${record.version} of run ${record.runId}`, {
      Item: item,
      ConditionExpression: '#version = :before',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':before': { N: String(record.version - 1) } },
    });
    if (written.kind === 'written') return 'saved';
    const stored = await this.#rereadAfter(written, record.runId);
    if (stored !== undefined && isOurs(stored, writeId)) return 'saved';
    // Lost and not there *yet* proves nothing: the request may still be under way. Only a refusal, or a
    // version that leaves it no room, is an answer.
    const canStillLand = written.kind === 'unknown' && versionOf(stored) < record.version;
    if (canStillLand) throw written.failure;
    return 'stale';
  }

  async list(portfolio: string, limit: number): Promise<readonly RunRecord[]> {
    if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`limit must be a positive whole number, not ${limit}`);
    const items: Item[] = [];
    let from: Item | undefined;
    do {
      const page = await this.#page(portfolio, limit - items.length, from);
      items.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from !== undefined && items.length < limit);
    return items.map(recordOf);
  }

  async #put(doing: string, put: Omit<PutItemCommandInput, 'TableName'>): Promise<Written> {
    try {
      await this.#client.send(new PutItemCommand({ TableName: this.#table, ...put }));
      return { kind: 'written' };
    } catch (cause) {
      const failure = storeFailure(doing, 'write', cause);
      if (isNamed(cause, 'ConditionalCheckFailedException')) return { kind: 'refused', failure };
      if (failure.effect === 'none') throw failure;
      return { kind: 'unknown', failure };
    }
  }

  /** When the second look fails too, what is thrown is the write's own failure, with its unknown effect. */
  async #rereadAfter(written: NotWritten, runId: RunId): Promise<Item | undefined> {
    try {
      return await this.#read(runId);
    } catch (reread) {
      if (written.kind === 'unknown') throw written.failure;
      throw reread;
    }
  }

  async #read(runId: RunId): Promise<Item | undefined> {
    const get = new GetItemCommand({ TableName: this.#table, Key: runKeyOf(runId), ConsistentRead: true });
    const { Item } = await this.#client.send(get).catch((cause: unknown) => {
      throw storeFailure(`reading run ${runId}`, 'read', cause);
    });
    return Item;
  }

  #page(portfolio: string, limit: number, from: Item | undefined) {
    const query = new QueryCommand({
      TableName: this.#table,
      KeyConditionExpression: 'pk = :run',
      ExpressionAttributeValues: { ':run': { S: runPartitionOf(portfolio) } },
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: limit,
      ExclusiveStartKey: from,
    });
    return this.#client.send(query).catch((cause: unknown) => {
      throw storeFailure(`listing the runs of ${portfolio}`, 'read', cause);
    });
  }
}

type NotWritten = { readonly kind: 'refused' | 'unknown'; readonly failure: Error };
type Written = { readonly kind: 'written' } | NotWritten;

function isOurs(item: Item, writeId: string): boolean {
  return item.writeId?.S === writeId;
}

function versionOf(item: Item | undefined): number {
  return Number(item?.version?.N ?? 0);
}
