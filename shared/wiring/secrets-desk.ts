// Where an owner keeps his secrets, and where the broker is asked whether it takes his keys.
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { alpacaBroker } from '../adapters/alpaca/broker.ts';
import { clientSettings } from '../adapters/aws/client-settings.ts';
import { SecretsManagerVault } from '../adapters/aws/secret-vault.ts';
import type { PortfolioPolicy } from '../contracts/portfolio-policy.ts';
import type { Account } from '../core/portfolio/portfolio.ts';
import { BrokerError } from '../ports/outside-error.ts';
import type { SecretVault } from '../ports/secret-vault.ts';
import type { BrokerCredentials } from '../ports/secrets.ts';
import { TRADING_URL } from './trading-url.ts';

type Mode = PortfolioPolicy['account']['mode'];

/** What the broker says of a key pair. */
export type KeysVerdict =
  | { readonly kind: 'accepted'; readonly account: Pick<Account, 'accountNumber' | 'isBlocked'> }
  /** The host of the other mode takes them. */
  | { readonly kind: 'other-mode' }
  | { readonly kind: 'refused' };

export interface SecretsDesk {
  readonly vault: SecretVault;
  /** @throws BrokerError when the broker does not answer. */
  judge(keys: BrokerCredentials, mode: Mode): Promise<KeysVerdict>;
}

export function secretsDesk(urls: Readonly<Record<Mode, string>> = TRADING_URL): SecretsDesk {
  return {
    vault: new SecretsManagerVault(new SecretsManagerClient(clientSettings())),
    judge: async (keys, mode) => {
      const account = await accountBehind(keys, urls[mode]);
      if (account !== undefined) return { kind: 'accepted', account };
      const other = await accountBehind(keys, urls[mode === 'paper' ? 'live' : 'paper']);
      return { kind: other === undefined ? 'refused' : 'other-mode' };
    },
  };
}

/** undefined when the broker does not know these keys. */
async function accountBehind(keys: BrokerCredentials, tradingUrl: string): Promise<Account | undefined> {
  const broker = alpacaBroker({
    credentials: async () => keys,
    tradingUrl,
    dataUrl: tradingUrl,
    feed: 'iex',
    clock: { now: () => Date.now() },
    random: Math.random,
  });
  try {
    return await broker.account();
  } catch (error) {
    if (error instanceof BrokerError && (error.code === 'unauthorized' || error.code === 'http-403')) return undefined;
    throw error;
  }
}
