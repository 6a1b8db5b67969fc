// Portfolio construction as ready-made strategies: weights from how the returns of a window go together. What each does is in
// construction/, what all of them do alike in construction-rule.ts; here is what each is called and made of.
import { boundedEqualRisk } from '../construction/bounded-equal-risk.ts';
import type { Bounds } from '../construction/bounds.ts';
import { hierarchicalRiskParity } from '../construction/hierarchical-risk-parity.ts';
import { shrunkToConstantCorrelation, shrunkToIdentity } from '../construction/ledoit-wolf.ts';
import type { Limits } from '../construction/limits.ts';
import type { Matrix } from '../construction/matrix.ts';
import { maximumDiversification, maximumSharpe } from '../construction/maximum-ratio.ts';
import { maximumUtility } from '../construction/maximum-utility.ts';
import { minimumCvar } from '../construction/minimum-cvar.ts';
import { meanOf, minimumVariance } from '../construction/minimum-variance.ts';
import { sampleCovariance } from '../construction/sample-covariance.ts';
import { BOUNDED, ESTIMATED, impossible, LIMITED, MEASURED, ofSeveral, percent, tooFewDays } from './construction-parameters.ts';
import { construction } from './construction-rule.ts';
import { expectedBy, wrongViews } from './construction-views.ts';
import { readyMade, type Values } from './ready-made.ts';

const DAYS_A_YEAR = 252;

export const riskParity = readyMade({
  name: 'risk-parity',
  about:
    'Holds a list so that every symbol brings the same part of the variance: the calmer, and the less it goes with the others, the more.',
  source:
    'Maillard, Roncalli and Teiletche (2010); Spinu (2013) and Griveau-Billion, Richard and Roncalli (2013) for the solution; Richard and Roncalli (2019) for the bounds',
  rhythm: 'month',
  parameters: { ...ESTIMATED, ...BOUNDED },
  contradictions: (given) => [...tooFewDays(given), ...impossible(given), ...ofSeveral(given)],
  open: (given) =>
    construction(given, shrinking(given), (covariance, { limits }) => boundedEqualRisk(covariance, boundsOf(limits, given.of))),
});

export const hierarchical = readyMade({
  name: 'hierarchical-risk-parity',
  about: 'Orders a list by what goes together and divides the capital down that order, by inverse variance. It inverts no matrix.',
  source: 'López de Prado (2016); Pfitzinger and Katzke (2019) for the bounds',
  rhythm: 'month',
  parameters: { ...ESTIMATED, ...BOUNDED },
  contradictions: (given) => [...impossible(given), ...ofSeveral(given)],
  open: (given) =>
    construction(given, shrinking(given), (covariance, { limits }) => hierarchicalRiskParity(covariance, boundsOf(limits, given.of))),
});

export const leastVariance = readyMade({
  name: 'minimum-variance',
  about: 'Holds the calmest portfolio of a list that the limits allow.',
  source: 'Markowitz (1952); Ledoit and Wolf (2004) for the shrinkage',
  rhythm: 'month',
  solver: 'quadratic',
  parameters: { ...ESTIMATED, ...LIMITED },
  contradictions: (given) => [...tooFewDays(given), ...impossible(given)],
  open: (given) => construction(given, shrinking(given), (covariance, { limits, solvers }) => minimumVariance(covariance, solvers, limits)),
});

export const leastTail = readyMade({
  name: 'minimum-cvar',
  about: 'Holds the portfolio of a list whose worst days were the least bad, over the window: the least mean loss of the worst few.',
  source: 'Rockafellar and Uryasev (2000)',
  rhythm: 'month',
  parameters: {
    of: MEASURED.of,
    window: { ...MEASURED.window, about: 'daily returns among which the worst are looked for' },
    confidence: { kind: 'share', about: 'of the days, those that are not among the worst', least: 500_000, most: 999_000, usual: 950_000 },
    ...LIMITED,
  },
  contradictions: (given) => {
    const { window, confidence } = given;
    const daysLeast = Math.ceil(1 / (1 - confidence) - 1e-9);
    if (window >= daysLeast) return impossible(given);
    const value = `${window} days, of which the worst ${percent(1 - confidence)} are less than one`;
    return [{ parameter: 'window', value, expected: `at least ${daysLeast}` }, ...impossible(given)];
  },
  open: (given) => construction(given, sampleCovariance, (_, { returns, limits }) => minimumCvar(returns, given.confidence, limits)),
});

