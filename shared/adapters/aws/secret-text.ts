// The content of one secret, read and checked. It never leaves this file except as the answer: errors are written from
// fixed words, because parsers quote what they could not read.
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type * as z from 'zod';
import { OutsideError } from '../../ports/outside-error.ts';
import { codeOf, isNamed } from './aws-failure.ts';

/**
 * @param mustHold what the secret has to be, for whoever has to mend it.
 * @throws OutsideError (`secret-missing`, `secret-malformed`, `unauthorized`, …)
 */
export async function readSecret<Shape extends z.ZodType>(
  client: SecretsManagerClient,
  secret: string,
  shape: Shape,
  mustHold: string,
): Promise<z.output<Shape>> {
  const text = await fetchSecret(client, secret);
  if (text === undefined) throw malformed(secret, 'is not a text');
  if (text.trim() === '') throw malformed(secret, 'is empty');
  const parsed = shape.safeParse(parseJson(secret, text));
  if (!parsed.success) throw malformed(secret, mustHold);
  return parsed.data;
}

async function fetchSecret(client: SecretsManagerClient, secret: string): Promise<string | undefined> {
  try {
    return (await client.send(new GetSecretValueCommand({ SecretId: secret }))).SecretString;
  } catch (cause) {
    throw fetchFailure(secret, cause);
  }
}

function parseJson(secret: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No cause: the parser's message quotes the text.
    throw malformed(secret, 'is not JSON');
  }
}

function malformed(secret: string, how: string): OutsideError {
  return new OutsideError(`secret ${secret} ${how}`, { effect: 'none', code: 'secret-malformed' });
}

/**
 * Without the SDK's error as cause: when it cannot read an answer it attaches the answer's text, and that is
 * the secret. Its name and request id are enough to find the reason.
 */
function fetchFailure(secret: string, cause: unknown): OutsideError {
  const isMissing = isNamed(cause, 'ResourceNotFoundException');
  const code = isMissing ? 'secret-missing' : codeOf(cause);
  const requestId = (cause as { readonly $metadata?: { readonly requestId?: string } }).$metadata?.requestId;
  const message = isMissing ? `secret ${secret} does not exist` : `secret ${secret} could not be read (${code})`;
  return new OutsideError(message, { effect: 'none', code, requestId });
}
