// Momentum rotation: the strongest of a list, those that also beat a hurdle; the places of the others go to a refuge.
//
// Source: Jegadeesh and Titman (1993), ranking by past returns; Antonacci (2012), the hurdle. The skipped last month is
// Jegadeesh's (1990) short-term reversal.
import { isDefined } from '../evaluator/defined.ts';
import { chooseBest, rankValue, tieOrder } from '../evaluator/ranking.ts';
import { pastReturns } from './past-returns.ts';
import { type Division, readyMade } from './ready-made.ts';

export const momentumRotation = readyMade({
  name: 'momentum-rotation',
  about:
    'Holds the strongest symbols of a list in equal parts. A place whose symbol has not earned more than the hurdle goes to the refuge instead.',
  source: 'Jegadeesh and Titman (1993); Antonacci (2012) for the hurdle',
  rhythm: 'month',
  parameters: {
    of: { kind: 'symbols', about: 'what is ranked', least: 1, example: ['SPY', 'EFA', 'EEM', 'GLD', 'TLT'] },
    top: { kind: 'count', about: 'how many places there are', least: 1, most: 1_000, usual: 2 },
    lookback: { kind: 'count', about: 'sessions over which the return is measured', least: 1, most: 5_000, usual: 126 },
    skip: { kind: 'count', about: 'latest sessions that do not count (21 skips the last month)', least: 0, most: 1_000, usual: 0 },
    hurdle: { kind: 'number', about: 'return in percent over the lookback that a symbol must exceed', least: -100, most: 1_000, usual: 0 },
    refuge: { kind: 'holding', about: 'what takes the places below the hurdle: a symbol or cash', usual: 'cash' },
  },
  contradictions: ({ of, top, lookback, skip, refuge }) => [
    ...(top > of.length ? [{ parameter: 'top', value: `${top} of ${of.length} symbols`, expected: `at most ${of.length}` }] : []),
    ...(skip >= lookback ? [{ parameter: 'skip', value: `${skip}`, expected: `less than the lookback of ${lookback}` }] : []),
    ...(of.includes(refuge) ? [{ parameter: 'refuge', value: `${refuge}, which is ranked too`, expected: 'another symbol, or cash' }] : []),
  ],
  open({ of, top, lookback, skip, hurdle, refuge }) {
    const ties = tieOrder(of);
    const holds = refuge === 'cash' ? of : [...of, refuge];
    const earned = pastReturns(of, { lookback, skip });
    return {
      holds,
      looksAt: earned.looksAt,
      sessionsToSettle: 0,
      divide(_, values): Division {
        const ranked = Float64Array.from(of, (_symbol, place) => earned.returnOf(values, place));
        const chosen = new Int32Array(top);
        const taken = chooseBest(ranked, ties, 'top', chosen);
        if (taken === 0) return { kind: 'undefined', because: 0 };
        const parts = holds.map(() => 0);
        for (let rank = 0; rank < taken; rank += 1) {
          const place = chosen[rank] as number;
          const goesTo = rankValue(ranked[place] as number) > hurdle ? place : of.length;
          // Without a refuge among the symbols, the place stays in cash.
          if (goesTo < parts.length) parts[goesTo] = (parts[goesTo] as number) + 1 / taken;
        }
        const leftOut = of.flatMap((_symbol, place) => (isDefined(ranked[place]) ? [] : [earned.missing(values, place)]));
        return { kind: 'parts', parts, leftOut };
      },
    };
  },
});