export const mostDiversified = readyMade({
  name: 'maximum-diversification',
  about: 'Holds the portfolio of a list whose own deviation is smallest beside the deviations of what it holds.',
  source: 'Choueifaty and Coignard (2008)',
  rhythm: 'month',
  solver: 'quadratic',
  parameters: { ...ESTIMATED, ...LIMITED },
  contradictions: (given) => [...tooFewDays(given), ...impossible(given)],
  open: (given) =>
    construction(given, shrinking(given), (covariance, { limits, solvers }) => maximumDiversification(covariance, solvers, limits)),
});

export const largestSharpe = readyMade({
  name: 'maximum-sharpe',
  about:
    'Holds the portfolio of a list that earned most above a rate for its deviation, over the window. Past returns say little about those to come: bounds keep it from betting all on them.',
  source: 'Sharpe (1966); Cornuejols and Tütüncü (2007) for the solution',
  rhythm: 'month',
  solver: 'quadratic',
  parameters: {
    ...ESTIMATED,
    ...LIMITED,
    rate: { kind: 'number', about: 'percent a year that a portfolio has to beat', least: -100, most: 100, usual: 0 },
  },
  contradictions: (given) => [...tooFewDays(given), ...impossible(given)],
  open: (given) =>
    construction(given, shrinking(given), (covariance, { returns, limits, solvers }) => {
      const rate = given.rate / 100 / DAYS_A_YEAR;
      const excess = Float64Array.from(returns, (column) => meanOf(column) - rate);
      return maximumSharpe(excess, covariance, solvers, limits);
    }),
});

export const viewed = readyMade({
  name: 'black-litterman',
  about:
    'Holds what its owner would hold without opinions, moved towards opinions that he has and as far as he is sure of them. Without views it is what he would hold.',
  source: 'Black and Litterman (1992); Idzorek (2005) for the confidences; Markowitz (1952) for the weights',
  rhythm: 'month',
  solver: 'quadratic',
  parameters: {
    ...ESTIMATED,
    prior: { kind: 'weights', about: 'what is held without views, as `{ SPY: 60%, TLT: 40% }`; none is the same of each' },
    'risk-aversion': {
      kind: 'number',
      about: 'how much more, in parts of one a year, has to be expected for one more of variance',
      least: 0.1,
      most: 100,
      usual: 2.5,
    },
    views: {
      kind: 'views',
      about:
        'what is expected, in percent a year above cash or beyond others, as `[{ of: [GLD], earns: 5, confidence: 60% }, { of: [SPY], beyond: [EFA], earns: 2, confidence: 30% }]`',
    },
    ...LIMITED,
  },
  contradictions: (given) => [...tooFewDays(given), ...impossible(given), ...wrongViews(given)],
  open: (given) =>
    construction(given, shrinking(given), (covariance, { symbols, limits, solvers }) => {
      const annual = covariance.map((row) => row.map((each) => each * DAYS_A_YEAR));
      const expected = expectedBy(given, symbols, annual);
      if (expected === undefined) return { kind: 'singular' };
      return maximumUtility(expected, annual, given['risk-aversion'], solvers, limits);
    }),
});

function shrinking({ shrinkage }: Pick<Values<typeof ESTIMATED>, 'shrinkage'>): (returns: readonly Float64Array[]) => Matrix {
  switch (shrinkage) {
    case 'ledoit-wolf':
      return (returns) => shrunkToConstantCorrelation(returns).covariance;
    case 'ledoit-wolf-identity':
      return (returns) => shrunkToIdentity(returns).covariance;
    case 'none':
      return sampleCovariance;
  }
}

/** Of limits of one symbol each: the narrowest of every symbol. */
function boundsOf({ limits }: Limits, { length }: readonly string[]): Bounds {
  const [least, most] = [new Float64Array(length), new Float64Array(length).fill(1)];
  for (const { places, ...limit } of limits) {
    for (const place of places) {
      least[place] = Math.max(least[place] as number, limit.least);
      most[place] = Math.min(most[place] as number, limit.most);
    }
  }
  return { least, most };
}
