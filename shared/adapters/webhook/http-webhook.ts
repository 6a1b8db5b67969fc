// A webhook over HTTP: a few tries within a few seconds, and never a word of its address in what goes wrong.
import type { WebhookTarget } from '../../contracts/webhook-target.ts';
import { SECOND_MS } from '../../core/values/time.ts';
import { OutsideError } from '../../ports/outside-error.ts';
import type { OwnerMessage, Webhook } from '../../ports/owner.ts';
import { channelBody } from './channel-body.ts';

export interface WebhookOptions {
  /** undefined where the owner has none. Asked once a message. */
  readonly target: () => Promise<WebhookTarget | undefined>;
  /** Uniform in [0, 1): the jitter between tries. */
  readonly random: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly requestMs?: number;
}

const TRIES_MAX = 3;
const REQUEST_MS = 2_500;
const FIRST_DELAY_MS = 300;
/** A channel that wants us to wait for longer than this does not get the message: the mail has it. */
const RETRY_AFTER_MS_MAX = 2 * SECOND_MS;

type Answer = { readonly kind: 'taken' } | { readonly kind: 'refused'; readonly code: string; readonly retryInMs: number | undefined };

export function httpWebhook(options: WebhookOptions): Webhook {
  return {
    async post(message: OwnerMessage) {
      const target = await options.target();
      if (target === undefined) return 'none';
      const body = JSON.stringify(channelBody(target, message));
      for (let attempt = 1; ; attempt += 1) {
        const answer = await send(target.url, body, options.requestMs ?? REQUEST_MS);
        if (answer.kind === 'taken') return 'posted';
        const { code, retryInMs } = answer;
        if (retryInMs === undefined || attempt >= TRIES_MAX) {
          throw new OutsideError(`the webhook (${target.format}) did not take the message: ${code}`, { effect: 'unknown', code });
        }
        await options.wait(Math.max(retryInMs, FIRST_DELAY_MS * 2 ** (attempt - 1) * (0.5 + options.random())));
      }
    },
  };
}

async function send(url: string, body: string, requestMs: number): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      // A redirect would carry the message to somebody else.
      redirect: 'manual',
      signal: AbortSignal.timeout(requestMs),
    });
    await response.body?.cancel();
    if (response.ok) return { kind: 'taken' };
    return { kind: 'refused', code: `http-${response.status}`, retryInMs: retryDelayOf(response) };
  } catch (error) {
    // The platform's own error may name the address.
    const code = error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'connection';
    return { kind: 'refused', code, retryInMs: 0 };
  }
}

/** undefined for an answer that would be the same again. */
function retryDelayOf(response: Response): number | undefined {
  if (response.status >= 500) return 0;
  if (response.status !== 429) return undefined;
  const ms = Number(response.headers.get('retry-after') ?? 1) * SECOND_MS;
  return ms >= 0 && ms <= RETRY_AFTER_MS_MAX ? ms : undefined;
}
