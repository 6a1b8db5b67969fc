// Approves a held plan of a deployment, with the operator's own AWS credentials.
import { portfolioOf } from '../../shared/contracts/events.ts';
import { overrideText } from '../../shared/contracts/hypothesis/override-text.ts';
import type { LiveOverride } from '../../shared/contracts/portfolio-policy.ts';
import type { PriceMove } from '../../shared/core/execution/retake-arrivals.ts';
import { parseRunId } from '../../shared/core/values/identity.ts';
import { formatUsd } from '../../shared/core/values/money.ts';
import { type Approval, approveRun } from '../../shared/workflow/approve-run.ts';
import { readArtifact } from '../../shared/workflow/read-artifact.ts';
import type { RunPorts, World } from '../../shared/workflow/world.ts';
import { type Ask, type AskOptions, ask } from '../ask.ts';
import { openDeployment } from '../deployment.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';

type Refused = Exclude<Approval, { readonly kind: 'approved' } | { readonly kind: 'already-approved' }>;

const REFUSALS: Readonly<
  Record<Exclude<Approval['kind'], 'approved' | 'already-approved' | 'kill-switch' | 'other-account' | 'prices-moved'>, string>
> = {
  'no-such-run': 'there is no such run',
  'not-planned': 'its plan is not made yet',
  ended: 'it has ended',
  'too-late': 'its deadline is past: nothing may be sent in its session any more',
  'positions-changed': 'the account no longer holds what the plan was made for',
};

function refusalText(refused: Refused): string {
  switch (refused.kind) {
    case 'kill-switch':
      return `the kill switch is on (${refused.reason}); turn it off first: npx evenkeel resume`;
    case 'other-account':
      return `it was planned for account ${refused.planned}, and the keys are of ${refused.answers}; put those of ${refused.planned} back first: npx evenkeel secrets set ACCOUNT`;
    case 'prices-moved':
      return `the market has left the prices of the plan: ${refused.moves.map(moveText).join(', ')}; execution.approval-bps says how far it may`;
    default:
      return REFUSALS[refused.kind];
  }
}

function moveText({ symbol, decision, mid, moveBps }: PriceMove): string {
  return `${symbol} from ${formatUsd(decision)} to ${formatUsd(mid)} (${moveBps} bp)`;
}

/**
 * What was planned without what real money needs is asked for once more: who let it, and why, may be another by now.
 * @throws CommandFailure: exit 2 for a bad run id or environment, or where nobody can be asked; exit 1 when the run cannot be
 * approved, or was declined.
 */
export async function approveDeployedRun(
  runId: string,
  output: Output,
  world: () => World = openDeployment,
  options: AskOptions = {},
  asked: Ask = ask,
): Promise<void> {
  if (parseRunId(runId) === undefined) {
    throw new CommandFailure('usage', `${JSON.stringify(runId)}: expected a run id such as golden-butterfly/2026-11-30/monthly`, {
      exitCode: 2,
    });
  }
  const opened = world();
  const { policy } = await opened.portfolios.load(portfolioOf({ runId }));
  const ports = opened.portsFor(policy, runId);
  const override = await overrideOf(runId, ports);
  if (override !== undefined) await asked(`${runId} was planned ${overrideText(override)}\nApprove it all the same?`, options, output);
  const approval = await approveRun(runId, ports);
  const document = { runId, approval: approval.kind, ...(override === undefined ? {} : { override }) };
  if (approval.kind === 'approved') output.result(document, `${runId} is approved and executing.`);
  else if (approval.kind === 'already-approved') output.result(document, `${runId} was approved before.`);
  else throw new CommandFailure(approval.kind, `${runId} was not approved: ${refusalText(approval)}`, { exitCode: 1 });
}

/** Of a plan that waits, as it was planned: what a file says since has not made it. */
async function overrideOf(runId: string, { runStore, artifacts }: RunPorts): Promise<LiveOverride | undefined> {
  const record = await runStore.load(runId);
  if (record?.phase.kind !== 'awaiting-approval') return undefined;
  return (await readArtifact(artifacts, record, 'snapshot')).clearance?.override;
}
