// Broker credentials from Secrets Manager, cached for a few minutes.
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { BROKER_KEYS_MUST_HOLD, brokerKeys } from '../../contracts/broker-keys.ts';
import { MINUTE_MS } from '../../core/values/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { BrokerCredentials, Secrets } from '../../ports/secrets.ts';
import { readSecret } from './secret-text.ts';

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
    const credentials = await readSecret(this.#client, secret, brokerKeys, BROKER_KEYS_MUST_HOLD);
    this.#options.onLoaded?.(credentials);
    return credentials;
  }
}
