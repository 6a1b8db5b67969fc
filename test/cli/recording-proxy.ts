// A server on loopback that passes each request on and writes down which it was: what a command asks for, as seen from outside.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordingProxy {
  readonly url: string;
  /** "GET /v2/stocks/bars", in order. */
  readonly asked: readonly string[];
  /** The query of each. */
  readonly queries: readonly URLSearchParams[];
  close(): Promise<void>;
}

/** @param target an origin. */
export async function recordingProxy(target: string): Promise<RecordingProxy> {
  const asked: string[] = [];
  const queries: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', target);
    asked.push(`${request.method} ${url.pathname}`);
    queries.push(url.searchParams);
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => name.startsWith('apca-')));
    fetch(url, { method: request.method ?? 'GET', headers: headers as Record<string, string> })
      .then(async (answer) => {
        response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
        response.end(await answer.text());
      })
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : new Error(String(error))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    queries,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
