// Credentials given beforehand, for the embedded run: the keys of an exchange that lives in this process.
import { OutsideError } from '../../ports/outside-error.ts';
import type { BrokerCredentials, Secrets } from '../../ports/secrets.ts';

export class FixedSecrets implements Secrets {
  readonly #accounts: ReadonlyMap<string, BrokerCredentials>;

  constructor(accounts: ReadonlyMap<string, BrokerCredentials>) {
    this.#accounts = accounts;
  }

  async brokerCredentials(account: string): Promise<BrokerCredentials> {
    const credentials = this.#accounts.get(account);
    if (credentials !== undefined) return credentials;
    throw new OutsideError(`secret ${account} does not exist`, { effect: 'none', code: 'secret-missing' });
  }
}
