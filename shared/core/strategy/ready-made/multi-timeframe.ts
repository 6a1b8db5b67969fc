// Multi-timeframe: each symbol has its place while its days, weeks and months all say up; the places of the others go to
// a refuge.
//
// Source: Faber (2007), a close above its mean of ten months; Elder (1993), several timeframes that have to agree.
import { isDefined } from '../evaluator/defined.ts';
import { rankValue } from '../evaluator/ranking.ts';
import type { DailyMetric, Metric } from '../tree.ts';
import { type Division, type Look, readyMade } from './ready-made.ts';

export const multiTimeframe = readyMade({
  name: 'multi-timeframe',
  about:
    'Holds each symbol of a list in an equal place while its daily, its weekly and its monthly close are each above their own mean. The places of the others go to the refuge.',
  source: 'Faber (2007) for months; Elder (1993) for timeframes that agree',
  rhythm: 'month',
  parameters: {
    of: { kind: 'symbols', about: 'what has a place each', least: 1, example: ['SPY', 'EFA', 'GLD', 'IEF'] },
    daily: { kind: 'count', about: 'daily closes in the mean of days; 0 leaves days out', least: 0, most: 5_000, usual: 50 },
    weekly: { kind: 'count', about: 'weeks that are over in the mean of weeks; 0 leaves weeks out', least: 0, most: 1_000, usual: 26 },
    monthly: { kind: 'count', about: 'months that are over in the mean of months; 0 leaves months out', least: 0, most: 240, usual: 10 },
    refuge: { kind: 'holding', about: 'what takes the places where they do not agree: a symbol or cash', usual: 'cash' },
  },
  contradictions: ({ of, daily, weekly, monthly, refuge }) => [
    ...Object.entries({ daily, weekly, monthly })
      .filter(([, count]) => count === 1)
      .map(([parameter]) => ({ parameter, value: '1, the mean of which is the close itself', expected: '0, or at least 2' })),
    ...(daily + weekly + monthly === 0 ? [{ parameter: 'daily', value: '0, as the others', expected: 'at least 2 for one of them' }] : []),
    ...(of.includes(refuge) ? [{ parameter: 'refuge', value: `${refuge}, which has a place`, expected: 'another symbol, or cash' }] : []),
  ],
  open({ of, daily, weekly, monthly, refuge }) {
    const holds = refuge === 'cash' ? of : [...of, refuge];
    const pairs = [
      ...(daily === 0 ? [] : [pairOf((metric) => metric, daily)]),
      ...(weekly === 0 ? [] : [pairOf((metric) => ({ name: 'weekly', of: metric }), weekly)]),
      ...(monthly === 0 ? [] : [pairOf((metric) => ({ name: 'monthly', of: metric }), monthly)]),
    ];
    const looksAt = of.flatMap((symbol) => pairs.flat().map((metric): Look => ({ symbol, metric })));
    return {
      holds,
      looksAt,
      sessionsToSettle: 0,
      divide(_, values): Division {
        const width = 2 * pairs.length;
        const judged = of.map((_symbol, place) => judge(values.subarray(place * width, (place + 1) * width)));
        const leftOut = judged.flatMap((verdict, place) => (typeof verdict === 'boolean' ? [] : [place * width + verdict.missing]));
        const count = of.length - leftOut.length;
        if (count === 0) return { kind: 'undefined', because: leftOut[0] ?? 0 };
        const parts = holds.map(() => 0);
        for (const [place, verdict] of judged.entries()) {
          if (typeof verdict !== 'boolean') continue;
          const goesTo = verdict ? place : of.length;
          // Without a refuge among the symbols, the place stays in cash.
          if (goesTo < parts.length) parts[goesTo] = (parts[goesTo] as number) + 1 / count;
        }
        return { kind: 'parts', parts, leftOut };
      },
    };
  },
});

/** A close, and the mean that it has to be above. */
function pairOf(on: (metric: DailyMetric) => Metric, window: number): readonly [Metric, Metric] {
  return [on({ name: 'current-price' }), on({ name: 'moving-average-price', window })];
}

/** One close that is not above its mean decides, whatever is missing; else the first look that is. */
function judge(values: Float64Array): boolean | { readonly missing: number } {
  let missing = -1;
  for (let place = 0; place < values.length; place += 2) {
    const [close, mean] = [values[place], values[place + 1]];
    if (isDefined(close) && isDefined(mean)) {
      if (!(rankValue(close) > rankValue(mean))) return false;
    } else if (missing === -1) missing = isDefined(close) ? place + 1 : place;
  }
  return missing === -1 ? true : { missing };
}
