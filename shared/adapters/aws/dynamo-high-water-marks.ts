// High-water marks in the state table: one item a portfolio, its number only ever rising.
import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { MicroUsd } from '../../core/values/money.ts';
import type { HighWaterMarks } from '../../ports/high-water-marks.ts';
import { badAnswer, isNamed, storeFailure } from './aws-failure.ts';

/** DynamoDB keeps numbers exactly up to 38 digits. */
const DIGITS_MAX = 38;

export class DynamoHighWaterMarks implements HighWaterMarks {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read(portfolio: string): Promise<MicroUsd | undefined> {
    const get = new GetItemCommand({ TableName: this.#table, Key: keyOf(portfolio), ConsistentRead: true });
    const { Item } = await this.#client.send(get).catch((cause: unknown) => {
      throw storeFailure(`reading the high-water mark of ${portfolio}`, 'read', cause);
    });
    if (Item === undefined) return undefined;
    const mark = Item.mark?.N;
    if (mark === undefined || !/^-?\d+$/.test(mark)) throw badAnswer(`the high-water mark of ${portfolio} is not a whole number`);
    return BigInt(mark);
  }

  /**
   * The condition compares and writes in one step, so the larger survives in either order:
   *   A raise(5) → B raise(7) → 7;   B raise(7) → A raise(5), refused → 7.
   * A repeated or late write of a smaller mark is refused the same way and needs no version.
   */
  async raise(portfolio: string, equity: MicroUsd): Promise<MicroUsd> {
    const text = equity.toString();
    if (text.replace('-', '').length > DIGITS_MAX) throw new RangeError(`equity has more than ${DIGITS_MAX} digits`);
    const update = new UpdateItemCommand({
      TableName: this.#table,
      Key: keyOf(portfolio),
      UpdateExpression: 'SET #mark = :equity',
      ConditionExpression: 'attribute_not_exists(#mark) OR #mark < :equity',
      ExpressionAttributeNames: { '#mark': 'mark' },
      ExpressionAttributeValues: { ':equity': { N: text } },
    });
    try {
      await this.#client.send(update);
      return equity;
    } catch (cause) {
      if (!isNamed(cause, 'ConditionalCheckFailedException')) {
        throw storeFailure(`raising the high-water mark of ${portfolio}`, 'write', cause);
      }
    }
    const standing = await this.read(portfolio);
    if (standing === undefined) throw badAnswer(`the high-water mark of ${portfolio} vanished`);
    return standing;
  }
}

function keyOf(portfolio: string) {
  return { pk: { S: 'high-water-mark' }, sk: { S: portfolio } };
}
