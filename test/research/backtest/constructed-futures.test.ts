// What looks at many prices at once, or at what was held before, knows as little of the future as a single symbol does.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backtest } from '../../../research/backtest/backtest.ts';
import { FILLS, USUAL_OPTIONS } from '../../../research/backtest/backtest-options.ts';
import { priceTable } from '../../../research/backtest/price-table.ts';
import { readVariant } from '../../../research/sweep/run-variant.ts';
import { seededChance } from '../../../research/validation/statistics/chance.ts';
import { closesBetween } from '../../../shared/core/market/asset-calendar.ts';

const DATES = closesBetween('equities', '2019-01-02', '2019-05-31');
const GATED = '{ if: { when: { gt: [{ cumulative-return: [BBB, 5] }, 0] }, then: BBB, else: cash } }';
const TREES = [
  `{ inverse-volatility: { window: 10, of: [AAA, { stand-in: { for: BBB, of: ${GATED} } }] } }`,
  `{ filter: { top: 1, by: { cumulative-return: 10 }, of: [AAA, { stand-in: { for: CCC, of: ${GATED} } }] } }`,
  '{ minimum-variance: { of: [AAA, BBB, CCC], window: 20, most: 60%, turnover: 10% } }',
  '{ minimum-cvar: { of: [AAA, BBB, CCC], window: 20, turnover: 20% } }',
  '{ black-litterman: { of: [AAA, BBB], window: 20, prior: { AAA: 60%, BBB: 40% }, views: [{ of: [AAA], earns: 5, confidence: 50% }] } }',
  `{ risk-parity: { of: [AAA, { name: gated, of: ${GATED.replace('cash', 'CCC')} }], window: 20, most: 70% } }`,
  `{ hierarchical-risk-parity: { of: [AAA, CCC, { name: best, of: { filter: { top: 1, by: { cumulative-return: 5 }, of: [AAA, BBB] } } }], window: 20 } }`,
];

/** Three symbols by chance; from `turn` on, whatever the other seed has. */
function prices(seed: number, turn: number, other: number) {
  const [before, after] = [seededChance(seed), seededChance(other)];
  const series = ['AAA', 'BBB', 'CCC'].map((symbol, place) => {
    let close = 50;
    const bars = DATES.map((date, day) => {
      const [known, unknown] = [before.uniform(), after.uniform()];
      close *= 1 + (place + 1) * 0.02 * ((day <= turn ? known : unknown) - 0.48);
      return { date, open: close * 0.999, close };
    });
    return { symbol, bars };
  });
  return priceTable(series, 'equities');
}

describe('a construction, a turnover, a stand-in and a strategy in a list', () => {
  it.each(TREES)('earn and hold the same until the day on which prices part: %s', (tree) => {
    const read = readVariant('strategy', `strategy: Any\nrebalance: { every: week }\ntree: ${tree}\n`);
    if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
    const turns = fc.integer({ min: 45, max: DATES.length - 2 });
    fc.assert(
      fc.property(fc.nat(99), fc.nat(99), turns, fc.constantFrom(...FILLS), (seed, other, turn, fill) => {
        const lived = [seed, other + 100].map((after) => {
          const result = backtest(read.subject, prices(seed, turn, after), { ...USUAL_OPTIONS, fill });
          if (result.kind === 'refused') throw new Error(result.detail);
          const until = result.dates.indexOf(DATES[turn] as (typeof DATES)[number]) + 1;
          expect(until).toBeGreaterThan(0);
          return [result.start, [...result.returns.slice(0, until)], [...result.exposure.slice(0, until)]];
        });
        expect(lived[1]).toEqual(lived[0]);
      }),
      { numRuns: 8 },
    );
  });
});
