// Whether a strategy takes its new weights or holds what it has, given what it says and what it held. The one place of this
// decision: a run reads a day out of its history, a backtest out of its columns, and both come here.
import { firstOfPeriod } from '../market/period.ts';
import { absolute } from '../values/rounding.ts';
import type { NewYorkDate } from '../values/time.ts';
import type { Ppm } from '../values/weight.ts';
import type { Drifted } from './drifted.ts';
import type { Evaluation, LeftOut, Undefined } from './evaluate.ts';
import { addTiers } from './exits/add-tiers.ts';
import { applyExits } from './exits/apply-exits.ts';
import type { Exit, ExitState } from './exits/exit-memory.ts';
import type { ExitRules } from './exits/exit-rules.ts';
import type { LivedSessions } from './exits/live-sessions.ts';
import type { Add } from './exits/tiers.ts';
import type { Rebalanced, StrategyState } from './state.ts';
import type { RebalanceRule, Tree } from './tree.ts';
import type { Turn } from './turn.ts';
import { limitsTurnover } from './turnover.ts';
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

/** A strategy on the day that is decided on. Each is asked only where the rule needs it. */
export interface DayView {
  /** Which strategy this is; never asked of one that takes its new weights in every run, counts no turnover and has no exits. */
  readonly identity: string;
  /** Whether it counts what it exchanges from what it holds: then its last weights are kept whatever the rule is. */
  readonly countsTurnover: boolean;
  /** What the strategy says; of one that counts what it exchanges, given what it holds, where it holds anything. */
  evaluate(held: TargetWeights | undefined): Evaluation | Undefined;
  /** Where the weights of the last rebalance have drifted to. */
  driftedSince(last: Rebalanced): Drifted;
  readonly guard: Guard;
}

interface Guarded {
  readonly targets: TargetWeights;
  readonly exits: readonly Exit[];
  readonly adds: readonly Add[];
  readonly state?: ExitState;
}

/** From what the strategy says, and what is to be held, to what is held with protective exits. */
export type Guard = (asked: TargetWeights | undefined, taken: TargetWeights) => Guarded;

export const UNGUARDED: Guard = (_, targets) => ({ targets, exits: [], adds: [] });

/** @param session the one that is traded. */
export function takeTurn(
  rule: RebalanceRule,
  prior: StrategyState | undefined,
  session: NewYorkDate,
  { identity, countsTurnover, evaluate, driftedSince, guard }: DayView,
): Decision | Undefined {
  const last = prior?.rebalanced?.strategy === identity ? prior.rebalanced : undefined;
  const evaluateFromHeld = (): Evaluation | Undefined => {
    if (!countsTurnover || last === undefined) return evaluate(undefined);
    const held = driftedSince(last);
    return held.kind === 'undefined' ? held : evaluate(held.targets);
  };
  if (isEveryRun(rule)) {
    const evaluation = evaluateFromHeld();
    if (evaluation.kind === 'undefined') return evaluation;
    const { targets, branches, leftOut, state } = evaluation;
    const guarded = guard(targets, targets);
    const taken = { on: session, targets: guarded.targets, branches, strategy: identity };
    return decisionOf('every-run', guarded, leftOut, countsTurnover ? { ...state, rebalanced: taken } : state);
  }
  if (prior !== undefined && last !== undefined && isInPeriodOf(last.on, rule, session)) {
    const held = driftedSince(last);
    return held.kind === 'undefined' ? held : holding(guard(undefined, held.targets), [], prior, last, session);
  }

  const evaluation = evaluateFromHeld();
  if (evaluation.kind === 'undefined') return evaluation;
  const { branches, leftOut, state } = evaluation;
  const guarded = guard(evaluation.targets, evaluation.targets);
  const { targets } = guarded;
  const rebalance = (turn: Turn): Decision =>
    decisionOf(turn, guarded, leftOut, { ...state, rebalanced: { on: session, targets, branches, strategy: identity } });
  if (last === undefined) return rebalance('first');
  if (rule.kind === 'every') return rebalance('period');
  if (last.branches !== branches) return rebalance('branch');
  const held = driftedSince(last);
  if (held.kind === 'undefined') return held;
  const kept = guard(evaluation.targets, held.targets);
  if (rule.kind === 'corridor' && widestGap(kept.targets, targets) > rule.width) return rebalance('corridor');
  return holding(kept, leftOut, state, last, session);
}

/** @param strategy its identity, under which the exits remember. */
export function guardOf(
  rules: ExitRules,
  rule: RebalanceRule,
  strategy: string,
  lived: LivedSessions,
  asOf: NewYorkDate,
  session: NewYorkDate,
): Guard {
  return (asked, taken) => {
    const { exits, ...exited } = applyExits(rules, rule, lived, asked, taken, session);
    const { tiers, stopLoss } = rules;
    const { targets, adds, memories } =
      tiers === undefined || stopLoss === undefined
        ? { ...exited, adds: [] }
        : addTiers(tiers, stopLoss, { ...exited, isHeld: taken !== asked }, lived.closeOf);
    return { targets, exits, adds, state: { asOf, strategy, symbols: memories } };
  };
}

/** Whether the new weights are taken in every run, so that nothing depends on when they were taken last. */
function isEveryRun(rule: RebalanceRule): boolean {
  return rule.kind === 'every' && rule.every === 'day';
}

/** Whether its next decision depends on when it took its weights last, and on which. */
export function remembersTurns(rule: RebalanceRule, strategy: Tree): boolean {
  return !isEveryRun(rule) || limitsTurnover(strategy);
}

/** A run that was missed is made up for: what counts is that the period has not been rebalanced in yet. */
export function isInPeriodOf(last: NewYorkDate, rule: RebalanceRule, session: NewYorkDate): boolean {
  return rule.kind === 'every' && rule.every !== 'day' && last >= firstOfPeriod(rule.every, session);
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
