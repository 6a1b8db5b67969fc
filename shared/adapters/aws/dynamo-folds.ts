// What the owner was told lately, in the state table: one item a key, which the table forgets some time after it is free.
import { type AttributeValue, type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { stateTable, TOLD_PARTITION } from '../../contracts/state-table.ts';
import { DAY_MS, SECOND_MS } from '../../core/values/time.ts';
import type { Folds, Taken, Taking } from '../../ports/folds.ts';
import { badAnswer, isNamed, storeFailure } from './aws-failure.ts';

/** The table deletes what has expired when it finds the time: the condition, and not that, says what is free. */
const KEPT_MS = DAY_MS;

export class DynamoFolds implements Folds {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /**
   * One conditional write. The SDK may send it twice: put lands → answer lost → put again → the condition lets the same
   * message pass.
   */
  async take(key: string, taking: Taking): Promise<Taken> {
    const free = 'attribute_not_exists(pk) OR #until <= :at OR (#by = :by AND #isSettled = :no)';
    const values = { ':at': { N: String(taking.at) }, ':by': { S: taking.by }, ':no': { BOOL: false } };
    const names = { '#until': 'until', '#by': 'by', '#isSettled': 'isSettled' };
    const wrote = await this.#put(itemOf(key, taking, false), free, names, values);
    return wrote === 'written' ? { kind: 'taken' } : { kind: 'folded', first: await this.#first(key) };
  }

  async settle(key: string, taking: Taking): Promise<void> {
    await this.#put(itemOf(key, taking, true), '#by = :by', { '#by': 'by' }, { ':by': { S: taking.by } });
  }

  async #put(
    item: Record<string, AttributeValue>,
    condition: string,
    names: Record<string, string>,
    values: Record<string, AttributeValue>,
  ): Promise<'written' | 'refused'> {
    const put = new PutItemCommand({
      TableName: this.#table,
      Item: item,
      ConditionExpression: condition,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
    });
    try {
      await this.#client.send(put);
      return 'written';
    } catch (cause) {
      if (isNamed(cause, 'ConditionalCheckFailedException')) return 'refused';
      throw storeFailure('noting what the owner was told', 'write', cause);
    }
  }

  async #first(key: string): Promise<Extract<Taken, { kind: 'folded' }>['first']> {
    const get = new GetItemCommand({ TableName: this.#table, Key: keyOf(key), ConsistentRead: true });
    const { Item } = await this.#client.send(get).catch((cause: unknown) => {
      throw storeFailure('reading what the owner was told', 'read', cause);
    });
    const { by, title, at, isSettled } = Item ?? {};
    if (by?.S === undefined || title?.S === undefined || at?.N === undefined || isSettled?.BOOL === undefined)
      throw badAnswer('what the owner was told is not whole');
    return { by: by.S, title: title.S, at: Number(at.N), isTold: isSettled.BOOL };
  }
}

function keyOf(key: string) {
  return { pk: { S: TOLD_PARTITION }, sk: { S: key } };
}

function itemOf(key: string, { by, title, at, until }: Taking, isSettled: boolean): Record<string, AttributeValue> {
  return {
    ...keyOf(key),
    by: { S: by },
    title: { S: title },
    at: { N: String(at) },
    until: { N: String(until) },
    isSettled: { BOOL: isSettled },
    [stateTable.expiresAt]: { N: String(Math.ceil((until + KEPT_MS) / SECOND_MS)) },
  };
}
