// The kill switches in the state table. A switch is its latest turn, and turning it is one conditional write, so two
// people who turn it at once are told of each other.
import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { KillSwitchState, SwitchTurn } from '../../contracts/switch-turn.ts';
import type { HaltNote, KillSwitch, TurnedOff, TurnedOn, TurnNote } from '../../ports/kill-switch.ts';
import { StoreError } from '../../ports/outside-error.ts';
import { stateAfterHalt, stateInForce } from '../../ports/switch-rules.ts';
import { isNamed, storeFailure } from './aws-failure.ts';
import { BY_HAND, pastTurnItemOf, SwitchNotWhole, switchItemOf, switchKeyOf, switchName, turnOf, turnsPartitionOf } from './switch-item.ts';

/** More people than this do not turn one switch in one moment. */
const TRIES_MAX = 8;
const OFF: KillSwitchState = { kind: 'off' };

type Item = Record<string, AttributeValue>;
type Before = SwitchTurn | 'not-whole' | undefined;

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
    const [all, own] = await Promise.all([this.readOne(undefined), this.readOne(portfolio)]);
    return stateInForce(all, own);
  }

  async readOne(portfolio: string | undefined): Promise<KillSwitchState> {
    return (await this.#latest(portfolio))?.after ?? OFF;
  }

  /**
   * Loses against another turn? Then look again: a halt is never dropped because somebody else was quicker. Nor because
   * what is there is not whole: it takes its place, for otherwise open orders would work on.
   */
  async turnOn(portfolio: string | undefined, note: HaltNote): Promise<TurnedOn> {
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      const latest = await this.#latestIfWhole(portfolio);
      const before = latest === 'not-whole' ? OFF : (latest?.after ?? OFF);
      const state = stateAfterHalt(before, note);
      const turn = turnMade(note, state);
      if ((await this.#turn(portfolio, latest, turn)) === 'written') return { state, wasOn: before.kind === 'on' };
    }
    throw new StoreError(`${switchName(portfolio)} was turned by others ${TRIES_MAX} times over`, { effect: 'none', code: 'contended' });
  }

  /** Loses against another turn? Then it is left as that one made it: what nobody looked at is not turned off. */
  async turnOff(portfolio: string | undefined, note: TurnNote): Promise<TurnedOff> {
    const latest = await this.#latest(portfolio);
    if (latest === undefined || latest.after.kind === 'off') return { kind: 'was-off' };
    const written = await this.#turn(portfolio, latest, turnMade(note, OFF));
    return written === 'written' ? { kind: 'turned-off', was: latest.after } : { kind: 'turned-again' };
  }

  async turns(portfolio: string | undefined, limit: number): Promise<readonly SwitchTurn[]> {
    if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`limit must be a positive whole number, not ${limit}`);
    const latest = await this.#latest(portfolio);
    const past = latest === undefined ? [] : await this.#pastTurns(portfolio, limit);
    // Kept already, and then its successor was never written.
    const others = past.filter(({ id }) => id !== latest?.id);
    return (latest === undefined ? others : [latest, ...others]).slice(0, limit);
  }

  /**
   * The turn in force is kept among the past ones before another takes its place, so none is ever lost:
   *   keep(n) → put(n + 1) refused or never sent → n is kept twice, under one key, and counted once.
   * A refusal may be our own echo: put lands → answer lost → the SDK puts again → refused. The id tells.
   */
  async #turn(portfolio: string | undefined, before: Before, turn: SwitchTurn): Promise<'written' | 'turned-again'> {
    const doing = `turning ${turn.after.kind} ${switchName(portfolio)}`;
    if (typeof before === 'object') await this.#put(doing, { Item: pastTurnItemOf(portfolio, before) });
    const wrote = await this.#put(doing, { Item: switchItemOf(portfolio, turn), ...isStill(before) });
    if (wrote === 'written') return 'written';
    return (await this.#latest(portfolio))?.id === turn.id ? 'written' : 'turned-again';
  }

  async #put(doing: string, put: Omit<PutItemCommandInput, 'TableName'>): Promise<'written' | 'refused'> {
    try {
      await this.#client.send(new PutItemCommand({ TableName: this.#table, ...put }));
      return 'written';
    } catch (cause) {
      if (isNamed(cause, 'ConditionalCheckFailedException')) return 'refused';
      throw storeFailure(doing, 'write', cause);
    }
  }

  async #latestIfWhole(portfolio: string | undefined): Promise<Before> {
    try {
      return await this.#latest(portfolio);
    } catch (error) {
      if (error instanceof SwitchNotWhole) return 'not-whole';
      throw error;
    }
  }

  async #latest(portfolio: string | undefined): Promise<SwitchTurn | undefined> {
    const get = new GetItemCommand({ TableName: this.#table, Key: switchKeyOf(portfolio), ConsistentRead: true });
    const { Item } = await this.#client.send(get).catch((cause: unknown) => {
      throw storeFailure(`reading ${switchName(portfolio)}`, 'read', cause);
    });
    return Item === undefined ? undefined : turnOf(Item, portfolio);
  }

  async #pastTurns(portfolio: string | undefined, limit: number): Promise<readonly SwitchTurn[]> {
    const items: Item[] = [];
    let from: Item | undefined;
    do {
      const query = new QueryCommand({
        TableName: this.#table,
        KeyConditionExpression: 'pk = :turns',
        ExpressionAttributeValues: { ':turns': { S: turnsPartitionOf(portfolio) } },
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: limit - items.length,
        ExclusiveStartKey: from,
      });
      const page = await this.#client.send(query).catch((cause: unknown) => {
        throw storeFailure(`listing the turns of ${switchName(portfolio)}`, 'read', cause);
      });
      items.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from !== undefined && items.length < limit);
    return items.map((item) => turnOf(item, portfolio));
  }
}

function turnMade({ reason, by, at }: TurnNote, after: KillSwitchState): SwitchTurn {
  return { id: randomUUID(), at, by, reason, after };
}

/** The condition that the switch is as it was read; none where it could not be read. */
function isStill(before: Before): Partial<PutItemCommandInput> {
  if (before === 'not-whole') return {};
  if (before === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  if (before.id !== BY_HAND) return { ConditionExpression: 'turnId = :id', ExpressionAttributeValues: { ':id': { S: before.id } } };
  // Written by hand: it has no id, and its time tells it from another one.
  return {
    ConditionExpression: 'attribute_not_exists(turnId) AND since = :since',
    ExpressionAttributeValues: { ':since': { N: String(before.at) } },
  };
}
