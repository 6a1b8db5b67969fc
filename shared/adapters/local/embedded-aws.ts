// The AWS of a run at home: DynamoDB (dynalite), S3, SQS and SNS (fauxqs) in this process, over real HTTP on
// the loopback interface. What was acknowledged survives the death of the process: LevelDB and SQLite have
// handed it to the operating system before the answer goes out. A power cut may take the last second.
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import dynalite from 'dynalite';
import { createResources, type EmbeddedResources } from './embedded-resources.ts';
import { holdFolder } from './folder-hold.ts';
import { startLoopbackFauxqs } from './loopback-fauxqs.ts';

export interface EmbeddedAws extends EmbeddedResources {
  /** `http://127.0.0.1:port`; other SDK settings: any region, any credentials, path-style S3. */
  readonly endpoints: { readonly dynamodb: string; readonly s3: string; readonly sns: string; readonly sqs: string };
  /** Stops both servers and leaves nothing open. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * `folder` undefined: everything in memory. The same folder again: everything as it was.
 * @throws FolderInUse when another process holds the folder.
 */
export async function startEmbeddedAws(folder?: string): Promise<EmbeddedAws> {
  const undo: (() => Promise<void>)[] = [];
  const close = async () => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  try {
    if (folder !== undefined) {
      await mkdir(folder, { recursive: true });
      undo.push(await holdFolder(folder));
    }
    const table = await startDynalite(folder === undefined ? undefined : join(folder, 'dynamodb'));
    undo.push(table.close);
    const fauxqs = await startLoopbackFauxqs(folder === undefined ? undefined : join(folder, 'fauxqs'));
    undo.push(() => fauxqs.close());
    const endpoints = { dynamodb: table.endpoint, s3: fauxqs.endpoint, sns: fauxqs.endpoint, sqs: fauxqs.endpoint };
    return { endpoints, ...(await createResources(endpoints)), close };
  } catch (failure) {
    await close();
    throw failure;
  }
}

async function startDynalite(path: string | undefined) {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0, ...(path === undefined ? {} : { path }) });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve, reject) => {
      server.close((failure) => (failure ? reject(failure) : resolve()));
      // Clients keep their connections; waiting for them would wait for ever.
      server.closeAllConnections();
    });
  return { endpoint: `http://127.0.0.1:${port}`, close };
}
