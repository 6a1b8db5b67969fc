// Ledgers in the state table: one item a portfolio, every write conditional, every read consistent.
import { randomUUID } from 'node:crypto';
import { type AttributeValue, type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { decodeLedgerRecord, encodeLedgerRecord, type LedgerRecord } from '../../contracts/ledger-record.ts';
import { UnreadableRecord } from '../../contracts/run-record.ts';
import type { LedgerStore } from '../../ports/ledger-store.ts';
import { isNamed, storeFailure } from './aws-failure.ts';

type Item = Record<string, AttributeValue>;

export class DynamoLedgerStore implements LedgerStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async load(portfolio: string): Promise<LedgerRecord | undefined> {
    const item = await this.#read(portfolio);
    return item === undefined ? undefined : recordOf(item, portfolio);
  }

  /**
   * The condition lets exactly one writer make version n out of n − 1, and so count an activity or a run:
   *   A reads 4, B reads 4 → A saves 5 → B's save of 5 is refused, and B begins again from what A wrote.
   * A refusal may be our own echo: put lands → answer lost → the SDK puts again → refused. The write id tells.
   */
  async save(record: LedgerRecord): Promise<'saved' | 'stale'> {
    const writeId = randomUUID();
    const doing = `saving version ${record.version} of the ledger of ${record.portfolio}`;
    const put = new PutItemCommand({ TableName: this.#table, Item: itemOf(record, writeId), ...conditionOf(record) });
    try {
      await this.#client.send(put);
      return 'saved';
    } catch (cause) {
      const failure = storeFailure(doing, 'write', cause);
      const isRefused = isNamed(cause, 'ConditionalCheckFailedException');
      if (!isRefused && failure.effect === 'none') throw failure;
      const stored = await this.#rereadAfter(failure, isRefused, record.portfolio);
      if (stored?.writeId?.S === writeId) return 'saved';
      // Versions only rise: once another stands in its place, a delayed copy of this write can never land.
      if (isRefused || Number(stored?.version?.N ?? 0) >= record.version) return 'stale';
      throw failure;
    }
  }

  /** When the second look fails too, what is thrown is the write's own failure, with its unknown effect. */
  async #rereadAfter(failure: Error, isRefused: boolean, portfolio: string): Promise<Item | undefined> {
    try {
      return await this.#read(portfolio);
    } catch (reread) {
      throw isRefused ? reread : failure;
    }
  }

  async #read(portfolio: string): Promise<Item | undefined> {
    const get = new GetItemCommand({ TableName: this.#table, Key: keyOf(portfolio), ConsistentRead: true });
    const { Item } = await this.#client.send(get).catch((cause: unknown) => {
      throw storeFailure(`reading the ledger of ${portfolio}`, 'read', cause);
    });
    return Item;
  }
}

function keyOf(portfolio: string) {
  return { pk: { S: `ledger/${portfolio}` }, sk: { S: 'ledger' } };
}

function conditionOf({ version }: LedgerRecord) {
  if (version === 1) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#version = :before',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':before': { N: String(version - 1) } },
  };
}

function itemOf(record: LedgerRecord, writeId: string): Item {
  return {
    ...keyOf(record.portfolio),
    record: { S: encodeLedgerRecord(record) },
    version: { N: String(record.version) },
    schemaVersion: { N: String(record.schemaVersion) },
    updatedAt: { N: String(record.updatedAt) },
    writeId: { S: writeId },
  };
}

/** @throws UnreadableRecord when this release cannot read it, or its parts disagree. */
function recordOf(item: Item, portfolio: string): LedgerRecord {
  const text = item.record?.S;
  if (text === undefined) throw new UnreadableRecord(`the stored ledger of ${portfolio} has no record`);
  const record = decodeLedgerRecord(text);
  if (record.portfolio !== portfolio || item.version?.N !== String(record.version))
    throw new UnreadableRecord(`the stored ledger of ${portfolio} disagrees with its own version or key`);
  return record;
}
