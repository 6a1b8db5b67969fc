// Approves a held plan of a deployment, with the operator's own AWS credentials.
import { portfolioOf } from '../../shared/contracts/events.ts';
import { parseRunId } from '../../shared/core/values/identity.ts';
import { type Approval, approveRun } from '../../shared/workflow/approve-run.ts';
import type { World } from '../../shared/workflow/world.ts';
import { openDeployment } from '../deployment.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';

const REFUSALS: Readonly<Record<Exclude<Approval, 'approved' | 'already-approved'>, string>> = {
  'no-such-run': 'there is no such run',
  'not-planned': 'its plan is not made yet',
  ended: 'it has ended',
  'too-late': 'its session is too far on: nothing may be sent any more',
  'positions-changed': 'the account no longer holds what the plan was made for',
};

/** @throws CommandFailure: exit 2 for a bad run id or environment, exit 1 when the run cannot be approved. */
export async function approveDeployedRun(runId: string, output: Output, world: () => World = openDeployment): Promise<void> {
  if (parseRunId(runId) === undefined) {
    throw new CommandFailure('usage', `${JSON.stringify(runId)}: expected a run id such as golden-butterfly/2026-11-30/monthly`, {
      exitCode: 2,
    });
  }
  const opened = world();
  const { policy } = await opened.portfolios.load(portfolioOf({ runId }));
  const approval = await approveRun(runId, opened.portsFor(policy, runId));
  if (approval !== 'approved' && approval !== 'already-approved') {
    throw new CommandFailure(approval, `${runId} was not approved: ${REFUSALS[approval]}`, { exitCode: 1 });
  }
  output.result({ runId, approval }, approval === 'approved' ? `${runId} is approved and executing.` : `${runId} was approved before.`);
}
