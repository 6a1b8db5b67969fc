// The owner's webhook from Secrets Manager. Its address is the key to the channel: it never leaves this file except as the
// answer, and errors are written from fixed words.
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { jsonOf } from '../../contracts/json-of.ts';
import { type WebhookTarget, webhookTarget } from '../../contracts/webhook-target.ts';
import { OutsideError } from '../../ports/outside-error.ts';
import { codeOf, isNamed } from './aws-failure.ts';

/**
 * undefined where there is no such secret, or nothing in it.
 * @throws OutsideError (`secret-malformed`, or why it could not be read)
 */
export async function readWebhookSecret(client: SecretsManagerClient, secret: string): Promise<WebhookTarget | undefined> {
  const text = (await fetchText(client, secret))?.trim();
  if (text === undefined || text === '') return undefined;
  const parsed = webhookTarget.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  const message = `secret ${secret} must hold exactly format, url over https, and for telegram chatId`;
  throw new OutsideError(message, { effect: 'none', code: 'secret-malformed' });
}

async function fetchText(client: SecretsManagerClient, secret: string): Promise<string | undefined> {
  try {
    return (await client.send(new GetSecretValueCommand({ SecretId: secret }))).SecretString;
  } catch (cause) {
    if (isNamed(cause, 'ResourceNotFoundException')) return undefined;
    // Without the SDK's error as cause: where it cannot read an answer it attaches the answer's text.
    const code = codeOf(cause);
    throw new OutsideError(`secret ${secret} could not be read (${code})`, { effect: 'none', code });
  }
}
