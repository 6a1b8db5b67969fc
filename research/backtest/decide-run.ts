// The decisions of all sleeves in one run, or why the run is refused: what decideTargets does in a real one, and what the
// workflow asks after it.
import type { Sleeve } from '../../shared/contracts/portfolio-policy.ts';
import { scaledWithin } from '../../shared/core/strategy/blend.ts';
import type { LeftOut } from '../../shared/core/strategy/evaluate.ts';
import type { Exit } from '../../shared/core/strategy/exits/exit-memory.ts';
import type { Add } from '../../shared/core/strategy/exits/tiers.ts';
import type { StrategyState } from '../../shared/core/strategy/state.ts';
import { isHolding, type Turn } from '../../shared/core/strategy/turn.ts';
import { grossOf } from '../../shared/core/strategy/weights.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { formatPercent, WHOLE } from '../../shared/core/values/weight.ts';
import type { RefusedRun } from './backtest-result.ts';
import type { SleeveDecisions } from './sleeve-decisions.ts';
import type { DecidedSleeve } from './target-columns.ts';

export interface OpenSleeve {
  readonly sleeve: Sleeve;
  /** How many days before the session that is traded the prices end that decide. */
  readonly lag: 0 | 1;
  readonly decisions: SleeveDecisions;
}

export type DecidedRun =
  | {
      readonly kind: 'decided';
      readonly sleeves: readonly (DecidedSleeve & {
        readonly name: string;
        readonly turn: Turn;
        readonly exits: readonly Exit[];
        readonly adds: readonly Add[];
      })[];
      readonly states: ReadonlyMap<string, StrategyState>;
    }
  | { readonly kind: 'refused'; readonly run: RefusedRun };

/** @param day of the table, the session that is traded. */
export function decideRun(
  sleeves: readonly OpenSleeve[],
  prior: ReadonlyMap<string, StrategyState>,
  day: number,
  session: NewYorkDate,
  isHeld: (symbol: string) => boolean,
): DecidedRun {
  const decided: Extract<DecidedRun, { kind: 'decided' }>['sleeves'][number][] = [];
  const states = new Map<string, StrategyState>();
  const refused = (code: RefusedRun['code'], detail: string): DecidedRun => ({ kind: 'refused', run: { date: session, code, detail } });
  for (const { sleeve, lag, decisions } of sleeves) {
    const { name, capital } = sleeve;
    const decision = decisions.decide(prior.get(name), day - lag, session);
    if (decision.kind === 'undefined')
      return refused('undefined-data', `${name}: ${decision.metric} of ${decision.symbol} ${decision.detail}`);
    const { turn, exits, adds, leftOut, state, exact } = decision;
    // A short position that is held may have risen: then all is made smaller, as nobody decided to borrow.
    const targets = isHolding(turn) ? scaledWithin(decision.targets, WHOLE) : decision.targets;
    const gross = grossOf(targets);
    if (gross > WHOLE) return refused('leveraged-decision', `${name}: its positions are ${formatPercent(gross)} of its capital`);
    // Leaving out a candidate gives its share to others. Of what is held, that would be a sale for want of data.
    const isOfHeld = ({ dataOf }: LeftOut): boolean => dataOf !== null && isHeld(dataOf);
    const unseen = leftOut.some(isOfHeld) ? decisions.leftOutOn(day - lag).find(isOfHeld) : undefined;
    if (unseen !== undefined)
      return refused('undefined-data', `${name}: ${unseen.dataOf} is held, and ${unseen.metric} of ${unseen.symbol} is ${unseen.why}`);
    decided.push({ name, capital, targets, turn, exits, adds, ...(exact === undefined ? {} : { exact }) });
    states.set(name, state);
  }
  return { kind: 'decided', sleeves: decided, states };
}
