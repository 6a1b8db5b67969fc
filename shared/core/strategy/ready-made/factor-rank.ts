// Factor rank: the best of a list by a weighted sum of ranks, of what they earned, of how calm they were, and of values
// that their owner brings.
//
// Source: Asness, Moskowitz and Pedersen (2013), ranks of several factors added up; Frazzini and Pedersen (2014), the calm.
import { isDefined } from '../evaluator/defined.ts';
import { chooseBest, tieOrder } from '../evaluator/ranking.ts';
import { datedSeries } from './dated-series.ts';
import type { DatedValues } from './given.ts';
import { pastReturns } from './past-returns.ts';
import { rankParts } from './rank-parts.ts';
import { type Division, type Look, readyMade } from './ready-made.ts';

const TURNED = 'below zero turns the rank round';

export const factorRank = readyMade({
  name: 'factor-rank',
  about:
    'Ranks a list by several factors, adds up the ranks by their weights, and holds the best. Factors are momentum, low volatility, and values of your own.',
  source: 'Asness, Moskowitz and Pedersen (2013); Frazzini and Pedersen (2014) for low volatility',
  rhythm: 'month',
  parameters: {
    of: { kind: 'symbols', about: 'what is ranked', least: 1, example: ['SPY', 'EFA', 'EEM', 'GLD', 'TLT'] },
    top: { kind: 'count', about: 'how many are held', least: 1, most: 1_000, usual: 2 },
    parts: { kind: 'choice', about: 'how the held ones share: equally, or the calmer the more', choices: ['equal', 'inverse-volatility'] },
    'momentum-weight': { kind: 'number', about: `of the rank by return; ${TURNED}`, least: -100, most: 100, usual: 1 },
    lookback: { kind: 'count', about: 'sessions over which the return is measured', least: 1, most: 5_000, usual: 126 },
    skip: { kind: 'count', about: 'latest sessions of it that do not count (21 skips the last month)', least: 0, most: 1_000, usual: 0 },
    'low-volatility-weight': { kind: 'number', about: `of the rank by calm; ${TURNED}`, least: -100, most: 100, usual: 1 },
    window: { kind: 'count', about: 'daily returns whose deviation is the volatility', least: 2, most: 5_000, usual: 60 },
    'values-weight': { kind: 'number', about: `of the rank by your values, the highest best; ${TURNED}`, least: -100, most: 100, usual: 0 },
    values: {
      kind: 'dated-values',
      about:
        'your values by date and symbol, or `{ file: values.csv }`: each is known at the close of its date and in force until the next',
    },
    'max-age': { kind: 'count', about: 'sessions after its date that a value still counts', least: 0, most: 5_000, usual: 70 },
  },
  contradictions(values) {
    const { of, top, lookback, skip } = values;
    const isOwn = values['values-weight'] !== 0;
    const hasOwn = Object.keys(values.values).length > 0;
    const isAny = isOwn || values['momentum-weight'] !== 0 || values['low-volatility-weight'] !== 0;
    return [
      ...(top > of.length ? [{ parameter: 'top', value: `${top} of ${of.length} symbols`, expected: `at most ${of.length}` }] : []),
      ...(skip >= lookback ? [{ parameter: 'skip', value: `${skip}`, expected: `less than the lookback of ${lookback}` }] : []),
      ...(isAny ? [] : [{ parameter: 'momentum-weight', value: '0, as all weights', expected: 'a weight other than 0 for some factor' }]),
      ...(isOwn && !hasOwn ? [{ parameter: 'values', value: 'none', expected: 'values, as they have a weight' }] : []),
      ...(hasOwn && !isOwn ? [{ parameter: 'values-weight', value: '0', expected: 'another weight, as there are values' }] : []),
    ];
  },
  open(given) {
    const { of, top, parts: sharing } = given;
    const ties = tieOrder(of);
    const isInverse = sharing === 'inverse-volatility';
    const momentum = byReturn(of, given['momentum-weight'], given);
    const calm = byCalm(of, given['low-volatility-weight'], given.window, isInverse, momentum.looksAt.length);
    const own = byValues(of, given['values-weight'], given.values, given['max-age'], momentum.looksAt.length + calm.looksAt.length);
    const factors = [momentum, calm, own].filter(({ looksAt }) => looksAt.length > 0);
    return {
      holds: of,
      looksAt: factors.flatMap(({ looksAt }) => looksAt),
      sessionsToSettle: 0,
      divide(_, values): Division {
        const lacking = of.map((_symbol, place) => factors.find((factor) => !isDefined(factor.gradeOf(values, place))));
        const leftOut = lacking.flatMap((factor, place) => (factor === undefined ? [] : [factor.missing(values, place)]));
        const ranked = of.flatMap((_symbol, place) => (lacking[place] === undefined ? [place] : []));
        const scores = new Float64Array(of.length).fill(Number.NaN);
        for (const place of ranked) scores[place] = 0;
        for (const { weight, gradeOf } of factors) {
          const ranks = rankParts(ranked.map((place) => gradeOf(values, place)));
          for (const [index, place] of ranked.entries()) scores[place] = (scores[place] as number) + weight * (ranks[index] as number);
        }
        const chosen = new Int32Array(Math.min(top, of.length));
        const taken = chosen.subarray(0, chooseBest(scores, ties, 'top', chosen));
        if (taken.length === 0) return { kind: 'undefined', because: leftOut[0] ?? 0 };
        const shares = [...taken].map((place) => (isInverse ? -1 / calm.gradeOf(values, place) : 1));
        const whole = shares.reduce((sum, each) => sum + each, 0);
        const parts = of.map(() => 0);
        for (const [rank, place] of taken.entries()) parts[place] = (shares[rank] as number) / whole;
        return { kind: 'parts', parts, leftOut };
      },
    };
  },
});

/** Without weight and use it looks at nothing. */
interface Factor {
  readonly weight: number;
  readonly looksAt: readonly Look[];
  /** The higher the better; NaN where undefined or of no use. */
  readonly gradeOf: (values: Float64Array, place: number) => number;
  readonly missing: (values: Float64Array, place: number) => number;
}

function byReturn(of: readonly string[], weight: number, span: { readonly lookback: number; readonly skip: number }): Factor {
  const { looksAt, returnOf, missing } = pastReturns(of, span);
  return { weight, looksAt: weight === 0 ? [] : looksAt, gradeOf: returnOf, missing };
}

/** @param isShared by: of what does not move no share can be taken. */
function byCalm(of: readonly string[], weight: number, window: number, isShared: boolean, first: number): Factor {
  const looksAt = of.map((symbol): Look => ({ symbol, metric: { name: 'stdev-return', window } }));
  const gradeOf = (values: Float64Array, place: number): number => {
    const deviation = values[first + place] as number;
    return isShared && deviation === 0 ? Number.NaN : -deviation;
  };
  return { weight, looksAt: weight === 0 && !isShared ? [] : looksAt, gradeOf, missing: (_, place) => first + place };
}

function byValues(of: readonly string[], weight: number, all: DatedValues, ageMax: number, first: number): Factor {
  const looks = () => of.map((symbol): Look => ({ symbol, metric: { name: 'given-value' }, dated: datedSeries(symbol, all, ageMax) }));
  const gradeOf = (values: Float64Array, place: number): number => values[first + place] as number;
  return { weight, looksAt: weight === 0 ? [] : looks(), gradeOf, missing: (_, place) => first + place };
}
