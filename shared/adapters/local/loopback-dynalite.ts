// dynalite (DynamoDB) on the loopback interface, with the state table in it.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import dynalite from 'dynalite';
import { stateTable } from '../../contracts/state-table.ts';

const ACTIVE_LOOK_MS = 5;
const ACTIVE_LOOKS_MAX = 1_000;

export interface LoopbackDynalite {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** `folder` undefined: in memory. A table that is there already is kept as it is. */
export async function startLoopbackDynalite(folder: string | undefined, table: string): Promise<LoopbackDynalite> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0, ...(folder === undefined ? {} : { path: folder }) });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => closeServer(server);
  try {
    await createTable(endpoint, table);
  } catch (failure) {
    await close();
    throw failure;
  }
  return { endpoint, close };
}

/** Answers when the table can be used: dynalite, like DynamoDB, says that it creates one before it has. */
async function createTable(endpoint: string, table: string): Promise<void> {
  const { partitionKey, sortKey } = stateTable;
  const created = await call(endpoint, 'CreateTable', {
    TableName: table,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: partitionKey, KeyType: 'HASH' },
      { AttributeName: sortKey, KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [partitionKey, sortKey].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  });
  if (!created.ok && !created.text.includes('ResourceInUseException'))
    throw new Error(`dynalite did not create the table: ${created.text}`);
  for (let look = 1; look <= ACTIVE_LOOKS_MAX; look += 1) {
    const described = await call(endpoint, 'DescribeTable', { TableName: table });
    if (described.text.includes('"TableStatus":"ACTIVE"')) return;
    await sleep(ACTIVE_LOOK_MS);
  }
  throw new Error(`dynalite has not created the table after ${ACTIVE_LOOKS_MAX * ACTIVE_LOOK_MS} ms`);
}

/** By plain HTTP: the SDK belongs to the AWS adapters, and dynalite checks that a signature is there, not whose it is. */
async function call(endpoint: string, operation: string, body: object): Promise<{ readonly ok: boolean; readonly text: string }> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20000101T000000Z',
      authorization: 'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=none',
    },
    body: JSON.stringify(body),
  });
  return { ok: response.ok, text: await response.text() };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((failure) => (failure ? reject(failure) : resolve()));
    // Clients keep their connections; waiting for them would wait for ever.
    server.closeAllConnections();
  });
}
