// A snapshot evaluated: decision, plan and review as they are stored, and what the run does next. It looks at nothing but its
// arguments, so a run, a preview and a replay years later come to the same bytes.
import { type Artifact, type Snapshot, sealArtifact } from '../contracts/artifacts.ts';
import type { PortfolioPolicy } from '../contracts/portfolio-policy.ts';
import { startExecution } from '../core/execution/start-execution.ts';
import type { ExecutionState } from '../core/execution/state.ts';
import type { Session } from '../core/market/calendar.ts';
import type { Schedule } from '../core/market/schedule.ts';
import type { RebalancePlan, Trade } from '../core/rebalance/plan.ts';
import type { Solvers } from '../core/strategy/construction/solvers.ts';
import type { LeftOut } from '../core/strategy/evaluate.ts';
import type { ContentHash } from '../core/values/identity.ts';
import { formatPercent } from '../core/values/weight.ts';
import { bandOf, decideTargets, heldWithoutData, isForced, planRun } from './decide-run.ts';
import type { ExitsBySleeve } from './notice-of-ended.ts';
import { type Refusal, refused } from './refusals.ts';
import { sleevePrices } from './sleeve-prices.ts';
import { slicesOf } from './slices-of.ts';

export type Next =
  | Refusal
  | { readonly kind: 'nothing-to-trade'; readonly detail: string }
  | { readonly kind: 'execute'; readonly execution: ExecutionState };

export interface SealedDocument {
  readonly hash: ContentHash;
  readonly text: string;
}

export interface Evaluated {
  readonly decision: SealedDocument;
  /** Left out where nothing could be planned; there is a review then neither. */
  readonly plan?: SealedDocument;
  readonly review?: SealedDocument;
  readonly next: Next;
  /** Candidates without data whose share went to others; none where the run is refused for it. */
  readonly leftOut: readonly (LeftOut & { readonly sleeve: string })[];
  /** By sleeve: positions that a protective exit ends; none where nothing was decided. */
  readonly exits: ExitsBySleeve;
  /** Of a plan that is executed. */
  readonly trades: readonly Trade[];
}

/**
 * @param hash of the snapshot, which the decision names.
 * @param solvers absent: what needs one is undefined.
 */
export function evaluateSnapshot(
  hash: ContentHash,
  snapshot: Snapshot,
  policy: PortfolioPolicy,
  schedule: Schedule,
  session: Session,
  solvers?: Solvers,
): Evaluated {
  const decided = decideTargets(policy, (sleeve) => sleevePrices(sleeve, policy, snapshot), snapshot.priorStates, solvers);
  const result = decided.kind === 'weights' ? { ...decided, leftOut: [...decided.leftOut] } : decided;
  const decision = sealArtifact({ kind: 'decision', previous: hash, result });
  const refuse = (next: Refusal): Evaluated => ({ decision, next, leftOut: [], exits: {}, trades: [] });
  if (decided.kind === 'undefined') {
    const { sleeve, symbol, metric, detail } = decided;
    return refuse(refused('undefined-data', `sleeve ${sleeve}: ${metric} of ${symbol} ${detail}`));
  }
  if (decided.kind === 'leveraged') {
    const detail = `sleeve ${decided.sleeve}: its positions are ${formatPercent(decided.gross)} of its capital`;
    return refuse(refused('leveraged-decision', detail));
  }
  const unjudged = heldWithoutData(decided.leftOut, snapshot);
  const { leftOut, exits = {} } = decided;
  if (unjudged !== undefined) return { ...refuse(unjudged), exits };

  const force = isForced(policy, decided, snapshot);
  const planned = planRun(policy, schedule, snapshot, decided.targets, force);
  if (planned.kind === 'refused') return { decision, next: planned, leftOut, exits, trades: [] };
  const forced: Pick<Extract<Artifact, { kind: 'plan' }>, 'isForced'> = force ? { isForced: true } : {};
  const plan = sealArtifact({ kind: 'plan', previous: decision.hash, band: bandOf(policy, schedule), ...forced, plan: planned.plan });
  const { stress, remarks } = planned;
  const review = sealArtifact({ kind: 'review', previous: plan.hash, review: planned.review, stress, remarks: [...remarks] });
  const documents = { decision, plan, review, leftOut, exits, trades: [] };
  if (planned.review.kind === 'denied') {
    const figures = Object.entries(planned.review.figures).map(([name, figure]) => `${name} ${figure}`);
    return { ...documents, next: refused(planned.review.code, figures.join(', ')) };
  }
  if (planned.plan.trades.length === 0)
    return { ...documents, next: { kind: 'nothing-to-trade', detail: whyNothing(planned.plan, force) } };
  const volatilities = new Map(Object.entries(snapshot.volatilities ?? {}));
  const run = { runId: snapshot.runId, accountNumber: snapshot.account.accountNumber };
  const slices = slicesOf(policy, planned.plan, session, snapshot);
  const execution = startExecution(run, planned.plan, session, policy.execution, policy.shareUnit, volatilities, planned.guard, slices);
  return { ...documents, trades: planned.plan.trades, next: { kind: 'execute', execution } };
}

function whyNothing({ isTriggered }: RebalancePlan, force: boolean): string {
  if (!isTriggered) return 'inside the band';
  return force ? 'a sleeve was to be rebalanced, but every trade was skipped' : 'outside the band, but every trade was skipped';
}
