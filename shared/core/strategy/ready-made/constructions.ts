// Portfolio construction as ready-made strategies: weights from how the returns of a window go together. What each does is in
// construction/; here is what they look at, what their owner may say, and in which words they have no answer.
//
// Assets are always taken in ascending order of their symbols, so that the order of the file decides nothing, to the last bit.
import type { Constructed, Unsolved } from '../construction/constructed.ts';
import { equalRisk } from '../construction/equal-risk.ts';
import { hierarchicalRiskParity } from '../construction/hierarchical-risk-parity.ts';
import { shrunkToConstantCorrelation, shrunkToIdentity } from '../construction/ledoit-wolf.ts';
import type { Limit, Limits } from '../construction/limits.ts';
import type { Matrix } from '../construction/matrix.ts';
import { maximumDiversification, maximumSharpe } from '../construction/maximum-ratio.ts';
import { minimumVariance } from '../construction/minimum-variance.ts';
import { riskContributions } from '../construction/risk-contributions.ts';
import { sampleCovariance } from '../construction/sample-covariance.ts';
import type { Solvers } from '../construction/solvers.ts';
import { isDefined } from '../evaluator/defined.ts';
import type { GivenLimit } from './given.ts';
import { type Contradiction, type Division, type ParameterSet, type PastValues, type Rule, readyMade, type Values } from './ready-made.ts';

const DAYS_A_YEAR = 252;
const PARTS_PER_ONE = 1_000_000;

const ESTIMATED = {
  of: { kind: 'symbols', about: 'what is held', least: 2, example: ['SPY', 'EFA', 'TLT', 'GLD'] },
  window: { kind: 'count', about: 'daily returns that the covariance is measured over', least: 2, most: 5_000, usual: 252 },
  shrinkage: {
    kind: 'choice',
    about: 'what the covariance is drawn towards: one correlation for all, the identity, or nothing',
    choices: ['ledoit-wolf', 'ledoit-wolf-identity', 'none'],
  },
} as const satisfies ParameterSet;

const BOUNDED = {
  ...ESTIMATED,
  least: { kind: 'share', about: 'of the capital, the least that each symbol gets', least: 0, most: 1_000_000, usual: 0 },
  most: { kind: 'share', about: 'of the capital, the most that each symbol gets', least: 1, most: 1_000_000, usual: 1_000_000 },
  limits: { kind: 'limits', about: 'what some symbols together may get, as `[{ of: [TLT, GLD], least: 10%, most: 40% }]`' },
} as const satisfies ParameterSet;

export const riskParity = readyMade({
  name: 'risk-parity',
  about:
    'Holds a list so that every symbol brings the same part of the variance: the calmer, and the less it goes with the others, the more.',
  source: 'Maillard, Roncalli and Teiletche (2010); Spinu (2013) and Griveau-Billion, Richard and Roncalli (2013) for the solution',
  rhythm: 'month',
  parameters: ESTIMATED,
  contradictions: (given) => tooFewDays(given),
  open: (given) => construction(given, ({ covariance }) => equalRisk(covariance)),
});

export const hierarchical = readyMade({
  name: 'hierarchical-risk-parity',
  about: 'Orders a list by what goes together and divides the capital down that order, by inverse variance. It inverts no matrix.',
  source: 'López de Prado (2016)',
  rhythm: 'month',
  parameters: ESTIMATED,
  open: (given) => construction(given, ({ covariance }) => hierarchicalRiskParity(covariance)),
});

export const leastVariance = readyMade({
  name: 'minimum-variance',
  about: 'Holds the calmest portfolio of a list that the limits allow.',
  source: 'Markowitz (1952); Ledoit and Wolf (2004) for the shrinkage',
  rhythm: 'month',
  solver: 'quadratic',
  parameters: BOUNDED,
  contradictions: (given) => impossible(given),
  open: (given) => construction(given, ({ covariance }, limits, solvers) => minimumVariance(covariance, solvers, limits)),
});

export const mostDiversified = readyMade({
  name: 'maximum-diversification',
  about: 'Holds the portfolio of a list whose own deviation is smallest beside the deviations of what it holds.',
  source: 'Choueifaty and Coignard (2008)',
  rhythm: 'month',
  solver: 'quadratic',
  parameters: BOUNDED,
  contradictions: (given) => impossible(given),
  open: (given) => construction(given, ({ covariance }, limits, solvers) => maximumDiversification(covariance, solvers, limits)),
});

export const largestSharpe = readyMade({
  name: 'maximum-sharpe',
  about:
    'Holds the portfolio of a list that earned most above a rate for its deviation, over the window. Past returns say little about those to come: bounds keep it from betting all on them.',
  source: 'Sharpe (1966); Cornuejols and Tütüncü (2007) for the solution',
  rhythm: 'month',
  solver: 'quadratic',
  parameters: {
    ...BOUNDED,
    rate: { kind: 'number', about: 'percent a year that a portfolio has to beat', least: -100, most: 100, usual: 0 },
  },
  contradictions: (given) => impossible(given),
  open: (given) =>
    construction(given, ({ covariance, means }, limits, solvers) => {
      const rate = given.rate / 100 / DAYS_A_YEAR;
      return maximumSharpe(
        means.map((mean) => mean - rate),
        covariance,
        solvers,
        limits,
      );
    }),
});

/** Of daily returns. */
interface Estimate {
  readonly covariance: Matrix;
  readonly means: Float64Array;
}

