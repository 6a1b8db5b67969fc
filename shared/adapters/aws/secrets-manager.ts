// Broker credentials from Secrets Manager. What a secret contains never leaves this file except as the
// answer: errors are written from fixed words, because parsers quote what they could not read.
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { MINUTE_MS } from '../../core/values/time.ts';
import type { Clock } from '../../ports/clock.ts';
import { OutsideError } from '../../ports/outside-error.ts';
import type { BrokerCredentials, Secrets } from '../../ports/secrets.ts';
import { codeOf, isNamed } from './aws-failure.ts';

const KEY_LENGTH_MIN = 8;
const key = z.string().min(KEY_LENGTH_MIN).regex(/^\S+$/);
const brokerCredentials = z.strictObject({ keyId: key, secretKey: key });

export interface SecretsManagerOptions {
  /** The secret of account `main` is called prefix + `main`. */
  readonly prefix: string;
  readonly clock: Clock;
  readonly cacheMinutes?: number;
  /** Told every credential that was loaded, before anyone else: where telemetry learns what to blank. */
  readonly onLoaded?: (credentials: BrokerCredentials) => void;
}

interface Cached {
  readonly credentials: Promise<BrokerCredentials>;
  readonly until: number;
}

export class SecretsManagerSecrets implements Secrets {
  readonly #client: SecretsManagerClient;
  readonly #options: SecretsManagerOptions;
  readonly #cache = new Map<string, Cached>();

  constructor(client: SecretsManagerClient, options: SecretsManagerOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** Callers who come while a request is under way share it. A failure is forgotten: the next caller asks again. */
  brokerCredentials(account: string): Promise<BrokerCredentials> {
    const now = this.#options.clock.now();
    const cached = this.#cache.get(account);
    if (cached !== undefined && now < cached.until) return cached.credentials;
    const credentials = this.#load(`${this.#options.prefix}${account}`);
    const entry = { credentials, until: now + (this.#options.cacheMinutes ?? 5) * MINUTE_MS };
    this.#cache.set(account, entry);
    return credentials.catch((failure: unknown) => {
      if (this.#cache.get(account) === entry) this.#cache.delete(account);
      throw failure;
    });
  }

  async #load(secret: string): Promise<BrokerCredentials> {
    const credentials = parse(secret, await this.#fetch(secret));
    this.#options.onLoaded?.(credentials);
    return credentials;
  }

  async #fetch(secret: string): Promise<string | undefined> {
    try {
      return (await this.#client.send(new GetSecretValueCommand({ SecretId: secret }))).SecretString;
    } catch (cause) {
      throw fetchFailure(secret, cause);
    }
  }
}

function parse(secret: string, text: string | undefined): BrokerCredentials {
  if (text === undefined) throw malformed(secret, 'is not a text');
  if (text.trim() === '') throw malformed(secret, 'is empty');
  const parsed = brokerCredentials.safeParse(parseJson(secret, text));
  if (!parsed.success) {
    throw malformed(secret, `must hold exactly keyId and secretKey, each at least ${KEY_LENGTH_MIN} characters without white space`);
  }
  return parsed.data;
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
