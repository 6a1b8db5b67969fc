// Audit chains in the state table: one item a link, written once, under a condition, and never again.
import { type AttributeValue, type DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { encodeLink, type SealedLink, type StoredLink } from '../../contracts/audit-link.ts';
import type { AuditTrail } from '../../ports/audit-trail.ts';
import { storeFailure } from './aws-failure.ts';

type Item = Record<string, AttributeValue>;

/** As text, sequences sort like numbers. */
const SEQUENCE_DIGITS = 9;

export class DynamoAuditTrail implements AuditTrail {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async latest(portfolio: string, limit: number): Promise<readonly StoredLink[]> {
    if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`limit must be a positive whole number, not ${limit}`);
    const items: Item[] = [];
    let from: Item | undefined;
    do {
      const page = await this.#page(portfolio, limit - items.length, from);
      items.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from !== undefined && items.length < limit);
    return items.map((item) => ({ position: Number(item.sk?.S), text: item.link?.S ?? '' }));
  }

  /**
   * A refusal may be our own echo: put lands → answer lost → the SDK puts again → refused. The bytes tell: a link says all
   * that its writer knew, so the same bytes are the same link whoever wrote them.
   */
  async append(sealed: SealedLink): Promise<'appended' | 'stale'> {
    const { portfolio, sequence } = sealed.link;
    const key = keyOf(portfolio, sequence);
    const text = encodeLink(sealed);
    const put = new PutItemCommand({
      TableName: this.#table,
      Item: { ...key, link: { S: text } },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    try {
      await this.#client.send(put);
      return 'appended';
    } catch (cause) {
      const failure = storeFailure(`adding link ${sequence} to the audit chain of ${portfolio}`, 'write', cause);
      const stored = await this.#read(key, failure);
      if (stored === text) return 'appended';
      if (stored !== undefined) return 'stale';
      throw failure;
    }
  }

  /** When this look fails too, what is thrown is the write's own failure. */
  async #read(key: Item, failure: Error): Promise<string | undefined> {
    const get = new GetItemCommand({ TableName: this.#table, Key: key, ConsistentRead: true });
    const { Item } = await this.#client.send(get).catch(() => {
      throw failure;
    });
    return Item?.link?.S;
  }

  #page(portfolio: string, limit: number, from: Item | undefined) {
    const query = new QueryCommand({
      TableName: this.#table,
      KeyConditionExpression: 'pk = :chain',
      ExpressionAttributeValues: { ':chain': { S: partitionOf(portfolio) } },
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: limit,
      ExclusiveStartKey: from,
    });
    return this.#client.send(query).catch((cause: unknown) => {
      throw storeFailure(`reading the audit chain of ${portfolio}`, 'read', cause);
    });
  }
}

function partitionOf(portfolio: string): string {
  return `audit/${portfolio}`;
}

function keyOf(portfolio: string, sequence: number) {
  return { pk: { S: partitionOf(portfolio) }, sk: { S: String(sequence).padStart(SEQUENCE_DIGITS, '0') } };
}
