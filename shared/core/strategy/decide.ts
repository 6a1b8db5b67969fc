// The decision of a strategy on one day of a history: what a run asks, in a Lambda and in a replay.
import type { NewYorkDate } from '../values/time.ts';
import { NO_SOLVERS, type Solvers } from './construction/solvers.ts';
import { driftedFrom } from './drifted.ts';
import { type Evaluation, evaluate, identityOf, type Undefined } from './evaluate.ts';
import type { ExitState } from './exits/exit-memory.ts';
import type { ExitRules } from './exits/exit-rules.ts';
import { liveSessions } from './exits/live-sessions.ts';
import type { History } from './history.ts';
import type { StrategyOptions } from './options.ts';
import type { Quotes, StrategyState } from './state.ts';
import { type Decision, type Guard, guardOf, remembersTurns, takeTurn, UNGUARDED } from './take-turn.ts';
import type { RebalanceRule, Tree } from './tree.ts';
import { limitsTurnover } from './turnover.ts';
import type { TargetWeights } from './weights.ts';

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
  solvers: Solvers = NO_SOLVERS,
): Decision | Undefined {
  const { asOf, session } = day;
  const livedUntil = latestOf(prior);
  if (livedUntil !== undefined && livedUntil > asOf) throw new RangeError(`a state of ${livedUntil} is from after ${asOf}`);
  const identity = exitRules === undefined && !remembersTurns(rule, strategy) ? '' : identityOf(strategy, options);
  return takeTurn(rule, prior, session, {
    identity,
    countsTurnover: limitsTurnover(strategy),
    evaluate: (held) => evaluated(strategy, history, prior, day, options, solvers, held),
    driftedSince: (last) => driftedFrom(last.targets, last.on, history, asOf),
    guard: exitRules === undefined ? UNGUARDED : guardIn(exitRules, rule, identity, prior?.exits, history, day),
  });
}

/** The session that was last lived through: exits go on where the rest waits. */
function latestOf(prior: StrategyState | undefined): NewYorkDate | undefined {
  const exits = prior?.exits?.asOf;
  return exits !== undefined && prior !== undefined && exits > prior.asOf ? exits : prior?.asOf;
}

function guardIn(
  rules: ExitRules,
  rule: RebalanceRule,
  strategy: string,
  prior: ExitState | undefined,
  history: History,
  day: DecisionDay,
): Guard {
  const lived = liveSessions(rules, prior?.strategy === strategy ? prior : undefined, history, day);
  return guardOf(rules, rule, strategy, lived, day.asOf, day.session);
}

/** What is remembered from quotes goes with them: the close of their session will be another price. */
function evaluated(
  strategy: Tree,
  history: History,
  prior: StrategyState | undefined,
  { asOf, quoted }: DecisionDay,
  options: StrategyOptions,
  solvers: Solvers,
  held: TargetWeights | undefined,
): Evaluation | Undefined {
  const evaluation = evaluate(strategy, history, prior, asOf, options, solvers, held);
  if (quoted === undefined || evaluation.kind === 'undefined' || Object.keys(evaluation.state.memories).length === 0) return evaluation;
  return { ...evaluation, state: { ...evaluation.state, quoted } };
}
