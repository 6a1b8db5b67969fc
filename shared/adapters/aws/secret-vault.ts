// An owner's secrets in Secrets Manager, whole. No error of the SDK is handed on as a cause: what it could not read it
// attaches, and that is the secret.
import { GetSecretValueCommand, PutSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { OutsideError } from '../../ports/outside-error.ts';
import type { SecretVault, VaultEntry } from '../../ports/secret-vault.ts';
import { codeOf, isNamed } from './aws-failure.ts';

export class SecretsManagerVault implements SecretVault {
  readonly #client: SecretsManagerClient;

  constructor(client: SecretsManagerClient) {
    this.#client = client;
  }

  async read(name: string): Promise<VaultEntry> {
    try {
      const { SecretString, CreatedDate } = await this.#client.send(new GetSecretValueCommand({ SecretId: name }));
      if (SecretString === undefined) return { kind: 'empty' };
      return { kind: 'stored', text: SecretString, storedAt: CreatedDate?.getTime() ?? 0 };
    } catch (cause) {
      // A secret without a version answers as one that is not there, in other words.
      if (isNamed(cause, 'ResourceNotFoundException'))
        return /staging label/i.test(messageOf(cause)) ? { kind: 'empty' } : { kind: 'missing' };
      throw new OutsideError(`secret ${name} could not be read (${codeOf(cause)})`, { effect: 'none', code: codeOf(cause) });
    }
  }

  async store(name: string, text: string): Promise<'stored' | 'missing'> {
    try {
      await this.#client.send(new PutSecretValueCommand({ SecretId: name, SecretString: text }));
      return 'stored';
    } catch (cause) {
      if (isNamed(cause, 'ResourceNotFoundException')) return 'missing';
      throw new OutsideError(`secret ${name} could not be written (${codeOf(cause)})`, { effect: 'unknown', code: codeOf(cause) });
    }
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : '';
}
