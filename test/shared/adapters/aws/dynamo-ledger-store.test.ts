// What the contract cannot say: answers that get lost on the way, and items that are not whole.
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientSettings } from '../../../../shared/adapters/aws/client-settings.ts';
import { DynamoLedgerStore } from '../../../../shared/adapters/aws/dynamo-ledger-store.ts';
import { type EmbeddedAws, startEmbeddedAws } from '../../../../shared/adapters/local/embedded-aws.ts';
import { encodeLedgerRecord, LEDGER_SCHEMA, type LedgerRecord } from '../../../../shared/contracts/ledger-record.ts';
import { UnreadableRecord } from '../../../../shared/contracts/run-record.ts';
import { aLedger, NOON } from '../../../builders/ledger.ts';
import { forward, type Script, type ScriptedAws, startScriptedAws } from './scripted-aws.ts';

let aws: EmbeddedAws;
const proxies: ScriptedAws[] = [];

beforeEach(async () => {
  aws = await startEmbeddedAws();
});

afterEach(async () => {
  for (const proxy of proxies.splice(0)) await proxy.close();
  await aws.close();
});

async function storeWhosePuts(fate: Script, { attemptsMax = 1, reads = 'answered' as 'answered' | 'dropped' } = {}) {
  const proxy = await startScriptedAws((request, count) => {
    if (request.operation === 'PutItem') return fate(request, count);
    return reads === 'answered' ? forward(aws.endpoints.dynamodb, request) : 'drop';
  });
  proxies.push(proxy);
  const client = new DynamoDBClient(clientSettings({ endpoint: proxy.endpoint, attemptsMax, requestTimeoutMs: 300 }));
  return new DynamoLedgerStore(client, aws.table);
}

const dynamo = () => new DynamoDBClient(clientSettings({ endpoint: aws.endpoints.dynamodb }));
const direct = () => new DynamoLedgerStore(dynamo(), aws.table);

const landsAndIsLost: Script = async (request) => {
  await forward(aws.endpoints.dynamodb, request);
  return 'drop' as const;
};

const first: LedgerRecord = {
  schemaVersion: LEDGER_SCHEMA,
  portfolio: 'balanced',
  version: 1,
  updatedAt: NOON,
  accountNumber: 'PA1',
  ledger: aLedger({ SPY: '80' }),
  head: 'ab'.repeat(32),
};

describe('a save of a ledger whose answer is lost', () => {
  it('is recognised as ours when it landed', async () => {
    const store = await storeWhosePuts(landsAndIsLost);
    expect(await store.save(first)).toBe('saved');
    expect(await store.save({ ...first, version: 2 })).toBe('saved');
  });

  it('is recognised as ours when the SDK sends it again and is refused by our own item', async () => {
    const again: Script = (request, count) => (count === 1 ? landsAndIsLost(request, count) : forward(aws.endpoints.dynamodb, request));
    expect(await (await storeWhosePuts(again, { attemptsMax: 3 })).save(first)).toBe('saved');
  });

  it('is stale when somebody else wrote that version, even with the same bytes', async () => {
    await direct().save(first);
    expect(await (await storeWhosePuts(() => 'drop')).save(first)).toBe('stale');
  });

  it('is unknown when nothing is there yet, or nobody can look', async () => {
    const unknown = { name: 'StoreError', effect: 'unknown', code: 'connection' };
    await expect((await storeWhosePuts(() => 'drop')).save(first)).rejects.toMatchObject(unknown);
    await expect((await storeWhosePuts(() => 'drop', { reads: 'dropped' })).save(first)).rejects.toMatchObject(unknown);
  });
});

describe('a stored ledger that is not whole', () => {
  const key = { pk: { S: 'ledger/balanced' }, sk: { S: 'ledger' } };

  it.each([
    ['without a record', { version: { N: '1' } }],
    ['of another version than it says', { version: { N: '2' }, record: { S: encodeLedgerRecord(first) } }],
    ['of another portfolio', { version: { N: '1' }, record: { S: encodeLedgerRecord({ ...first, portfolio: 'other' }) } }],
  ])('%s is not read', async (_, attributes) => {
    await dynamo().send(new PutItemCommand({ TableName: aws.table, Item: { ...key, ...attributes } }));
    await expect(direct().load('balanced')).rejects.toThrow(UnreadableRecord);
  });
});
