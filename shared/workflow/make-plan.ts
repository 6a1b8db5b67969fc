// snapshot → decide → plan → review, each an artifact that names the one before, up to what the run does next.
import type { RunRecord } from '../contracts/run-record.ts';
import { startExecution } from '../core/execution/start-execution.ts';
import type { ExecutionState } from '../core/execution/state.ts';
import type { Session } from '../core/market/calendar.ts';
import type { Schedule } from '../core/market/schedule.ts';
import type { RebalancePlan, Trade } from '../core/rebalance/plan.ts';
import { formatPercent } from '../core/values/weight.ts';
import type { PortfolioSource } from '../ports/portfolios.ts';
import { decideTargets, heldWithoutData, isForced, planRun } from './decide-run.ts';
import { type ExitsBySleeve, noticeOfMissedExits, noticeOfUnowned } from './notice-of-ended.ts';
import { type Refusal, refused } from './refusals.ts';
import { sleevePrices } from './sleeve-prices.ts';
import { takeSnapshot } from './take-snapshot.ts';
import type { RunPorts } from './world.ts';
import { writeArtifact } from './write-artifact.ts';

export type Next =
  | Refusal
  | { readonly kind: 'nothing-to-trade'; readonly detail: string }
  | { readonly kind: 'execute'; readonly execution: ExecutionState };

export interface MadePlan {
  readonly artifacts: RunRecord['artifacts'];
  readonly next: Next;
}

/** Nothing counts until the record points to it: dying anywhere in here leaves orphans and no harm. */
export async function makePlan(
  record: RunRecord,
  schedule: Schedule,
  session: Session,
  source: PortfolioSource,
  ports: RunPorts,
): Promise<MadePlan> {
  const { exits = {}, trades = [], ...made } = await planned(record, schedule, session, source, ports);
  const { next } = made;
  const notice = next.kind === 'execute' ? noticeOfUnowned(record.runId, trades) : noticeOfMissedExits(record.runId, exits, next);
  if (notice !== undefined) await ports.notifier.notify(notice);
  return made;
}

interface Plan extends MadePlan {
  readonly exits?: ExitsBySleeve;
  readonly trades?: readonly Trade[];
}

async function planned(record: RunRecord, schedule: Schedule, session: Session, source: PortfolioSource, ports: RunPorts): Promise<Plan> {
  const { runId } = record;
  const { policy } = source;
  const taken = await takeSnapshot(runId, source, session, ports);
  if (taken.kind === 'refused') return { artifacts: {}, next: taken };
  const snapshot = await writeArtifact(ports.artifacts, taken);

  const decided = decideTargets(policy, (sleeve) => sleevePrices(sleeve, policy, taken), taken.priorStates);
  const result = decided.kind === 'weights' ? { ...decided, leftOut: [...decided.leftOut] } : decided;
  const decision = await writeArtifact(ports.artifacts, { kind: 'decision', previous: snapshot, result });
  if (decided.kind === 'undefined') {
    const { sleeve, symbol, metric, detail } = decided;
    return { artifacts: { snapshot, decision }, next: refused('undefined-data', `sleeve ${sleeve}: ${metric} of ${symbol} ${detail}`) };
  }

  if (decided.kind === 'leveraged') {
    const detail = `sleeve ${decided.sleeve}: its positions are ${formatPercent(decided.gross)} of its capital`;
    return { artifacts: { snapshot, decision }, next: refused('leveraged-decision', detail) };
  }

  const { exits = {} } = decided;
  const unjudged = heldWithoutData(decided.leftOut, taken);
  if (unjudged !== undefined) return { artifacts: { snapshot, decision }, next: unjudged, exits };
  if (decided.leftOut.length > 0) {
    const body = decided.leftOut.map(({ sleeve, symbol, metric, why }) => `${symbol} in sleeve ${sleeve}: ${metric} is ${why}`).join('; ');
    await ports.notifier.notify({ severity: 'ticket', code: 'left-out', subject: `${runId}: candidates without data were left out`, body });
  }
  const force = isForced(policy, decided, taken);
  const proposed = planRun(policy, schedule, taken, decided.targets, force);
  if (proposed.kind === 'refused') return { artifacts: { snapshot, decision }, next: proposed, exits };
  const plan = await writeArtifact(ports.artifacts, {
    kind: 'plan',
    previous: decision,
    band: schedule.band,
    ...(force ? { isForced: true } : {}),
    plan: proposed.plan,
  });
  const review = await writeArtifact(ports.artifacts, {
    kind: 'review',
    previous: plan,
    review: proposed.review,
    stress: proposed.stress,
    remarks: [...proposed.remarks],
  });
  const artifacts = { snapshot, decision, plan, review };
  if (proposed.review.kind === 'denied') {
    const figures = Object.entries(proposed.review.figures).map(([name, figure]) => `${name} ${figure}`);
    return { artifacts, next: refused(proposed.review.code, figures.join(', ')), exits };
  }
  if (proposed.plan.trades.length === 0) {
    const detail = whyNothing(proposed.plan, force);
    return { artifacts, next: { kind: 'nothing-to-trade', detail }, exits };
  }
  const volatilities = new Map(Object.entries(taken.volatilities ?? {}));
  return {
    artifacts,
    trades: proposed.plan.trades,
    next: {
      kind: 'execute',
      execution: startExecution(runId, proposed.plan, session, policy.execution, policy.shareUnit, volatilities, proposed.guard),
    },
  };
}

function whyNothing({ isTriggered }: RebalancePlan, force: boolean): string {
  if (!isTriggered) return 'inside the band';
  return force ? 'a sleeve was to be rebalanced, but every trade was skipped' : 'outside the band, but every trade was skipped';
}
