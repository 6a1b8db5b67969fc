// High-water marks in the state table: one item a portfolio, written under the condition that it is still what was read.
import { type AttributeValue, type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { BREAKER_LEVELS, type BreakerStanding } from '../../core/risk/breaker.ts';
import { isNewYorkDate } from '../../core/values/time.ts';
import type { HighWaterMarks } from '../../ports/high-water-marks.ts';
import { badAnswer, isNamed, storeFailure } from './aws-failure.ts';

/** DynamoDB keeps numbers exactly up to 38 digits. */
const DIGITS_MAX = 38;

type Item = Readonly<Record<string, AttributeValue>>;

export class DynamoHighWaterMarks implements HighWaterMarks {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read(portfolio: string): Promise<BreakerStanding | undefined> {
    const get = new GetItemCommand({ TableName: this.#table, Key: keyOf(portfolio), ConsistentRead: true });
    const { Item: item } = await this.#client.send(get).catch((cause: unknown) => {
      throw storeFailure(`reading the high-water mark of ${portfolio}`, 'read', cause);
    });
    return item === undefined ? undefined : standingOf(portfolio, item);
  }

  /**
   * Of many who looked at the same standing exactly one moves it; the others look again. A write whose answer was lost and
   * that is repeated is stale, though it took effect: looking again then finds what it wrote.
   */
  async move(portfolio: string, before: BreakerStanding | undefined, after: BreakerStanding): Promise<'moved' | 'stale'> {
    const put = new PutItemCommand({
      TableName: this.#table,
      Item: { ...keyOf(portfolio), ...itemOf(after) },
      ...conditionOf(before),
    });
    try {
      await this.#client.send(put);
      return 'moved';
    } catch (cause) {
      if (isNamed(cause, 'ConditionalCheckFailedException')) return 'stale';
      throw storeFailure(`moving the high-water mark of ${portfolio}`, 'write', cause);
    }
  }
}

function keyOf(portfolio: string) {
  return { pk: { S: 'high-water-mark' }, sk: { S: portfolio } };
}

function itemOf({ mark, transfers, level, day }: BreakerStanding): Record<string, AttributeValue> {
  return {
    mark: { N: numberText(mark) },
    transfers: { N: numberText(transfers) },
    level: { S: level },
    ...(day === undefined ? {} : { daySession: { S: day.session }, dayEquity: { N: numberText(day.equity) } }),
  };
}

/** An item of a release that kept the mark alone has no other attribute, and none of these is then compared to anything. */
function conditionOf(before: BreakerStanding | undefined) {
  if (before === undefined) return { ConditionExpression: 'attribute_not_exists(#pk)', ExpressionAttributeNames: { '#pk': 'pk' } };
  const item = itemOf(before);
  const names = Object.fromEntries(FIELDS.map((field) => [`#${field}`, field]));
  const terms = FIELDS.map((field) => {
    if (item[field] === undefined) return `attribute_not_exists(#${field})`;
    const isInitial = (field === 'transfers' && before.transfers === 0n) || (field === 'level' && before.level === 'normal');
    return isInitial ? `(attribute_not_exists(#${field}) OR #${field} = :${field})` : `#${field} = :${field}`;
  });
  return {
    ConditionExpression: terms.join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: Object.fromEntries(
      FIELDS.flatMap((field): [string, AttributeValue][] => {
        const value = item[field];
        return value === undefined ? [] : [[`:${field}`, value]];
      }),
    ),
  };
}

const FIELDS = ['mark', 'transfers', 'level', 'daySession', 'dayEquity'] as const;

function standingOf(portfolio: string, item: Item): BreakerStanding {
  const level = BREAKER_LEVELS.find((each) => each === (item['level']?.S ?? 'normal'));
  if (level === undefined) throw badAnswer(`the breaker of ${portfolio} has the level ${item['level']?.S}`);
  const session = item['daySession']?.S;
  if (session !== undefined && !isNewYorkDate(session)) throw badAnswer(`the breaker of ${portfolio} has the session ${session}`);
  return {
    mark: amountOf(portfolio, item, 'mark'),
    transfers: item['transfers'] === undefined ? 0n : amountOf(portfolio, item, 'transfers'),
    level,
    ...(session === undefined ? {} : { day: { session, equity: amountOf(portfolio, item, 'dayEquity') } }),
  };
}

function amountOf(portfolio: string, item: Item, field: (typeof FIELDS)[number]): bigint {
  const text = item[field]?.N;
  if (text === undefined || !/^-?\d+$/.test(text)) throw badAnswer(`the high-water mark of ${portfolio} has no whole number as ${field}`);
  return BigInt(text);
}

function numberText(amount: bigint): string {
  const text = amount.toString();
  if (text.replace('-', '').length > DIGITS_MAX) throw new RangeError(`an amount has more than ${DIGITS_MAX} digits`);
  return text;
}
