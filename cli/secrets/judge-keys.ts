// Whether a key pair is the one for an account: of the right mode, of the right number, and taken by the broker.
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import type { BrokerCredentials } from '../../shared/ports/secrets.ts';
import type { SecretsDesk } from '../../shared/wiring/secrets-desk.ts';
import type { Stage } from '../stage-option.ts';

export type Fitness =
  | { readonly kind: 'fits'; readonly accountNumber: string; readonly isBlocked: boolean }
  | { readonly kind: 'misfits'; readonly code: 'wrong-mode' | 'wrong-account' | 'refused'; readonly detail: string };

/** How Alpaca begins the ids of its keys. One that begins otherwise is for the broker to judge. */
const BEGINNINGS: readonly { readonly begins: string; readonly mode: Stage }[] = [
  { begins: 'PK', mode: 'paper' },
  { begins: 'AK', mode: 'live' },
];

/**
 * @param policies the portfolios that name the account.
 * @throws BrokerError when the broker does not answer.
 */
export async function judgeKeys(
  keys: BrokerCredentials,
  stage: Stage,
  policies: readonly PortfolioPolicy[],
  judge: SecretsDesk['judge'],
): Promise<Fitness> {
  const looksLike = BEGINNINGS.find(({ begins }) => keys.keyId.startsWith(begins))?.mode;
  // Keys of real money are not even shown to the host of the other kind.
  if (looksLike !== undefined && looksLike !== stage) return wrongMode(looksLike, stage);
  const verdict = await judge(keys, stage);
  if (verdict.kind === 'other-mode') return wrongMode(stage === 'paper' ? 'live' : 'paper', stage);
  if (verdict.kind === 'refused') {
    return {
      kind: 'misfits',
      code: 'refused',
      detail: 'the broker takes them neither for a paper nor for a live account: mistyped, or deleted there',
    };
  }
  const { accountNumber, isBlocked } = verdict.account;
  const other = policies.find(({ account }) => account.number !== undefined && account.number !== accountNumber);
  if (other === undefined) return { kind: 'fits', accountNumber, isBlocked };
  const detail = `they are of another account than the number that the file of ${other.name} names`;
  return { kind: 'misfits', code: 'wrong-account', detail };
}

function wrongMode(found: Stage, stage: Stage): Fitness {
  return { kind: 'misfits', code: 'wrong-mode', detail: `they are the keys of a ${found} account, and this is the ${stage} deployment` };
}
