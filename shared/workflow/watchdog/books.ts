// The account against the ledger after the close. What is explained is counted, late fills of ended runs too.
import type { PortfolioPolicy } from '../../contracts/portfolio-policy.ts';
import { reconcileBeforeRun } from '../reconcile-before-run.ts';
import { claimOf } from '../take-snapshot.ts';
import type { Finding } from './finding.ts';
import type { WatchdogPorts } from './watchdog-world.ts';

/**
 * A portfolio that no run has looked at yet has no ledger, and it is not for the watchdog to open one.
 * @throws BrokerError, StoreError; UnreadableRecord for a ledger of another release.
 */
export async function compareBooks(policy: PortfolioPolicy, ports: WatchdogPorts): Promise<Finding[]> {
  if ((await ports.ledgers.load(policy.name)) === undefined) return [];
  const { accountNumber } = await ports.broker.account();
  const reconciled = await reconcileBeforeRun(claimOf(policy), accountNumber, ports);
  if (reconciled.kind === 'reconciled') return [];
  return [
    {
      code: 'reconciliation-difference',
      subject: 'the account and the ledger differ',
      body: reconciled.detail,
      done: 'It traded nothing and changed nothing. Runs are refused until a person adopts the difference.',
    },
  ];
}
