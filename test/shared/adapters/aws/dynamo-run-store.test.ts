// What the contract cannot say: answers that get lost on the way, and items that are not whole.
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientSettings } from '../../../../shared/adapters/aws/client-settings.ts';
import { DynamoRunStore } from '../../../../shared/adapters/aws/dynamo-run-store.ts';
import { type EmbeddedAws, startEmbeddedAws } from '../../../../shared/adapters/local/embedded-aws.ts';
import { encodeRunRecord, UnreadableRecord } from '../../../../shared/contracts/run-record.ts';
import { addDays } from '../../../../shared/core/values/time.ts';
import { StoreError } from '../../../../shared/ports/outside-error.ts';
import { aRunRecord, DUE_AT } from '../../../contract/run-record-builder.ts';
import { awsError, forward, type Script, type ScriptedAws, startScriptedAws } from './scripted-aws.ts';

let aws: EmbeddedAws;
const proxies: ScriptedAws[] = [];

beforeEach(async () => {
  aws = await startEmbeddedAws();
});

afterEach(async () => {
  for (const proxy of proxies.splice(0)) await proxy.close();
  await aws.close();
});

/** A store whose puts meet `fate`; everything else reaches the table. */
async function storeWhosePuts(fate: Script, { attemptsMax = 1, reads = 'answered' as 'answered' | 'dropped' } = {}) {
  const proxy = await startScriptedAws((request, count) => {
    if (request.operation === 'PutItem') return fate(request, count);
    return reads === 'answered' ? forward(aws.endpoints.dynamodb, request) : 'drop';
  });
  proxies.push(proxy);
  const client = new DynamoDBClient(clientSettings({ endpoint: proxy.endpoint, attemptsMax, requestTimeoutMs: 300 }));
  return new DynamoRunStore(client, aws.table);
}

const directStore = () => new DynamoRunStore(new DynamoDBClient(clientSettings({ endpoint: aws.endpoints.dynamodb })), aws.table);

const landsAndIsLost: Script = async (request) => {
  await forward(aws.endpoints.dynamodb, request);
  return 'drop' as const;
};

const next = aRunRecord({ version: 2, updatedAt: DUE_AT + 1_000 });

describe('a claim whose answer is lost', () => {
  it('is recognised as ours when it landed', async () => {
    const store = await storeWhosePuts(landsAndIsLost);
    expect(await store.claim(aRunRecord())).toEqual({ kind: 'claimed' });
  });

  it('is recognised as ours when the SDK sends it again and is refused by our own item', async () => {
    const store = await storeWhosePuts(
      (request, count) => (count === 1 ? landsAndIsLost(request, count) : forward(aws.endpoints.dynamodb, request)),
      {
        attemptsMax: 3,
      },
    );
    expect(await store.claim(aRunRecord())).toEqual({ kind: 'claimed' });
  });

  it('is somebody else’s when they hold it, even with the same bytes', async () => {
    await directStore().claim(aRunRecord());
    const store = await storeWhosePuts(landsAndIsLost);
    expect(await store.claim(aRunRecord())).toEqual({ kind: 'exists', record: aRunRecord() });
  });

  it('is unknown when nothing is there yet: the request may still be under way', async () => {
    const store = await storeWhosePuts(() => 'drop');
    await expect(store.claim(aRunRecord())).rejects.toMatchObject({ name: 'StoreError', effect: 'unknown', code: 'connection' });
  });
});

