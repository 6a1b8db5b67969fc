// Where the owner is told in these tests: a chat that listens on the loopback.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface OwnerChannel {
  /** What belongs into the webhook's secret. */
  readonly secret: string;
  /** What was posted, in order. */
  readonly posted: readonly unknown[];
  close(): Promise<void>;
}

export async function openOwnerChannel(): Promise<OwnerChannel> {
  const posted: unknown[] = [];
  const server = createServer(async (request, response) => {
    posted.push(await json(request));
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/chat`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { secret: JSON.stringify({ format: 'json', url }), posted, close };
}
