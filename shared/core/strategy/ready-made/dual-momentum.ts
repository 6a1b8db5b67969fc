// Dual momentum: the strongest of the risky assets while it earns more than bills do, otherwise the refuge.
//
// Source: Antonacci (2014), Dual Momentum Investing: relative strength chooses, strength above bills decides whether.
import { isDefined } from '../evaluator/defined.ts';
import { chooseBest, rankValue, tieOrder } from '../evaluator/ranking.ts';
import { pastReturns } from './past-returns.ts';
import { type Division, readyMade } from './ready-made.ts';

export const dualMomentum = readyMade({
  name: 'dual-momentum',
  about:
    'Holds the one symbol of a list that earned most, as long as it earned more than bills over the same time. Otherwise everything is in the refuge.',
  source: 'Antonacci (2014)',
  rhythm: 'month',
  parameters: {
    of: { kind: 'symbols', about: 'the risky assets, of which one is held', least: 1, example: ['SPY', 'EFA'] },
    bills: { kind: 'symbol', about: 'the bills that the strongest must beat; only looked at, unless it is the refuge too', example: 'BIL' },
    lookback: { kind: 'count', about: 'sessions over which the returns are measured', least: 1, most: 5_000, usual: 252 },
    skip: { kind: 'count', about: 'latest sessions that do not count (21 skips the last month)', least: 0, most: 1_000, usual: 0 },
    refuge: { kind: 'holding', about: 'what is held when bills earned as much or more: a symbol, mostly of bonds, or cash', usual: 'cash' },
  },
  contradictions: ({ of, bills, lookback, skip, refuge }) => [
    ...(skip >= lookback ? [{ parameter: 'skip', value: `${skip}`, expected: `less than the lookback of ${lookback}` }] : []),
    ...(of.includes(bills) ? [{ parameter: 'bills', value: `${bills}, which is ranked too`, expected: 'another symbol' }] : []),
    ...(of.includes(refuge) ? [{ parameter: 'refuge', value: `${refuge}, which is ranked too`, expected: 'another symbol, or cash' }] : []),
  ],
  open({ of, bills, lookback, skip, refuge }) {
    const ties = tieOrder(of);
    const holds = refuge === 'cash' ? of : [...of, refuge];
    const earned = pastReturns([...of, bills], { lookback, skip });
    return {
      holds,
      looksAt: earned.looksAt,
      sessionsToSettle: 0,
      divide(_, values): Division {
        const hurdle = earned.returnOf(values, of.length);
        if (!isDefined(hurdle)) return { kind: 'undefined', because: earned.missing(values, of.length) };
        const ranked = Float64Array.from(of, (_symbol, place) => earned.returnOf(values, place));
        const chosen = new Int32Array(1);
        const leftOut = of.flatMap((_symbol, place) => (isDefined(ranked[place]) ? [] : [earned.missing(values, place)]));
        if (chooseBest(ranked, ties, 'top', chosen) === 0) return { kind: 'undefined', because: leftOut[0] ?? 0 };
        const strongest = chosen[0] as number;
        // Without a refuge among the symbols, everything stays in cash.
        const held = rankValue(ranked[strongest] as number) > rankValue(hurdle) ? strongest : of.length;
        return { kind: 'parts', parts: holds.map((_symbol, place) => (place === held ? 1 : 0)), leftOut };
      },
    };
  },
});
