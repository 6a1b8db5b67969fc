// The account and what led to it, as of one moment: positions between two readings of the activities that say the same.
import type { Activity } from '../core/ledger/activity.ts';
import type { AccountLook } from '../core/ledger/reconcile.ts';
import type { EpochMs } from '../core/values/time.ts';
import type { LedgerPorts } from './ledger-ports.ts';

const LOOKS_MAX = 3;

/**
 * undefined when the account did not hold still in these symbols: something trades in them. What trades in others is of
 * no concern: an account may have several portfolios.
 */
export async function lookAtAccount(
  from: EpochMs,
  symbols: ReadonlySet<string>,
  { broker, clock }: Pick<LedgerPorts, 'broker' | 'clock'>,
): Promise<AccountLook | undefined> {
  const told = (activities: readonly Activity[]): string[] =>
    activities.flatMap(({ id, symbol }) => (symbol !== undefined && symbols.has(symbol) ? [id] : [])).sort();
  let before = told(await broker.activities(from));
  for (let look = 1; look <= LOOKS_MAX; look += 1) {
    const positions = await broker.positions();
    const activities = await broker.activities(from);
    const after = told(activities);
    if (after.join() === before.join()) return { positions, activities, at: clock.now() };
    before = after;
  }
  return undefined;
}
