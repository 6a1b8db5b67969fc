// What the owner of a construction may say: what is held and measured, and what the weights must keep. Here too is what is wrong
// between what he says in one place and in another, as far as no price is needed to see it.
import type { GivenLimit } from './given.ts';
import type { Contradiction, ParameterSet, Values } from './ready-made.ts';

const LIMITS = 'what some symbols together may get, as `[{ of: [TLT, GLD], least: 10%, most: 40% }]`';
const ALL = 1_000_000;

export const MEASURED = {
  of: { kind: 'symbols', about: 'what is held', least: 2, example: ['SPY', 'EFA', 'TLT', 'GLD'], orStrategies: true },
  window: { kind: 'count', about: 'daily returns that the covariance is measured over', least: 2, most: 5_000, usual: 252 },
} as const satisfies ParameterSet;

export const ESTIMATED = {
  ...MEASURED,
  shrinkage: {
    kind: 'choice',
    about: 'what the covariance is drawn towards: one correlation for all, the identity, or nothing',
    choices: ['ledoit-wolf', 'ledoit-wolf-identity', 'none'],
  },
} as const satisfies ParameterSet;

export const LIMITED = {
  least: { kind: 'share', about: 'of the capital, the least that each symbol gets', least: 0, most: ALL, usual: 0 },
  most: { kind: 'share', about: 'of the capital, the most that each symbol gets', least: 1, most: ALL, usual: ALL },
  limits: { kind: 'limits', about: LIMITS },
  turnover: {
    kind: 'share',
    about: 'of the capital, the most that a rebalance may exchange, one way; only where it is the whole strategy',
    least: 0,
    most: ALL,
    usual: ALL,
    unwritten: 'absent',
  },
} as const satisfies ParameterSet;

/** Of what had none at first. */
export const BOUNDED = {
  least: { ...LIMITED.least, unwritten: 'absent' },
  most: { ...LIMITED.most, unwritten: 'absent' },
  limits: { kind: 'limits', about: 'what single symbols may get, as `[{ of: [GLD], most: 15% }]`', unwritten: 'absent' },
} as const satisfies ParameterSet;

type Bound = { readonly of: readonly string[] } & Pick<Values<typeof LIMITED>, 'least' | 'most' | 'limits'>;

/** Without shrinkage the covariance of fewer days than symbols is singular, whatever the prices. */
export function tooFewDays({ of, window, shrinkage }: Values<typeof ESTIMATED>): readonly Contradiction[] {
  if (shrinkage !== 'none' || window > of.length) return [];
  return [{ parameter: 'window', value: `${window} for ${of.length} symbols without shrinkage`, expected: `more than ${of.length}` }];
}

/** What no weights can keep, as far as the sums alone show it. */
export function impossible({ of, least, most, limits }: Bound): readonly Contradiction[] {
  const unknown = limits.flatMap((limit) => limit.of).find((symbol) => !of.includes(symbol));
  return [
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

/** Where what is divided has no place for the sum of several symbols. */
export function ofSeveral({ limits }: { readonly limits: readonly GivenLimit[] }): readonly Contradiction[] {
  const group = limits.find(({ of }) => of.length > 1);
  if (group === undefined) return [];
  const expected = 'limits of one symbol each: it has none of several together, as minimum-variance has';
  return [{ parameter: 'limits', value: `a limit of ${group.of.join(', ')} together`, expected }];
}

export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(6))}%`;
}
