// What is asked of look-ahead: no honest decision is ever accused, and a sight of one day is seen however rarely it matters.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PriceTable, priceTable } from '../../../research/backtest/price-table.ts';
import { type DecisionsOf, sleeveDecisions } from '../../../research/backtest/sleeve-decisions.ts';
import { type Subject, subjectOfStrategy } from '../../../research/backtest/subject.ts';
import { looksAhead } from '../../../research/hypothesis/looks-ahead.ts';
import type { DailyBar } from '../../../shared/core/market/bar.ts';
import { DEFAULT_OPTIONS } from '../../../shared/core/strategy/options.ts';
import type { Tree } from '../../../shared/core/strategy/tree.ts';
import { dateAt } from '../../builders/strategy.ts';
import { anyTree } from '../../shared/core/strategy/evaluator/any-market.ts';

const DAYS = 40;
const SYMBOLS = ['A', 'B', 'C', 'D', 'NONE'];

const anyPrices: fc.Arbitrary<PriceTable> = fc
  .array(
    fc.array(fc.record({ move: fc.integer({ min: -50, max: 50 }), gap: fc.integer({ min: 0, max: 9 }) }), {
      minLength: DAYS,
      maxLength: DAYS,
    }),
    {
      minLength: SYMBOLS.length,
      maxLength: SYMBOLS.length,
    },
  )
  .map((all) =>
    priceTable(
      all.map((moves, place) => {
        let close = 100;
        const bars: DailyBar[] = [];
        for (const [day, { move, gap }] of moves.entries()) {
          close *= 1 + move / 1_000;
          if (day === 0 || gap > 0)
            bars.push({ date: dateAt(day), open: close, high: close * 1.01, low: close * 0.99, close, volume: 1_000 + gap });
        }
        return { symbol: SYMBOLS[place] as string, bars };
      }),
      'crypto',
    ),
  );

function subjectOf(strategy: Tree): Subject {
  const rebalance = { kind: 'every', every: 'day' } as const;
  return {
    ...subjectOfStrategy({ name: 'any', strategy, rebalance, decideOn: 'last-close', options: DEFAULT_OPTIONS }),
    calendar: 'crypto',
  };
}

/** As if the close after the day were known already. */
const peeking: DecisionsOf = (sleeve, market) => {
  const honest = sleeveDecisions(sleeve, market);
  return { ...honest, decide: (prior, day, session) => honest.decide(prior, Math.min(day + 1, market.table.dates.length - 1), session) };
};

describe('looking ahead', () => {
  it('is never said of a decision of the live path', () => {
    fc.assert(
      fc.property(anyTree, anyPrices, (tree, prices) => {
        expect(looksAhead(subjectOf(tree), prices, sleeveDecisions)).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });

  it('is seen where the best of two is known a day early, though it is the same one on every day there was', () => {
    const asset = (symbol: string): Tree => ({ kind: 'asset', symbol });
    const by = { name: 'cumulative-return', window: 3 } as const;
    const tree: Tree = { kind: 'filter', select: 'top', count: 1, by, children: [asset('A'), asset('C')] };
    const rising = (symbol: string, daily: number) => ({
      symbol,
      bars: Array.from({ length: DAYS }, (_, day) => ({ date: dateAt(day), close: 100 * (1 + daily) ** day })),
    });
    const prices = priceTable([rising('A', 0.02), rising('B', 0), rising('C', 0.01)], 'crypto');
    expect(looksAhead(subjectOf(tree), prices, sleeveDecisions)).toBeUndefined();
    expect(looksAhead(subjectOf(tree), prices, peeking)).toBeDefined();
  });
});
