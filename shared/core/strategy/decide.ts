// Whether a strategy takes its new weights today or holds what it has, by its rebalance rule. The same function in a
// Lambda, in a backtest and in a replay.
import { periodOf } from '../market/period.ts';
import { absolute } from '../values/rounding.ts';
import type { NewYorkDate } from '../values/time.ts';
import type { Ppm } from '../values/weight.ts';
import { driftedFrom } from './drifted.ts';
import { type Evaluation, evaluate, identityOf, type LeftOut, type Undefined } from './evaluate.ts';
import type { History } from './history.ts';
import type { StrategyOptions } from './options.ts';
import type { Quotes, StrategyState } from './state.ts';
import type { RebalanceRule, Tree } from './tree.ts';
import type { Turn } from './turn.ts';
import type { TargetWeights } from './weights.ts';

export interface Decision {
  readonly kind: 'weights';
  readonly turn: Turn;
  readonly targets: TargetWeights;
  readonly leftOut: readonly LeftOut[];
  readonly state: StrategyState;
}

/** When a decision is made. */
export interface DecisionDay {
  /** The last session whose prices are known. */
  readonly asOf: NewYorkDate;
  /** The session in which it is traded: `asOf` itself on live quotes, else the one after it. */
  readonly session: NewYorkDate;
  /** Of live quotes, what stood for the closes of `asOf`. */
  readonly quoted?: Quotes;
}

/**
 * Between the runs of a period the strategy is not even looked at, so that nothing undefined in it stops the others; what
 * it remembers waits for the next look. With a corridor or none it is looked at in every run.
 *
 * @param history in the prices that the options name.
 * @param prior what an earlier decision left; its `rebalanced` only if that decision was traded, or had nothing to trade.
 * @throws RangeError for a state from after `asOf`: nothing goes on from what is not known yet.
 */
export function decide(
  strategy: Tree,
  rule: RebalanceRule,
  history: History,
  prior: StrategyState | undefined,
  day: DecisionDay,
  options: StrategyOptions,
): Decision | Undefined {
  const { asOf, session } = day;
  if (prior !== undefined && prior.asOf > asOf) throw new RangeError(`a state of ${prior.asOf} is from after ${asOf}`);
  if (isEveryRun(rule)) {
    const evaluation = evaluated(strategy, history, prior, day, options);
    return evaluation.kind === 'undefined' ? evaluation : decisionOf(evaluation, 'every-run', evaluation.state);
  }
  const identity = identityOf(strategy, options);
  const last = prior?.rebalanced?.strategy === identity ? prior.rebalanced : undefined;
  if (prior !== undefined && last !== undefined && isInPeriodOf(last.on, rule, session)) {
    const held = driftedFrom(last.targets, last.on, history, asOf);
    return held.kind === 'undefined' ? held : { kind: 'weights', turn: 'held', targets: held.targets, leftOut: [], state: prior };
  }

  const evaluation = evaluated(strategy, history, prior, day, options);
  if (evaluation.kind === 'undefined') return evaluation;
  const { targets, branches, state } = evaluation;
  const rebalance = (turn: Turn): Decision =>
    decisionOf(evaluation, turn, { ...state, rebalanced: { on: session, targets, branches, strategy: identity } });
  if (last === undefined) return rebalance('first');
  if (rule.kind === 'every') return rebalance('period');
  if (last.branches !== branches) return rebalance('branch');
  const held = driftedFrom(last.targets, last.on, history, asOf);
  if (held.kind === 'undefined') return held;
  if (rule.kind === 'corridor' && widestGap(held.targets, targets) > rule.width) return rebalance('corridor');
  return { ...decisionOf(evaluation, 'held', { ...state, rebalanced: last }), targets: held.targets };
}

/** What is remembered from quotes goes with them: the close of their session will be another price. */
function evaluated(
  strategy: Tree,
  history: History,
  prior: StrategyState | undefined,
  { asOf, quoted }: DecisionDay,
  options: StrategyOptions,
): Evaluation | Undefined {
  const evaluation = evaluate(strategy, history, prior, asOf, options);
  if (quoted === undefined || evaluation.kind === 'undefined' || Object.keys(evaluation.state.memories).length === 0) return evaluation;
  return { ...evaluation, state: { ...evaluation.state, quoted } };
}

/** Whether the new weights are taken in every run, so that nothing depends on when they were taken last. */
export function isEveryRun(rule: RebalanceRule): boolean {
  return rule.kind === 'every' && rule.every === 'day';
}

/** A run that was missed is made up for: what counts is that the period has not been rebalanced in yet. */
function isInPeriodOf(last: NewYorkDate, rule: RebalanceRule, session: NewYorkDate): boolean {
  return rule.kind === 'every' && rule.every !== 'day' && last >= periodOf(rule.every, session).first;
}

function decisionOf({ targets, leftOut }: Evaluation, turn: Turn, state: StrategyState): Decision {
  return { kind: 'weights', turn, targets, leftOut, state };
}

/** The most that the weight of any symbol is from its target, in points of weight. */
function widestGap(held: TargetWeights, targets: TargetWeights): Ppm {
  const heldOf = new Map(held.weights.map(({ symbol, weight }) => [symbol, weight]));
  const targetOf = new Map(targets.weights.map(({ symbol, weight }) => [symbol, weight]));
  return [...new Set([...heldOf.keys(), ...targetOf.keys()])]
    .map((symbol) => absolute((heldOf.get(symbol) ?? 0n) - (targetOf.get(symbol) ?? 0n)))
    .reduce((most, gap) => (gap > most ? gap : most), 0n);
}
