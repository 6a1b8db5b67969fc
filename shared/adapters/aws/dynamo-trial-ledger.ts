// The trial ledger in the state table: what was appended at once is one item under the sequence of its first entry, written under
// the condition that nothing is there, and never again. Of two who follow the same entry one is refused, reads what the other
// wrote, and asks the rules anew: so a holdout is opened once, however many processes try.
import { randomUUID } from 'node:crypto';
import { type AttributeValue, type DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { TRIALS_PARTITION } from '../../contracts/state-table.ts';
import { encodeTrialEntry, type HypothesisFact, type TrialEntry } from '../../contracts/trial-entries.ts';
import type { EpochMs } from '../../core/values/time.ts';
import { StoreError } from '../../ports/outside-error.ts';
import { TrialChain } from '../../ports/trial-chain.ts';
import { type Appended, BrokenLedger, type TrialLedger } from '../../ports/trial-ledger.ts';
import { storeFailure } from './aws-failure.ts';

type Item = Record<string, AttributeValue>;

/** As text, sequences sort like numbers. */
const SEQUENCE_DIGITS = 12;
/** Of an item, whose limit is 400 KB with its other attributes. */
const TEXT_BYTES_MAX = 390_000;
/** Each that is lost is another writer's success: more in a row than there are writers. */
const ATTEMPTS_MAX = 100;

export class DynamoTrialLedger implements TrialLedger {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #chain: TrialChain;
  /** Of this process, one append after the other: they would only be in each other's way. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
    this.#chain = new TrialChain(`the trial ledger in ${table}`);
  }

  /** @throws RangeError for more at once than an item holds, some hundreds. */
  append(facts: readonly HypothesisFact[], at: EpochMs): Promise<Appended> {
    return this.#inTurn(() => this.#append(facts, at));
  }

  entries(hypothesis?: string): Promise<readonly TrialEntry[]> {
    return this.#inTurn(async () => {
      await this.#catchUp();
      return this.#chain.entries(hypothesis);
    });
  }

  /** What is known may be old: a condition finds that out when it allows too much, another look when it allows too little. */
  async #append(facts: readonly HypothesisFact[], at: EpochMs): Promise<Appended> {
    let isFresh = false;
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
      const made = this.#chain.following(facts, at);
      if (made.kind === 'refused' && isFresh) return made;
      if (made.kind === 'appended' && made.entries.length === 0) return made;
      if (made.kind === 'appended' && (await this.#write(made.entries)) === 'written') {
        for (const entry of made.entries) this.#chain.keep(entry);
        return made;
      }
      await this.#catchUp();
      isFresh = true;
    }
    throw new StoreError('others append to the trial ledger faster than this process', { effect: 'none', code: 'contended' });
  }

  /**
   * A refusal may be our own echo: put lands → answer lost → the SDK puts again → refused. The write id tells, and nothing else
   * would: two who open a holdout at the same moment write the same bytes.
   */
  async #write(entries: readonly TrialEntry[]): Promise<'written' | 'taken'> {
    const [first] = entries as [TrialEntry];
    const text = entries.map(encodeTrialEntry).join('\n');
    if (Buffer.byteLength(text) > TEXT_BYTES_MAX) throw new RangeError(`${entries.length} entries at once are more than an item holds`);
    const key = { pk: { S: TRIALS_PARTITION }, sk: { S: sortKeyOf(first.sequence) } };
    const writeId = randomUUID();
    const put = new PutItemCommand({
      TableName: this.#table,
      Item: { ...key, entries: { S: text }, writeId: { S: writeId } },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    try {
      await this.#client.send(put);
      return 'written';
    } catch (cause) {
      const failure = storeFailure(`appending to the trial ledger at ${first.sequence}`, 'write', cause);
      const found = await this.#writeIdAt(key, failure);
      if (found === undefined) throw failure;
      return found === writeId ? 'written' : 'taken';
    }
  }

  /** When this look fails too, what is thrown is the write's own failure. */
  async #writeIdAt(key: Item, failure: Error): Promise<string | undefined> {
    const get = new GetItemCommand({ TableName: this.#table, Key: key, ConsistentRead: true, ProjectionExpression: 'writeId' });
    const { Item } = await this.#client.send(get).catch(() => {
      throw failure;
    });
    return Item === undefined ? undefined : (Item['writeId']?.S ?? '');
  }

  async #catchUp(): Promise<void> {
    let from: Item | undefined;
    const next = this.#chain.length;
    do {
      const page = await this.#page(next, from);
      for (const item of page.Items ?? []) this.#read(item);
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
  }

  #read(item: Item): void {
    const expected = sortKeyOf(this.#chain.length);
    const at = item['sk']?.S ?? '';
    if (at !== expected) throw new BrokenLedger(`the trial ledger in ${this.#table}: after entry ${this.#chain.length - 1} comes ${at}`);
    for (const line of (item['entries']?.S ?? '').split('\n')) this.#chain.read(line);
  }

  #page(next: number, from: Item | undefined) {
    const query = new QueryCommand({
      TableName: this.#table,
      KeyConditionExpression: 'pk = :ledger AND sk >= :next',
      ExpressionAttributeValues: { ':ledger': { S: TRIALS_PARTITION }, ':next': { S: sortKeyOf(next) } },
      ConsistentRead: true,
      ExclusiveStartKey: from,
    });
    return this.#client.send(query).catch((cause: unknown) => {
      throw storeFailure('reading the trial ledger', 'read', cause);
    });
  }

  #inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const done = this.#queue.then(work);
    // Whoever asked is told of a failure; the next in the queue is not concerned.
    this.#queue = done.catch(() => undefined);
    return done;
  }
}

function sortKeyOf(sequence: number): string {
  return String(sequence).padStart(SEQUENCE_DIGITS, '0');
}
