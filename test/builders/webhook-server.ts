// A channel on loopback that answers what a test says, and keeps what it was sent.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ChannelAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface WebhookServer {
  /** With a token in its path, as Slack and Discord have it. */
  readonly url: string;
  readonly bodies: readonly string[];
  readonly headers: readonly IncomingHttpHeaders[];
  close(): Promise<void>;
}

export const TOKEN = 'T0k3nOfTheChannel42';

/** @param answer by the count of the request, from 1. */
export async function startWebhookServer(
  answer: (count: number) => ChannelAnswer | 'drop' | 'hang' = () => ({ status: 200 }),
): Promise<WebhookServer> {
  const bodies: string[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer(async (request, response) => {
    bodies.push(await text(request));
    headers.push(request.headers);
    const given = answer(bodies.length);
    if (given === 'drop') return request.socket.destroy();
    if (given === 'hang') return undefined;
    response.writeHead(given.status, given.headers);
    return response.end(given.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}/services/${TOKEN}`, bodies, headers, close };
}
