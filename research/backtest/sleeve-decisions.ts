// The decisions of one sleeve on the days of a table: the evaluator, the rebalance rule and the exits of a run, opened once
// for the whole history. A property holds it to `decide`, day by day.

import { quadraticSolver } from '../../shared/adapters/solvers/quadratic-solver.ts';
import type { Sleeve } from '../../shared/contracts/portfolio-policy.ts';
import { driftedBy } from '../../shared/core/strategy/drifted.ts';
import { answerOn, type Evaluation, type LeftOut, type Undefined } from '../../shared/core/strategy/evaluate.ts';
import { identityOfProgram } from '../../shared/core/strategy/evaluator/branches.ts';
import { type Evaluator, evaluatorOf } from '../../shared/core/strategy/evaluator/evaluator.ts';
import type { Grid, PlacedBars } from '../../shared/core/strategy/evaluator/grid.ts';
import { measure } from '../../shared/core/strategy/evaluator/measure.ts';
import { compile } from '../../shared/core/strategy/evaluator/program.ts';
import { type Close, liveCloses, type SeenCloses } from '../../shared/core/strategy/exits/live-sessions.ts';
import type { StrategyState } from '../../shared/core/strategy/state.ts';
import { type Decision, guardOf, remembersTurns, takeTurn, UNGUARDED } from '../../shared/core/strategy/take-turn.ts';
import { isHolding } from '../../shared/core/strategy/turn.ts';
import { heldOf, limitsTurnover } from '../../shared/core/strategy/turnover.ts';
import type { TargetWeights } from '../../shared/core/strategy/weights.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { Market } from './market.ts';

export interface SleeveDecision extends Decision {
  /** The strategy's own floats behind the targets, where it takes new weights. */
  readonly exact?: ReadonlyMap<string, number>;
}

export interface SleeveDecisions {
  /**
   * What it names as left out may be more than a run would see: groups that it tells apart by when they will have a value.
   * Nothing else in a decision depends on later days.
   *
   * @param prior what an earlier decision left, as a run keeps it.
   * @param day of the table, the last whose prices are known.
   * @param session the one that is traded.
   */
  decide(prior: StrategyState | undefined, day: number, session: NewYorkDate): SleeveDecision | Undefined;
  /** Exactly what a run would see left out, from prices that end with the day. Opens them anew: ask where it matters. */
  leftOutOn(day: number): readonly LeftOut[];
}

/** Where the decisions of a sleeve come from. */
export type DecisionsOf = (sleeve: Sleeve, market: Market) => SleeveDecisions;

export type DecidingSleeve = Pick<Sleeve, 'strategy' | 'rebalance' | 'options' | 'exits'>;

export function sleeveDecisions({ strategy, rebalance, options, exits }: DecidingSleeve, { table, grid: gridIn }: Market): SleeveDecisions {
  const grid = gridIn(options.prices);
  const program = compile(strategy, options);
  const evaluator = evaluatorOf(program, grid, measure, undefined, quadraticSolver);
  const countsTurnover = limitsTurnover(strategy);
  const identity = exits === undefined && !remembersTurns(rebalance, strategy) ? '' : identityOfProgram(program);

  const decide: SleeveDecisions['decide'] = (prior, day, session) => {
    const asOf = table.dates[day] as NewYorkDate;
    let exact: ReadonlyMap<string, number> | undefined;
    const evaluate = (held: TargetWeights | undefined): Evaluation | Undefined => {
      const deciding = held === undefined ? evaluator : evaluator.holding(heldOf(held));
      // By the calendar, or in every run, nobody compares which way it went.
      const answer = answerOn(strategy, day, asOf, deciding, rebalance.kind !== 'every');
      if (answer.kind === 'undefined') return answer;
      const { bySymbol, memories, ...answered } = answer;
      exact = bySymbol;
      return { ...answered, state: { anchor: table.anchor, asOf, memories } };
    };
    const closes = seenUntil(asOf, evaluator);
    const known = prior?.exits?.strategy === identity ? prior.exits : undefined;
    const decision = takeTurn(rebalance, prior, session, {
      identity,
      countsTurnover,
      evaluate,
      driftedSince: ({ targets, on }) =>
        driftedBy(targets, on, asOf, (symbol) => {
          const placed = grid.placed(symbol);
          return { before: placed.closes[lastUntil(on, placed)], now: closeOn(asOf, placed) };
        }),
      guard:
        exits === undefined ? UNGUARDED : guardOf(exits, rebalance, identity, liveCloses(exits, known, closes, { asOf }), asOf, session),
    });
    // What is added in tiers has no floats behind it.
    if (decision.kind === 'undefined' || exact === undefined || isHolding(decision.turn) || exits?.tiers !== undefined) return decision;
    return { ...decision, exact };
  };
  return {
    decide,
    leftOutOn(day) {
      const known = evaluatorOf(program, gridUntil(grid, day), measure, undefined, quadraticSolver);
      const answer = answerOn(strategy, day, table.dates[day] as NewYorkDate, known);
      return answer.kind === 'undefined' ? [] : answer.leftOut;
    },
  };
}

/** The same grid as it was known at the end of a day. */
function gridUntil({ dates, placed }: Grid, day: number): Grid {
  const asOf = dates[day] as NewYorkDate;
  return {
    dates: dates.slice(0, day + 1),
    placed(symbol) {
      const all = placed(symbol);
      const bars = lastUntil(asOf, all) + 1;
      const fields = Object.entries(all.fields).map(([name, values]) => [name, values.subarray(0, bars)]);
      return {
        dates: all.dates.slice(0, bars),
        days: all.days.subarray(0, bars),
        closes: all.closes.subarray(0, bars),
        fields: Object.fromEntries(fields),
      };
    },
  };
}

/** Closes of the days that are decided on; a close that is not a price neither ends nor counts. */
function seenUntil(asOf: NewYorkDate, { grid }: Evaluator): SeenCloses {
  const between = (first: number, placed: PlacedBars): Close[] => {
    const seen: Close[] = [];
    const last = lastUntil(asOf, placed);
    for (let bar = Math.max(first, 0); bar <= last; bar += 1) {
      const close = placed.closes[bar] as number;
      if ((placed.days[bar] as number) >= 0 && close > 0) seen.push({ on: placed.dates[bar] as NewYorkDate, close });
    }
    return seen;
  };
  return {
    since(symbol, first) {
      const placed = grid.placed(symbol);
      const before = lastUntil(first, placed);
      return between(placed.dates[before] === first ? before : before + 1, placed);
    },
    latest(symbol) {
      const placed = grid.placed(symbol);
      let first = lastUntil(asOf, placed);
      // Back to two that count, or to the beginning.
      for (let found = 0; first > 0 && found < 2; first -= 1)
        if ((placed.days[first] as number) >= 0 && (placed.closes[first] as number) > 0) found += 1;
      return between(first, placed);
    },
  };
}

function closeOn(date: NewYorkDate, placed: PlacedBars): number | undefined {
  const bar = lastUntil(date, placed);
  return placed.dates[bar] === date ? placed.closes[bar] : undefined;
}

/** The place of the last bar up to a date; −1 for none. */
function lastUntil(date: NewYorkDate, { dates }: PlacedBars): number {
  let [from, to] = [0, dates.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((dates[middle] as NewYorkDate) <= date) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}
