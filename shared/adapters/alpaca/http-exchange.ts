// One request and its answer over HTTP, and what is certain when it fails. It sends once: whether to send
// again is decided elsewhere. It knows no endpoint.
import { BrokerError, type Effect, OutsideError } from '../../ports/outside-error.ts';
import type { BrokerCredentials } from '../../ports/secrets.ts';
import type { ExchangeReport } from './options.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Without the query: "/v2/orders". */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** 2xx, or a refusal (400, 403, 404, 422) that the API itself wrote. `json` is undefined when the body was empty. */
export interface HttpAnswer {
  readonly status: number;
  readonly requestId: string | undefined;
  readonly json: unknown;
}

export interface HttpExchangeOptions {
  readonly origin: URL;
  readonly credentials: () => Promise<BrokerCredentials>;
  readonly requestMs: number;
  readonly onExchange: ((exchange: ExchangeReport) => void) | undefined;
}

/** In these the API says that it understood the request and did not do it. */
const REFUSALS: ReadonlySet<number> = new Set([400, 403, 404, 422]);

/** A shorter one could be an ordinary word or figure of an answer. Real keys have 20 characters and more. */
const SECRET_LENGTH_MIN = 8;

/**
 * @throws BrokerError `timeout`, `connection`, `rate-limited`, `unauthorized`, `bad-answer`, `credentials`, or `http-<status>`.
 * A GET never has an effect; anything else may have had one unless it certainly was not taken.
 */
export async function exchangeOnce(request: HttpRequest, options: HttpExchangeOptions): Promise<HttpAnswer> {
  const pair = await authorize(options.credentials);
  const headers = new Headers({ 'apca-api-key-id': pair.keyId, 'apca-api-secret-key': pair.secretKey, accept: 'application/json' });
  if (request.body !== undefined) headers.set('content-type', 'application/json');
  const url = new URL(request.path, options.origin);
  for (const [key, value] of Object.entries(request.query ?? {})) url.searchParams.set(key, value);

  const startedAt = performance.now();
  let response: Response | undefined;
  try {
    // A redirect is never followed: it would carry the credentials to another host.
    response = await fetch(url, {
      method: request.method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(options.requestMs),
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    return classify(request, response.status, requestIdOf(response, pair), unsaid(await response.text(), pair));
  } catch (error) {
    throw error instanceof BrokerError ? error : transportFailure(request, error, response, requestIdOf(response, pair));
  } finally {
    options.onExchange?.({
      method: request.method,
      path: request.path,
      status: response?.status,
      requestId: requestIdOf(response, pair),
      ms: performance.now() - startedAt,
    });
  }
}

/** What a failure of this request leaves open, when the failure itself says nothing. */
export function effectOf(request: HttpRequest): Effect {
  return request.method === 'GET' ? 'none' : 'unknown';
}

async function authorize(credentials: HttpExchangeOptions['credentials']): Promise<BrokerCredentials> {
  let pair: BrokerCredentials;
  try {
    pair = await credentials();
  } catch (cause) {
    // A dead letter keeps the message alone, and on-call has to learn which secret it is. Ours are written from fixed words.
    const why = cause instanceof OutsideError ? `: ${cause.message}` : '';
    throw new BrokerError(`the credentials of the broker could not be read${why}`, { effect: 'none', code: 'credentials', cause });
  }
  // The platform's own error for a malformed header quotes the header.
  if (!isHeaderText(pair.keyId) || !isHeaderText(pair.secretKey)) {
    throw new BrokerError('the credentials of the broker are not plain text', { effect: 'none', code: 'credentials' });
  }
  return pair;
}

/** Whatever stands between us and the broker may say our headers back; its words end up in errors. */
function unsaid(text: string, { keyId, secretKey }: BrokerCredentials): string {
  return [secretKey, keyId]
    .filter(({ length }) => length >= SECRET_LENGTH_MIN)
    .reduce((told, secret) => told.replaceAll(secret, '[redacted]'), text);
}

function isHeaderText(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

function classify(request: HttpRequest, status: number, requestId: string | undefined, text: string): HttpAnswer {
  const isOk = status >= 200 && status < 300;
  const fail = (code: string, effect: Effect): BrokerError =>
    new BrokerError(`${request.method} ${request.path} answered ${status}`, { effect, code, requestId });
  if (status === 429) return raise(fail('rate-limited', 'none'));
  if (status === 401) return raise(fail('unauthorized', 'none'));
  if (!isOk && !REFUSALS.has(status)) return raise(fail(`http-${status}`, effectOf(request)));
  if (text === '') return isOk ? { status, requestId, json: undefined } : raise(fail(`http-${status}`, effectOf(request)));
  const json = parseJson(text);
  // Text that is not JSON comes from something between us and the broker, which knows nothing of the order.
  if (json === undefined) return raise(fail(isOk ? 'bad-answer' : `http-${status}`, effectOf(request)));
  return { status, requestId, json: json.value };
}

function raise(error: BrokerError): never {
  throw error;
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    // Not JSON is an expected answer here: the caller names it.
    return undefined;
  }
}

function transportFailure(
  request: HttpRequest,
  cause: unknown,
  response: Response | undefined,
  requestId: string | undefined,
): BrokerError {
  const code = cause instanceof Error && cause.name === 'TimeoutError' ? 'timeout' : 'connection';
  const wasSent = response !== undefined || !failedToConnect(cause);
  return new BrokerError(`${request.method} ${request.path} ${code === 'timeout' ? 'timed out' : 'lost its connection'}`, {
    effect: wasSent ? effectOf(request) : 'none',
    code,
    requestId,
    cause,
  });
}

/** True when the error says that no connection ever stood, so that nothing can have been sent. */
function failedToConnect(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(failedToConnect);
  if (!(error instanceof Error)) return false;
  if ('syscall' in error && (error.syscall === 'connect' || error.syscall === 'getaddrinfo')) return true;
  if ('code' in error && error.code === 'UND_ERR_CONNECT_TIMEOUT') return true;
  return failedToConnect(error.cause);
}

function requestIdOf(response: Response | undefined, pair: BrokerCredentials): string | undefined {
  const id = response?.headers.get('x-request-id') ?? undefined;
  return id === undefined ? undefined : unsaid(id, pair);
}
