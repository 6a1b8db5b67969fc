// The fills of a run that is over, into the ledger of its portfolio.
import type { RunRecord } from '../contracts/run-record.ts';
import type { ExecutionState } from '../core/execution/state.ts';
import { countRun, type FilledOrder } from '../core/ledger/count-fills.ts';
import type { Account } from '../core/portfolio/portfolio.ts';
import { StoreError } from '../ports/outside-error.ts';
import type { RunPorts } from './world.ts';
import { writeLedger } from './write-ledger.ts';

/** What the record says of the orders that are over. */
export function filledOrders({ legs }: ExecutionState): FilledOrder[] {
  return legs.flatMap(({ symbol, side, closedOrders }) => closedOrders.map((order) => ({ ...order, symbol, side })));
}

/** Two drivers of one run, and nobody else, write the ledger of a portfolio that executes. */
const ATTEMPTS_MAX = 5;

/**
 * Safe to repeat: a run is counted once. An order whose fate is not known is not counted; the broker's activities will
 * tell of its fills, if it has any.
 * @throws StoreError
 */
export async function countFillsOf(
  { runId, portfolio, accountNumber }: Pick<RunRecord, 'runId' | 'portfolio'> & Pick<Account, 'accountNumber'>,
  orders: readonly FilledOrder[],
  ports: Pick<RunPorts, 'ledgers' | 'artifacts' | 'clock'>,
): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const before = await ports.ledgers.load(portfolio);
    // The run began under a release that kept no ledger: the next one opens it with what is held by then.
    if (before === undefined) return;
    // A person took over another account meanwhile: what was filled in the run's own is none of that ledger's.
    if (before.accountNumber !== accountNumber) return;
    const { ledger, entries } = countRun(before.ledger, runId, orders, ports.clock.now());
    if (ledger === before.ledger) return;
    if ((await writeLedger(before, { portfolio, accountNumber, ledger, entries }, ports)) !== 'stale') return;
  }
  throw new StoreError(`the ledger of ${portfolio} was written by somebody else ${ATTEMPTS_MAX} times over`, {
    effect: 'none',
    code: 'contended',
  });
}
