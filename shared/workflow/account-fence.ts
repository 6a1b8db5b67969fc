// The fence around a run: it was planned for one account, and nothing that another answers may be acted on or counted for it.
// An order's name is taken once in each account: sent again in another, it would be a second order.
import type { RunRecord } from '../contracts/run-record.ts';
import type { Account } from '../core/portfolio/portfolio.ts';
import type { RunId } from '../core/values/identity.ts';
import { OutsideError } from '../ports/outside-error.ts';
import { readArtifact } from './read-artifact.ts';
import type { RunPorts } from './world.ts';

/** Both as the broker numbers them. */
export interface AccountMismatch {
  readonly planned: string;
  readonly answers: string;
}

/** The broker answers for another account than the run's. Nothing was done; it mends itself when the keys do. */
export class OtherAccount extends OutsideError {
  override readonly name = 'OtherAccount';

  constructor(runId: RunId, { planned, answers }: AccountMismatch) {
    super(`run ${runId} was planned for account ${planned}, and the broker answers for ${answers}`, {
      effect: 'none',
      code: 'other-account',
    });
  }
}

/**
 * Before anything is done in a run's name by what this account says: its owner is told, and the turn fails.
 * @throws OtherAccount; StoreError
 */
export async function keepToAccount(record: RunRecord, account: Account, ports: Pick<RunPorts, 'artifacts' | 'notifier'>): Promise<void> {
  const mismatch = await mismatchOf(record, account, ports);
  if (mismatch === undefined) return;
  const { runId, portfolio } = record;
  const { planned, answers } = mismatch;
  await ports.notifier.notify({
    severity: 'page',
    code: 'other-account',
    subject: `${runId}: the broker answers for another account`,
    body: `The run was planned for account ${planned}, and the keys that are used now are of ${answers}. Orders of it may still work in ${planned}.`,
    portfolio,
    runId,
    stake: `the orders of this run in ${planned}`,
    done: `It sent nothing, canceled nothing and counted nothing. The run goes on when the keys of ${planned} are back, and it is redriven.`,
  });
  throw new OtherAccount(runId, mismatch);
}

/**
 * undefined where it is the account of the run, or nothing was planned.
 * @throws StoreError
 */
export async function mismatchOf(
  record: RunRecord,
  { accountNumber: answers }: Pick<Account, 'accountNumber'>,
  ports: Pick<RunPorts, 'artifacts'>,
): Promise<AccountMismatch | undefined> {
  const planned = await plannedAccount(record, ports);
  return planned === undefined || planned === answers ? undefined : { planned, answers };
}

/**
 * undefined where nothing was planned. A record of a release that froze no account names the snapshot of its plan, which has it.
 * @throws StoreError; Error where that snapshot is not stored
 */
export async function plannedAccount(record: RunRecord, { artifacts }: Pick<RunPorts, 'artifacts'>): Promise<string | undefined> {
  const execution = 'execution' in record.phase ? record.phase.execution : undefined;
  if (execution?.accountNumber !== undefined) return execution.accountNumber;
  if (execution === undefined && record.artifacts.snapshot === undefined) return undefined;
  return (await readArtifact(artifacts, record, 'snapshot')).account.accountNumber;
}
