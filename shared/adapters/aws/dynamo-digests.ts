// The digests in the state table: one item a session.
import { type AttributeValue, type DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { type Digest, decodeDigest, encodeDigest } from '../../contracts/digest.ts';
import type { Digests } from '../../ports/digests.ts';
import { badAnswer, storeFailure } from './aws-failure.ts';

type Item = Record<string, AttributeValue>;

export class DynamoDigests implements Digests {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async keep(digest: Digest): Promise<void> {
    const Item = { pk: { S: partitionOf(digest.portfolio) }, sk: { S: digest.session }, digest: { S: encodeDigest(digest) } };
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item })).catch((cause: unknown) => {
      throw storeFailure(`keeping the digest of ${digest.portfolio}`, 'write', cause);
    });
  }

  async latest(portfolio: string, limit: number): Promise<readonly Digest[]> {
    const items: Item[] = [];
    let from: Item | undefined;
    do {
      const page = await this.#page(portfolio, limit - items.length, from);
      items.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from !== undefined && items.length < limit);
    return items.map(({ digest }) => {
      const decoded = decodeDigest(digest?.S ?? '');
      if (decoded === undefined) throw badAnswer(`a digest of ${portfolio} is not whole`);
      return decoded;
    });
  }

  async #page(portfolio: string, limit: number, from: Item | undefined) {
    const query = new QueryCommand({
      TableName: this.#table,
      KeyConditionExpression: 'pk = :digests',
      ExpressionAttributeValues: { ':digests': { S: partitionOf(portfolio) } },
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: limit,
      ExclusiveStartKey: from,
    });
    return this.#client.send(query).catch((cause: unknown) => {
      throw storeFailure(`reading the digests of ${portfolio}`, 'read', cause);
    });
  }
}

function partitionOf(portfolio: string): string {
  return `digest/${portfolio}`;
}
