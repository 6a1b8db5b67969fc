// The kill switch in the state table: one item a switch, present while it is on.
import { type AttributeValue, DeleteItemCommand, type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { EpochMs } from '../../core/values/time.ts';
import type { KillSwitch, KillSwitchState } from '../../ports/kill-switch.ts';
import { badAnswer, isNamed, storeFailure } from './aws-failure.ts';

const PARTITION = 'kill-switch';

export class DynamoKillSwitch implements KillSwitch {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /**
   * Two consistent reads. A switch turned on before this call began is seen by it:
   *   turnOn answered → read begins → both items are read consistently → on.
   * One turned on while it runs may or may not be seen; the caller reads again before every submission.
   */
  async read(portfolio: string): Promise<KillSwitchState> {
    const [all, own] = await Promise.all([this.#readOne(undefined), this.#readOne(portfolio)]);
    return all.kind === 'on' ? all : own;
  }

  /**
   * The first reason stands. `attribute_not_exists` makes a second turnOn, or the SDK repeating one whose
   * answer was lost, leave the reason and the time of the first:
   *   turnOn("drawdown") lands → turnOn("deploy") finds it on and changes nothing.
   */
  async turnOn(portfolio: string | undefined, reason: string, at: EpochMs): Promise<void> {
    const item = { ...keyOf(portfolio), reason: { S: reason }, since: { N: String(at) } };
    const put = new PutItemCommand({ TableName: this.#table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' });
    try {
      await this.#client.send(put);
    } catch (cause) {
      if (!isNamed(cause, 'ConditionalCheckFailedException')) throw storeFailure(`turning on ${nameOf(portfolio)}`, 'write', cause);
    }
  }

  /** Unconditional: off is off, and doing it twice is the same. */
  async turnOff(portfolio: string | undefined): Promise<void> {
    try {
      await this.#client.send(new DeleteItemCommand({ TableName: this.#table, Key: keyOf(portfolio) }));
    } catch (cause) {
      throw storeFailure(`turning off ${nameOf(portfolio)}`, 'write', cause);
    }
  }

  async #readOne(portfolio: string | undefined): Promise<KillSwitchState> {
    const get = new GetItemCommand({ TableName: this.#table, Key: keyOf(portfolio), ConsistentRead: true });
    const { Item } = await this.#client.send(get).catch((cause: unknown) => {
      throw storeFailure(`reading ${nameOf(portfolio)}`, 'read', cause);
    });
    return Item === undefined ? { kind: 'off' } : stateOf(Item, portfolio);
  }
}

/** An item that is there but not whole is no licence to trade: it throws, and a throwing switch counts as on. */
function stateOf(item: Record<string, AttributeValue>, portfolio: string | undefined): KillSwitchState {
  const reason = item.reason?.S;
  const since = item.since?.N;
  if (reason === undefined || since === undefined) throw badAnswer(`${nameOf(portfolio)} is not whole`);
  return { kind: 'on', reason, since: Number(since) };
}

/** A portfolio's name has no slash, so no portfolio can be called `all`. */
function keyOf(portfolio: string | undefined) {
  return { pk: { S: PARTITION }, sk: { S: portfolio === undefined ? 'all' : `portfolio/${portfolio}` } };
}

function nameOf(portfolio: string | undefined): string {
  return portfolio === undefined ? 'the kill switch of all portfolios' : `the kill switch of ${portfolio}`;
}
