// An AWS service that answers what the test says: for services without an emulator, and for failures no
// emulator has. Speaks the JSON protocols: the operation is in the X-Amz-Target header.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ScriptedRequest {
  /** `GetSecretValue`, without the service's prefix. */
  readonly operation: string;
  readonly body: string;
  /** The request as it came, to be sent on. */
  readonly message: IncomingMessage;
}

export interface ScriptedAnswer {
  readonly status: number;
  readonly body: string;
}

/** `drop`: the connection ends without an answer. `hang`: no answer ever. */
export type Script = (
  request: ScriptedRequest,
  count: number,
) => ScriptedAnswer | 'drop' | 'hang' | Promise<ScriptedAnswer | 'drop' | 'hang'>;

export interface ScriptedAws {
  readonly endpoint: string;
  readonly requests: readonly ScriptedRequest[];
  close(): Promise<void>;
}

export async function startScriptedAws(script: Script): Promise<ScriptedAws> {
  const requests: ScriptedRequest[] = [];
  const server = createServer(async (message, response) => {
    const operation = String(message.headers['x-amz-target'] ?? '').replace(/^.*\./, '');
    const request = { operation, body: await text(message), message };
    requests.push(request);
    const answer = await script(request, requests.length);
    if (answer === 'drop') message.socket.destroy();
    else if (answer !== 'hang') {
      response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'request-1' });
      response.end(answer.body);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { endpoint: `http://127.0.0.1:${port}`, requests, close };
}

/** An error as the JSON protocols write it. */
export function awsError(status: number, type: string, message = type): ScriptedAnswer {
  return { status, body: JSON.stringify({ __type: type, message }) };
}

/** Sends the request on to a real emulator and answers its answer. */
export async function forward(endpoint: string, { message, body }: ScriptedRequest): Promise<ScriptedAnswer> {
  const headers = Object.entries(message.headers).filter(([name]) => !['host', 'connection', 'content-length'].includes(name));
  const response = await fetch(endpoint, { method: 'POST', headers: headers as [string, string][], body });
  return { status: response.status, body: await response.text() };
}