describe('a save whose answer is lost', () => {
  beforeEach(async () => {
    await directStore().claim(aRunRecord());
  });

  it('is saved when it landed', async () => {
    const store = await storeWhosePuts(landsAndIsLost);
    expect(await store.save(next)).toBe('saved');
  });

  it('is saved when the SDK sends it again and is refused by our own item', async () => {
    const store = await storeWhosePuts(
      (request, count) => (count === 1 ? landsAndIsLost(request, count) : forward(aws.endpoints.dynamodb, request)),
      {
        attemptsMax: 3,
      },
    );
    expect(await store.save(next)).toBe('saved');
  });

  it('is saved when it landed behind a time-out', async () => {
    const store = await storeWhosePuts(async (request) => {
      await forward(aws.endpoints.dynamodb, request);
      return 'hang' as const;
    });
    expect(await store.save(next)).toBe('saved');
  });

  it('is stale when another writer’s equal bytes stand there', async () => {
    await directStore().save(next);
    const store = await storeWhosePuts(() => 'drop');
    expect(await store.save(next)).toBe('stale');
  });

  it('is unknown when the version before it still stands', async () => {
    const store = await storeWhosePuts(() => 'drop');
    const failure = await store.save(next).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(StoreError);
    expect(failure).toMatchObject({ effect: 'unknown', code: 'connection' });
    expect((failure as StoreError).cause).toBeInstanceOf(Error);
  });

  it('is unknown, with the write’s own failure, when the second look fails too', async () => {
    const store = await storeWhosePuts(() => 'hang', { reads: 'dropped' });
    await expect(store.save(next)).rejects.toMatchObject({ effect: 'unknown', code: 'timeout' });
  });

  it('is unknown after a server error', async () => {
    const store = await storeWhosePuts(() => awsError(500, 'InternalServerError'));
    await expect(store.save(next)).rejects.toMatchObject({ effect: 'unknown', code: 'http-500' });
  });
});

describe('a failing table', () => {
  it('certainly wrote nothing when it refused the first and only attempt', async () => {
    const store = await storeWhosePuts(() => awsError(400, 'AccessDeniedException'));
    await expect(store.claim(aRunRecord())).rejects.toMatchObject({ effect: 'none', code: 'unauthorized', requestId: 'request-1' });
  });

  it('may have written when a lost attempt came before the refusal', async () => {
    const store = await storeWhosePuts((_request, count) => (count === 1 ? 'drop' : awsError(400, 'AccessDeniedException')), {
      attemptsMax: 3,
    });
    await expect(store.claim(aRunRecord())).rejects.toMatchObject({ effect: 'unknown', code: 'unauthorized' });
  });

  it('fails a read without effect', async () => {
    const store = await storeWhosePuts(() => 'drop', { reads: 'dropped' });
    await expect(store.load(next.runId)).rejects.toMatchObject({ name: 'StoreError', effect: 'none', code: 'connection' });
    await expect(store.list('sixty-forty', 5)).rejects.toMatchObject({ name: 'StoreError', effect: 'none', code: 'connection' });
  });
});

describe('a stored run that is not whole', () => {
  async function storeRaw(attributes: Record<string, { S: string } | { N: string }>): Promise<void> {
    const client = new DynamoDBClient(clientSettings({ endpoint: aws.endpoints.dynamodb }));
    const key = { pk: { S: 'run/sixty-forty' }, sk: { S: '2026-11-20/month-end' } };
    await client.send(new PutItemCommand({ TableName: aws.table, Item: { ...key, ...attributes } }));
  }

  it('is unreadable without a record, with one of another schema version, and with one that is not JSON', async () => {
    for (const attributes of [
      { version: { N: '1' } },
      { version: { N: '1' }, record: { S: '{"schemaVersion":99}' } },
      { version: { N: '1' }, record: { S: 'garbage' } },
    ]) {
      await storeRaw(attributes);
      await expect(directStore().load(aRunRecord().runId)).rejects.toThrow(UnreadableRecord);
      await expect(directStore().claim(aRunRecord())).rejects.toThrow(UnreadableRecord);
      await expect(directStore().list('sixty-forty', 5)).rejects.toThrow(UnreadableRecord);
    }
  });

  it('is unreadable when its version attribute says another version than its record', async () => {
    await storeRaw({ version: { N: '7' }, record: { S: encodeRunRecord(aRunRecord()) } });
    await expect(directStore().load(aRunRecord().runId)).rejects.toThrow(/disagrees/);
  });
});

it('lists across as many pages as the table makes of it', async () => {
  const store = directStore();
  const days = Array.from({ length: 28 }, (_, index) => addDays('2026-11-01', index));
  for (const session of days) {
    const detail = 'x'.repeat(60_000);
    await store.claim(aRunRecord({ session, phase: { kind: 'ended', ending: { kind: 'refused', detail, at: DUE_AT } } }));
  }
  // 28 records of 60 kB are more than the megabyte a page may hold.
  expect((await store.list('sixty-forty', 100)).map(({ session }) => session)).toEqual(days.toReversed());
});
