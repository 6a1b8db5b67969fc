// What a failing AWS call means to us: a short code and whether the request may have had an effect.
import { type Effect, OutsideError, StoreError } from '../../ports/outside-error.ts';

/** A read changes nothing, however it fails. */
export type CallKind = 'read' | 'write';

/** The parts of an SDK error that are looked at. */
interface SdkFailure {
  readonly name?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string; readonly attempts?: number };
}

/** The failure of a durable store, `doing` in the words of the log line: "saving run …". */
export function storeFailure(doing: string, kind: CallKind, cause: unknown): StoreError {
  return new StoreError(`${doing}: ${nameOf(cause)}`, failureDetails(kind, cause));
}

/** The failure of any other AWS call. */
export function outsideFailure(doing: string, kind: CallKind, cause: unknown): OutsideError {
  return new OutsideError(`${doing}: ${nameOf(cause)}`, failureDetails(kind, cause));
}

/** The answer arrived and is not what the service promises. */
export function badAnswer(what: string): StoreError {
  return new StoreError(what, { effect: 'none', code: 'bad-answer' });
}

export function isNamed(cause: unknown, name: string): boolean {
  return failureOf(cause).name === name;
}

export function codeOf(cause: unknown): string {
  const { name = '', code = '', $metadata } = failureOf(cause);
  if (name === 'CredentialsProviderError' || UNAUTHORIZED.test(name)) return 'unauthorized';
  // Said before anything is sent, by an error without a name of its own.
  if (cause instanceof Error && cause.message === 'Region is missing') return 'no-region';
  if (THROTTLED.test(name)) return 'rate-limited';
  // The SDK calls a reset connection a TimeoutError too; its code is the truth.
  if (CONNECTION.test(code)) return 'connection';
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'ETIMEDOUT') return 'timeout';
  const status = $metadata?.httpStatusCode;
  return status === undefined || status < 400 ? 'bad-answer' : `http-${status}`;
}

function failureDetails(kind: CallKind, cause: unknown) {
  return {
    effect: kind === 'read' ? 'none' : effectOf(cause),
    code: codeOf(cause),
    requestId: failureOf(cause).$metadata?.requestId,
    cause,
  } as const;
}

/**
 * The SDK repeats a call by itself, so the last answer speaks for the last attempt only:
 *   attempt 1 lands, its answer is lost → attempt 2 is refused → the caller sees a refusal.
 * Hence `none` needs proof that there was exactly one attempt.
 */
function effectOf(cause: unknown): Effect {
  const { name, code = '', $metadata } = failureOf(cause);
  if (name === 'CredentialsProviderError') return 'none';
  if ($metadata?.attempts !== 1) return 'unknown';
  const status = $metadata.httpStatusCode ?? 0;
  const wasRefused = status >= 400 && status < 500;
  return wasRefused || NEVER_SENT.test(code) ? 'none' : 'unknown';
}

const UNAUTHORIZED = /^(?:AccessDenied|UnrecognizedClient|ExpiredToken|InvalidSignature|InvalidAccessKeyId|SignatureDoesNotMatch)/;
const THROTTLED = /Throttl|ProvisionedThroughputExceeded|RequestLimitExceeded|TooManyRequests|SlowDown/;
const CONNECTION = /^(?:ECONN|ENOTFOUND|EPIPE|EAI_|EHOST|ENET)/;
const NEVER_SENT = /^(?:ECONNREFUSED|ENOTFOUND|EAI_)/;

function nameOf(cause: unknown): string {
  return cause instanceof Error ? `${cause.name} (${codeOf(cause)})` : codeOf(cause);
}

function failureOf(cause: unknown): SdkFailure {
  return typeof cause === 'object' && cause !== null ? (cause as SdkFailure) : {};
}