type Estimated = Values<typeof ESTIMATED> & Partial<Pick<Values<typeof BOUNDED>, 'least' | 'most' | 'limits'>>;

function construction(
  { of, window, shrinkage, least = 0, most = 1, limits = [] }: Estimated,
  construct: (estimate: Estimate, limits: Limits, solvers: Solvers) => Constructed,
): Rule {
  const symbols = [...of].sort();
  const bounds: Limits = {
    limits: [...symbols.map((_, place): Limit => ({ places: [place], least, most })), ...limits.map((limit) => placed(limit, symbols))],
  };
  return {
    holds: symbols,
    looksAt: symbols.map((symbol) => ({ symbol, metric: { name: 'current-price' } })),
    // A return has a close on either side.
    sessionsToSettle: window,
    past: window + 1,
    divide(_memory, _values, past): Division {
      if (past === undefined) throw new Error('a construction looks back, and was given no past');
      const returns = returnsOf(past, window);
      if (returns.kind === 'undefined') return { ...returns, ...missing(symbols[returns.because], window, past, returns.because) };
      const still = returns.columns.findIndex((column) => column.every((each) => each === column[0]));
      if (still !== -1) return { kind: 'undefined', because: still, why: whyNot({ kind: 'flat', place: still }, symbols) };
      const covariance = covarianceOf(returns.columns, shrinkage);
      const found = construct({ covariance, means: Float64Array.from(returns.columns, meanOf) }, bounds, past.solvers);
      if (found.kind !== 'weights') return { kind: 'undefined', because: 0, why: whyNot(found, symbols) };
      return { kind: 'parts', parts: [...found.weights], leftOut: [], risks: [...riskContributions(covariance, found.weights)] };
    },
  };
}

function placed({ of, least, most }: GivenLimit, symbols: readonly string[]): Limit {
  return { places: of.map((symbol) => symbols.indexOf(symbol)), least: least / PARTS_PER_ONE, most: most / PARTS_PER_ONE };
}

function covarianceOf(returns: readonly Float64Array[], shrinkage: Estimated['shrinkage']): Matrix {
  switch (shrinkage) {
    case 'ledoit-wolf':
      return shrunkToConstantCorrelation(returns).covariance;
    case 'ledoit-wolf-identity':
      return shrunkToIdentity(returns).covariance;
    case 'none':
      return sampleCovariance(returns);
  }
}

type Returns =
  | { readonly kind: 'returns'; readonly columns: readonly Float64Array[] }
  | { readonly kind: 'undefined'; readonly because: number };

/** A hole in one column would make the others' days count differently: without all closes there is no answer. */
function returnsOf({ columns }: PastValues, window: number): Returns {
  const because = columns.findIndex((closes) => closes.length !== window + 1 || !closes.every(isDefined));
  if (because !== -1) return { kind: 'undefined', because };
  return { kind: 'returns', columns: columns.map((closes) => closes.slice(1).map((close, day) => close / (closes[day] as number) - 1)) };
}

/** A close of today that is missing tells itself; one before it has to be told. */
function missing(symbol: string | undefined, window: number, { columns }: PastValues, place: number): { readonly why?: string } {
  if (!isDefined(columns[place]?.at(-1))) return {};
  return { why: `${symbol} lacks a close among the last ${window + 1} sessions` };
}

function whyNot(found: Unsolved, symbols: readonly string[]): string {
  switch (found.kind) {
    case 'flat':
      return `${symbols[found.place]} did not move over the window`;
    case 'singular':
      return 'the covariance is singular: some symbols are sums of others, or the window is too short; shrinkage helps';
    case 'infeasible':
      return 'no weights keep all of its limits';
    case 'no-excess-return':
      return 'nothing that its limits allow earned more than the rate';
    case 'not-converged':
      return 'the weights did not converge: some symbols cancel each other';
    case 'no-solver':
      return 'this program was built without the solver that it needs';
  }
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Without shrinkage the covariance of fewer days than symbols is singular, whatever the prices. */
function tooFewDays({ of, window, shrinkage }: Values<typeof ESTIMATED>): readonly Contradiction[] {
  if (shrinkage !== 'none' || window > of.length) return [];
  return [{ parameter: 'window', value: `${window} for ${of.length} symbols without shrinkage`, expected: `more than ${of.length}` }];
}

function impossible(given: Values<typeof BOUNDED>): readonly Contradiction[] {
  const { of, least, most, limits } = given;
  const unknown = limits.flatMap((limit) => limit.of).find((symbol) => !of.includes(symbol));
  const percent = (share: number): string => `${Number((share * 100).toPrecision(6))}%`;
  return [
    ...tooFewDays(given),
    ...(least * of.length > 1 + 1e-9
      ? [{ parameter: 'least', value: `${percent(least)} for each of ${of.length} symbols`, expected: 'no more than 100% together' }]
      : []),
    ...(most * of.length < 1 - 1e-9
      ? [{ parameter: 'most', value: `${percent(most)} for each of ${of.length} symbols`, expected: 'at least 100% together' }]
      : []),
    ...(least > most ? [{ parameter: 'least', value: percent(least), expected: `at most ${percent(most)}, as is the most` }] : []),
    ...(unknown === undefined ? [] : [{ parameter: 'limits', value: `a limit of ${unknown}`, expected: 'symbols of the list' }]),
  ];
}
