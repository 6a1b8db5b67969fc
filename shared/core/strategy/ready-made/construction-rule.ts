// What all constructions do alike: look back over a window, ask for weights, and say in words where there are none.
//
// Assets are always taken in ascending order of their symbols, so that the order of the file decides nothing, to the last bit.
import type { Constructed, Unsolved } from '../construction/constructed.ts';
import type { Limit, Limits } from '../construction/limits.ts';
import type { Matrix } from '../construction/matrix.ts';
import { riskContributions } from '../construction/risk-contributions.ts';
import type { Solvers } from '../construction/solvers.ts';
import { isDefined } from '../evaluator/defined.ts';
import { percent } from './construction-parameters.ts';
import { type GivenLimit, isStrategyName } from './given.ts';
import type { Division, Held, PastValues, Rule } from './ready-made.ts';

const PARTS_PER_ONE = 1_000_000;
/** Percent of a day. */
const EARNED = { name: 'cumulative-return', window: 1 } as const;

/** What a construction is made of: daily returns, one column an asset, and what the weights must keep. */
export interface Measurement {
  readonly returns: readonly Float64Array[];
  readonly symbols: readonly string[];
  readonly limits: Limits;
  readonly solvers: Solvers;
}

interface Asked {
  readonly of: readonly string[];
  readonly window: number;
  readonly least?: number;
  readonly most?: number;
  readonly limits?: readonly GivenLimit[];
  readonly turnover?: number;
}

/**
 * @param covarianceOf of the returns, in whose terms each weight's part of the risk is told.
 */
export function construction(
  { of, window, least = 0, most = 1, limits = [], turnover = 1 }: Asked,
  covarianceOf: (returns: readonly Float64Array[]) => Matrix,
  construct: (covariance: Matrix, measurement: Measurement) => Constructed,
): Rule {
  const symbols = [...of].sort();
  const bounds = [
    ...symbols.map((_, place): Limit => ({ places: [place], least, most })),
    ...limits.map((limit) => placed(limit, symbols)),
  ];
  return {
    holds: symbols,
    // A strategy has no price, only what it earns.
    looksAt: symbols.map((symbol) => ({ symbol, metric: isStrategyName(symbol) ? EARNED : { name: 'current-price' } })),
    // A return has a close on either side.
    sessionsToSettle: window,
    past: window + 1,
    divide(_memory, _values, past): Division {
      if (past === undefined) throw new Error('a construction looks back, and was given no past');
      const returns = returnsOf(past, window, symbols);
      if (returns.kind === 'undefined') return { ...returns, ...missing(symbols[returns.because], window, past, returns.because) };
      const because = returns.columns.findIndex((column) => column.every((each) => each === column[0]));
      if (because !== -1) return { kind: 'undefined', because, why: whyNot({ kind: 'flat', place: because }, symbols) };
      const covariance = covarianceOf(returns.columns);
      const kept = { limits: bounds, ...moving(turnover, symbols, past.held) };
      const found = construct(covariance, { returns: returns.columns, symbols, limits: kept, solvers: past.solvers });
      if (found.kind !== 'weights')
        return { kind: 'undefined', because: 0, why: whyNot(found, symbols, kept.turnover === undefined ? 1 : turnover) };
      return { kind: 'parts', parts: [...found.weights], leftOut: [], risks: [...riskContributions(covariance, found.weights)] };
    },
  };
}

/**
 * Where nothing is held yet, everything has to be bought; and what lies in cash, such as after an exit, has to be invested beside
 * what is exchanged.
 */
function moving(most: number, symbols: readonly string[], held: Held | undefined): Pick<Limits, 'turnover'> {
  if (most >= 1 || held === undefined) return {};
  const weights = Float64Array.from(symbols, (symbol) => held.get(symbol) ?? 0);
  const inCash = Math.max(0, 1 - weights.reduce((sum, weight) => sum + weight, 0));
  return { turnover: { held: weights, most: most + inCash / 2 } };
}

function placed({ of, least, most }: GivenLimit, symbols: readonly string[]): Limit {
  return { places: of.map((symbol) => symbols.indexOf(symbol)), least: least / PARTS_PER_ONE, most: most / PARTS_PER_ONE };
}

type Returns =
  | { readonly kind: 'returns'; readonly columns: readonly Float64Array[] }
  | { readonly kind: 'undefined'; readonly because: number };

/** A hole in one column would make the others' days count differently: without all closes there is no answer. */
function returnsOf({ columns }: PastValues, window: number, symbols: readonly string[]): Returns {
  const isEarned = (place: number): boolean => isStrategyName(symbols[place] ?? '');
  // What a strategy earned on the first day of these is nobody's return of the window.
  const isWhole = (values: Float64Array, place: number): boolean =>
    values.length === window + 1 && values.subarray(isEarned(place) ? 1 : 0).every(isDefined);
  const because = columns.findIndex((values, place) => !isWhole(values, place));
  if (because !== -1) return { kind: 'undefined', because };
  const returned = (values: Float64Array, place: number): Float64Array =>
    isEarned(place)
      ? values.slice(1).map((percent) => percent / 100)
      : values.slice(1).map((close, day) => close / (values[day] as number) - 1);
  return { kind: 'returns', columns: columns.map(returned) };
}

/** A close of today that is missing tells itself; one before it has to be told. */
function missing(symbol: string | undefined, window: number, { columns }: PastValues, place: number): { readonly why?: string } {
  if (!isDefined(columns[place]?.at(-1))) return {};
  const what = symbol !== undefined && isStrategyName(symbol) ? 'a return' : 'a close';
  return { why: `${symbol} lacks ${what} among the last ${window + 1} sessions` };
}

/** @param turnover what may be exchanged; 1 where that is no limit. */
function whyNot(found: Unsolved, symbols: readonly string[], turnover = 1): string {
  switch (found.kind) {
    case 'flat':
      return `${symbols[found.place]} did not move over the window`;
    case 'singular':
      return 'the covariance is singular: some symbols are sums of others, or the window is too short; shrinkage helps';
    case 'infeasible':
      return turnover >= 1
        ? 'no weights keep all of its limits'
        : `no weights keep all of its limits within a turnover of ${percent(turnover)} from what is held`;
    case 'no-excess-return':
      return 'nothing that its limits allow earned more than the rate';
    case 'not-converged':
      return 'the weights did not converge: some symbols cancel each other';
    case 'no-solver':
      return 'this program was built without the solver that it needs';
  }
}
