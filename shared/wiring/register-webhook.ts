// The address of a webhook as a credential.
import type { WebhookTarget } from '../contracts/webhook-target.ts';
import type { Redaction } from '../ports/redaction.ts';

/** Whoever has the address can write to the channel; of its parts those with a digit are no ordinary words. */
export function registerWebhook(redaction: Redaction, { url }: WebhookTarget): void {
  const { pathname, search } = new URL(url);
  for (const secret of [url, pathname, search, ...pathname.split('/').filter((part) => /\d/.test(part))]) redaction.register(secret);
}
