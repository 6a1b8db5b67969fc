// The runs of a portfolio that act, or that its owner may still let act, and the account that each was planned for.
import type { RunId } from '../core/values/identity.ts';
import type { RunPorts } from './world.ts';

export interface OpenRun {
  readonly portfolio: string;
  readonly runId: RunId;
  readonly phase: 'executing' | 'awaiting-approval';
  /** Of a record that froze none, its ledger's; undefined where there is no ledger either. */
  readonly accountNumber: string | undefined;
}

const RUNS_LOOKED_AT = 10;

/** @throws StoreError; UnreadableRecord for a run or a ledger of another release. */
export async function openRunsOf(
  portfolio: string,
  { runStore, ledgers, clock }: Pick<RunPorts, 'runStore' | 'ledgers' | 'clock'>,
): Promise<readonly OpenRun[]> {
  const ledger = await ledgers.load(portfolio);
  const now = clock.now();
  return (await runStore.list(portfolio, RUNS_LOOKED_AT)).flatMap(({ runId, phase }) => {
    const isOpen = phase.kind === 'executing' || (phase.kind === 'awaiting-approval' && now < phase.execution.deadline);
    if (!isOpen) return [];
    return [{ portfolio, runId, phase: phase.kind, accountNumber: phase.execution.accountNumber ?? ledger?.accountNumber }];
  });
}
