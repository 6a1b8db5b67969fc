// Whether a strategy takes its new weights today or holds what it has, by its rebalance rule. The same function in a
// Lambda, in a backtest and in a replay.
import { periodOf } from '../market/period.ts';
import { absolute } from '../values/rounding.ts';
import type { NewYorkDate } from '../values/time.ts';
import type { Ppm } from '../values/weight.ts';
import { driftedFrom } from './drifted.ts';
import { type Evaluation, evaluate, identityOf, type LeftOut, type Undefined } from './evaluate.ts';
import { addTiers } from './exits/add-tiers.ts';
import { applyExits } from './exits/apply-exits.ts';
import type { Exit, ExitState } from './exits/exit-memory.ts';
import type { ExitRules } from './exits/exit-rules.ts';
import { liveSessions } from './exits/live-sessions.ts';
import type { Add } from './exits/tiers.ts';
import type { History } from './history.ts';
import type { StrategyOptions } from './options.ts';
import type { Quotes, Rebalanced, StrategyState } from './state.ts';
import type { RebalanceRule, Tree } from './tree.ts';
import type { Turn } from './turn.ts';
import type { TargetWeights } from './weights.ts';

export interface Decision {
  readonly kind: 'weights';
  readonly turn: Turn;
  readonly targets: TargetWeights;
  readonly leftOut: readonly LeftOut[];
  /** Positions that the targets lack because a protective exit was touched, and this run is to end. */
  readonly exits: readonly Exit[];
  /** What this run adds to positions that gain. */
  readonly adds: readonly Add[];
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
 * it remembers waits for the next look. With a corridor or none it is looked at in every run. Protective exits are
 * looked at in every run whatever the rule is.
 *
 * @param history in the prices that the options name.
 * @param prior what an earlier decision left; `rebalanced` and `exits` of the last that was traded, or had nothing to trade.
 * @throws RangeError for a state from after `asOf`: nothing goes on from what is not known yet.
 */
export function decide(
  strategy: Tree,
  rule: RebalanceRule,
  history: History,
  prior: StrategyState | undefined,
  day: DecisionDay,
  options: StrategyOptions,
  exitRules?: ExitRules,
): Decision | Undefined {
  const { asOf, session } = day;
  const livedUntil = latestOf(prior);
  if (livedUntil !== undefined && livedUntil > asOf) throw new RangeError(`a state of ${livedUntil} is from after ${asOf}`);
  const identity = exitRules === undefined && isEveryRun(rule) ? '' : identityOf(strategy, options);
  const guard = exitRules === undefined ? UNGUARDED : guardOf(exitRules, rule, identity, prior?.exits, history, day);
  if (isEveryRun(rule)) {
    const evaluation = evaluated(strategy, history, prior, day, options);
    if (evaluation.kind === 'undefined') return evaluation;
    return decisionOf('every-run', guard(evaluation.targets, evaluation.targets), evaluation.leftOut, evaluation.state);
  }
  const last = prior?.rebalanced?.strategy === identity ? prior.rebalanced : undefined;
  if (prior !== undefined && last !== undefined && isInPeriodOf(last.on, rule, session)) {
    const held = driftedFrom(last.targets, last.on, history, asOf);
    return held.kind === 'undefined' ? held : holding(guard(undefined, held.targets), [], prior, last, session);
  }

  const evaluation = evaluated(strategy, history, prior, day, options);
  if (evaluation.kind === 'undefined') return evaluation;
  const { branches, leftOut, state } = evaluation;
  const guarded = guard(evaluation.targets, evaluation.targets);
  const { targets } = guarded;
  const rebalance = (turn: Turn): Decision =>
    decisionOf(turn, guarded, leftOut, { ...state, rebalanced: { on: session, targets, branches, strategy: identity } });
  if (last === undefined) return rebalance('first');
  if (rule.kind === 'every') return rebalance('period');
  if (last.branches !== branches) return rebalance('branch');
  const held = driftedFrom(last.targets, last.on, history, asOf);
  if (held.kind === 'undefined') return held;
  const kept = guard(evaluation.targets, held.targets);
  if (rule.kind === 'corridor' && widestGap(kept.targets, targets) > rule.width) return rebalance('corridor');
  return holding(kept, leftOut, state, last, session);
}

/** The session that was last lived through: exits go on where the rest waits. */
function latestOf(prior: StrategyState | undefined): NewYorkDate | undefined {
  const exits = prior?.exits?.asOf;
  return exits !== undefined && prior !== undefined && exits > prior.asOf ? exits : prior?.asOf;
}

interface Guarded {
  readonly targets: TargetWeights;
  readonly exits: readonly Exit[];
  readonly adds: readonly Add[];
  readonly state?: ExitState;
}

/** From what the strategy says, and what is to be held, to what is held with protective exits. */
type Guard = (asked: TargetWeights | undefined, taken: TargetWeights) => Guarded;

const UNGUARDED: Guard = (_, targets) => ({ targets, exits: [], adds: [] });

function guardOf(
  rules: ExitRules,
  rule: RebalanceRule,
  strategy: string,
  prior: ExitState | undefined,
  history: History,
  day: DecisionDay,
): Guard {
  const lived = liveSessions(rules, prior?.strategy === strategy ? prior : undefined, history, day);
  return (asked, taken) => {
    const { exits, ...exited } = applyExits(rules, rule, lived, asked, taken, day.session);
    const { tiers, stopLoss } = rules;
    const { targets, adds, memories } =
      tiers === undefined || stopLoss === undefined
        ? { ...exited, adds: [] }
        : addTiers(tiers, stopLoss, { ...exited, isHeld: taken !== asked }, lived.closeOf);
    return { targets, exits, adds, state: { asOf: day.asOf, strategy, symbols: memories } };
  };
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

/** What was ended does not drift any further, and what was added does: from this session on the sleeve holds what came of it. */
function holding(guarded: Guarded, leftOut: readonly LeftOut[], state: StrategyState, last: Rebalanced, session: NewYorkDate): Decision {
  const { exits, adds, targets } = guarded;
  if (exits.length === 0 && adds.length === 0) return decisionOf('held', guarded, leftOut, { ...state, rebalanced: last });
  return decisionOf(exits.length > 0 ? 'exit' : 'tier', guarded, leftOut, { ...state, rebalanced: { ...last, on: session, targets } });
}

function decisionOf(turn: Turn, guarded: Guarded, leftOut: readonly LeftOut[], { exits: _, ...state }: StrategyState): Decision {
  const { targets, exits, adds, state: exitState } = guarded;
  return {
    kind: 'weights',
    turn,
    targets,
    leftOut,
    exits,
    adds,
    state: { ...state, ...(exitState === undefined ? {} : { exits: exitState }) },
  };
}

/** The most that the weight of any symbol is from its target, in points of weight. */
function widestGap(held: TargetWeights, targets: TargetWeights): Ppm {
  const heldOf = new Map(held.weights.map(({ symbol, weight }) => [symbol, weight]));
  const targetOf = new Map(targets.weights.map(({ symbol, weight }) => [symbol, weight]));
  return [...new Set([...heldOf.keys(), ...targetOf.keys()])]
    .map((symbol) => absolute((heldOf.get(symbol) ?? 0n) - (targetOf.get(symbol) ?? 0n)))
    .reduce((most, gap) => (gap > most ? gap : most), 0n);
}
