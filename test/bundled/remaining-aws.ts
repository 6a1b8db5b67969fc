// The two services of AWS that a function calls and the embedded AWS does not have, as far as it calls them: one secret, and
// a state machine that takes a name once.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RemainingAws {
  readonly url: string;
  /** Names of the executions that were started, each once. */
  readonly started: ReadonlySet<string>;
  close(): Promise<void>;
}

/** @param others by name, where another secret than the broker's is asked for. */
export async function startRemainingAws(secret: string, others: Readonly<Record<string, string>> = {}): Promise<RemainingAws> {
  const started = new Set<string>();
  const secretOf = (name: string) => others[name] ?? secret;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { status, body } = answer(String(request.headers['x-amz-target']), Buffer.concat(chunks).toString(), secretOf, started);
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    started,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function answer(
  target: string,
  text: string,
  secretOf: (name: string) => string,
  started: Set<string>,
): { readonly status: number; readonly body: object } {
  if (target === 'secretsmanager.GetSecretValue') {
    const { SecretId } = JSON.parse(text) as { readonly SecretId: string };
    return { status: 200, body: { SecretString: secretOf(SecretId) } };
  }
  if (target === 'AWSStepFunctions.StartExecution') {
    const { name } = JSON.parse(text) as { readonly name: string };
    if (started.has(name)) return { status: 400, body: { __type: 'ExecutionAlreadyExists', message: name } };
    started.add(name);
    return { status: 200, body: { executionArn: `arn:aws:states:us-east-1:000000000000:execution:engine:${name}`, startDate: 0 } };
  }
  return { status: 400, body: { __type: 'UnknownOperationException', message: target } };
}
