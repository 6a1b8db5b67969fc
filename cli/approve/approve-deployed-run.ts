// Approves a held plan of a deployment, with the operator's own AWS credentials.
import { writtenPortfolio } from '../../shared/adapters/local/written-portfolio.ts';
import { environmentNames } from '../../shared/contracts/environment.ts';
import { portfolioOf } from '../../shared/contracts/events.ts';
import { parseRunId } from '../../shared/core/values/identity.ts';
import { awsWorld } from '../../shared/wiring/aws.ts';
import { type Approval, approveRun } from '../../shared/workflow/approve-run.ts';
import type { World } from '../../shared/workflow/world.ts';
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
export async function approveDeployedRun(runId: string, output: Output, world: () => World = openWorld): Promise<void> {
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

function openWorld(): World {
  // A function may do without the state machine; who approves starts an execution.
  const missing = Object.values(environmentNames).filter((name) => (process.env[name] ?? '') === '');
  if (missing.length > 0) {
    throw new CommandFailure(
      'environment',
      `not set: ${missing.join(', ')}; the compute stack's output OperatorEnvironment says them all`,
      { exitCode: 2 },
    );
  }
  return awsWorld(writtenPortfolio);
}
