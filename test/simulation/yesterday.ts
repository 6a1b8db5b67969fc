// What the session before left behind, on some days: its sleeve was rebalanced then, and went the same way as today or
// another; or it was to be, and the run was refused.
import { type Decision, sealArtifact } from '../../shared/contracts/artifacts.ts';
import type { PortfolioPolicy, Sleeve } from '../../shared/contracts/portfolio-policy.ts';
import type { Ending, RunRecord } from '../../shared/contracts/run-record.ts';
import { evaluate, identityOf } from '../../shared/core/strategy/evaluate.ts';
import type { StrategyState } from '../../shared/core/strategy/state.ts';
import type { RebalanceRule, Tree } from '../../shared/core/strategy/tree.ts';
import type { Turn } from '../../shared/core/strategy/turn.ts';
import { collectWeights, type TargetWeights } from '../../shared/core/strategy/weights.ts';
import { MINUTE_MS, type NewYorkDate } from '../../shared/core/values/time.ts';
import { percent } from '../../shared/core/values/weight.ts';
import { EVERY_RUN } from '../builders/strategy.ts';
import type { Chance } from './chance.ts';
import type { DayStores } from './day-ports.ts';

const ON = '2026-11-19';
export const AS_OF: NewYorkDate = '2026-11-18';
/** 15:35 in New York. */
const AT = Date.UTC(2026, 10, 19, 20, 35);

export interface Yesterday {
  readonly rule: RebalanceRule;
  /** What the sleeve was brought to. */
  readonly targets: TargetWeights;
  readonly hasOtherBranches: boolean;
  readonly wasRefused: boolean;
  /** Whether the account holds about that. */
  readonly isFollowed: boolean;
  /** What today's decision must be. */
  readonly expected: Turn;
}

/**
 * Of fixed weights: what was taken yesterday is up to a point off, so that today's drift lies inside the band. Of nothing at
 * all there is no yesterday.
 */
export function drawYesterday({ sleeves }: Pick<PortfolioPolicy, 'sleeves'>, chance: Chance): Yesterday | undefined {
  const weights = weightsOf(sleeves[0]?.strategy);
  if (!chance.happens(0.4) || [...weights.values()].every((weight) => weight === 0n)) return undefined;
  const rule = chance.pick<RebalanceRule>([
    { kind: 'none' },
    { kind: 'corridor', width: percent('5%') },
    { kind: 'every', every: 'month' },
  ]);
  const [from, to] = [...weights.keys()];
  const moved = BigInt(chance.between(0, 10_000));
  const drifted = [...weights].map(([symbol, weight]) => ({
    symbol,
    weight: symbol === from ? weight - moved : symbol === to ? weight + moved : weight,
  }));
  const hasOtherBranches = chance.happens(0.5);
  const wasRefused = chance.happens(0.2);
  const isFollowed = chance.happens(0.6);
  const expected = wasRefused ? 'first' : hasOtherBranches && rule.kind !== 'every' ? 'branch' : 'held';
  return { rule, targets: collectWeights(drifted), hasOtherBranches, wasRefused, isFollowed, expected };
}

function weightsOf(strategy: Tree | undefined): ReadonlyMap<string, bigint> {
  const children = strategy?.kind === 'specified' ? strategy.children : [];
  return new Map(children.flatMap(({ weight, child }) => (child.kind === 'asset' ? [[child.symbol, weight] as const] : [])));
}

export function ruleOf(yesterday: Yesterday | undefined): RebalanceRule {
  return yesterday?.rule ?? EVERY_RUN;
}

export async function storeYesterday(
  { targets, hasOtherBranches, wasRefused }: Yesterday,
  portfolio: string,
  { name, strategy, options }: Sleeve,
  stores: DayStores,
): Promise<void> {
  const evaluation = evaluate(strategy, { anchor: AS_OF, columns: [] }, undefined, AS_OF, options);
  if (evaluation.kind === 'undefined') throw new Error('fixed weights need no closes');
  const branches = hasOtherBranches ? 'another way' : evaluation.branches;
  const rebalanced = { on: ON, targets, branches, strategy: identityOf(strategy, options) } as const;
  const states: Readonly<Record<string, StrategyState>> = { [name]: { anchor: AS_OF, asOf: AS_OF, memories: {}, rebalanced } };
  const ending = wasRefused
    ? ({ kind: 'refused', code: 'account-blocked', detail: 'simulated' } as const)
    : ({ kind: 'nothing-to-trade', detail: 'simulated' } as const);
  await storeRunBefore(portfolio, { targets, states }, ending, stores);
}

/** The run of the session before, as far as the next one looks at it. */
export async function storeRunBefore(
  portfolio: string,
  decided: { readonly targets: TargetWeights; readonly states: Readonly<Record<string, StrategyState>> },
  ending: Omit<Ending, 'at'>,
  { runs, artifacts }: DayStores,
): Promise<void> {
  const decision: Decision = { kind: 'decision', previous: '0'.repeat(64), result: { kind: 'weights', leftOut: [], ...decided } };
  const { hash, text } = sealArtifact(decision);
  await artifacts.put(hash, text);
  const record: RunRecord = {
    schemaVersion: 1,
    runId: `${portfolio}/${ON}/daily`,
    version: 1,
    portfolio,
    schedule: 'daily',
    session: ON,
    scheduledTime: AT,
    claimedAt: AT,
    updatedAt: AT + MINUTE_MS,
    artifacts: { decision: hash },
    phase: { kind: 'ended', ending: { ...ending, at: AT } },
  };
  await runs.claim(record);
}
