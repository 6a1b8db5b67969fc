// Closes that end before the backtest: of a position, and of what it is compared with.
import { describe, expect, it } from 'vitest';
import { backtest } from '../../../research/backtest/backtest.ts';
import { NO_COSTS, USUAL_OPTIONS } from '../../../research/backtest/backtest-options.ts';
import { benchmarkFlaw, benchmarkReturns, carriedReturns } from '../../../research/backtest/benchmark.ts';
import { closesEndBefore, endedHoldings } from '../../../research/backtest/ended.ts';
import { priceTable } from '../../../research/backtest/price-table.ts';
import { subjectOfStrategy } from '../../../research/backtest/subject.ts';
import { warningsOf } from '../../../research/backtest/warnings.ts';
import { sessionsBetween } from '../../../shared/core/market/nyse-calendar.ts';
import { DEFAULT_OPTIONS } from '../../../shared/core/strategy/options.ts';

const SESSIONS = sessionsBetween('2024-01-02', '2024-12-31').map(({ date }) => date);
const OPTIONS = { ...USUAL_OPTIONS, costs: NO_COSTS };

/** A has 60 closes, B so many. */
function livedWith(closesOfB: number, rebalance: 'day' | 'year' = 'day') {
  const bars = (count: number) => SESSIONS.slice(0, count).map((date, day) => ({ date, close: 100 + day }));
  const prices = priceTable(
    [
      { symbol: 'A', bars: bars(60) },
      { symbol: 'B', bars: bars(closesOfB) },
    ],
    'equities',
  );
  const subject = subjectOfStrategy({
    name: 'halves',
    strategy: { kind: 'equal', children: ['A', 'B'].map((symbol) => ({ kind: 'asset', symbol })) },
    rebalance: { kind: 'every', every: rebalance },
    decideOn: 'live-quote',
    options: DEFAULT_OPTIONS,
  });
  const result = backtest(subject, prices, OPTIONS);
  if (result.kind === 'refused') throw new Error(result.detail);
  return { prices, result };
}

const warned = ({ prices, result }: ReturnType<typeof livedWith>) =>
  warningsOf(result, { years: 9 }, prices, OPTIONS).filter(({ code }) => code === 'ended' || code === 'no-price');

describe('a position whose closes end', () => {
  it('is told with its last close, and the bars that it was held on since', () => {
    const lived = livedWith(40, 'year');
    // Bought once at the start, and never looked at again: the bars from the 41st session to the 60th.
    expect(endedHoldings(lived.result, lived.prices)).toEqual([{ symbol: 'B', last: SESSIONS[39], heldSince: 20 }]);
    expect(warned(lived)).toEqual([
      { code: 'ended', detail: `what was held on is worth its last close for ever: of B on ${SESSIONS[39]}, and 20 bars since` },
    ]);
  });

  it('is told with the trades that could not be made for want of a price', () => {
    const told = warned(livedWith(40));
    expect(told.map(({ code }) => code)).toEqual(['ended', 'no-price']);
    // A rises day after day from then on, and B cannot be bought with it.
    expect(told[1]?.detail).toBe(`20 trades were wanted and not made, as there was no price: the first B on ${SESSIONS[40]}`);
  });

  it('is nothing where closes reach the end, nor of what was sold before', () => {
    expect(warned(livedWith(60))).toEqual([]);
    const { prices, result } = livedWith(40, 'year');
    // Sold on the bar of its last close, the 39th after the start.
    const holdings = { fromBar: Int32Array.of(-1, 38), units: Float64Array.of(1, 1, 2, 0) };
    expect(endedHoldings({ ...result, holdings }, prices)).toEqual([]);
    expect(endedHoldings({ ...result, holdings: { ...holdings, fromBar: Int32Array.of(-1, 41) } }, prices)).toMatchObject([
      { heldSince: 2 },
    ]);
  });
});

describe('a benchmark', () => {
  it('whose closes end before the last bar is none', () => {
    const { prices, result } = livedWith(59);
    expect(benchmarkReturns('B', prices, result)).toBeUndefined();
    expect(benchmarkFlaw('B', prices, result)).toBe(
      `its closes end on ${SESSIONS[58]}, and the backtest on ${SESSIONS[59]}; --to an earlier date`,
    );
    expect(carriedReturns('B', prices, result)?.at(-1)).toBe(0);
    const before = { ...result, dates: result.dates.slice(0, -1) };
    expect(benchmarkReturns('B', prices, before)).toHaveLength(before.dates.length);
  });

  it('needs a close by the start', () => {
    const { prices, result } = livedWith(60);
    const early = { ...result, start: { date: '2023-12-29' as const } };
    expect(benchmarkFlaw('A', prices, early)).toContain('it has no close by 2023-12-29');
    expect(benchmarkFlaw('NONE', prices, result)).toContain('it has no close by');
  });

  it('of one market is not over where only another one is open', () => {
    // A Friday, and the Sunday of a coin; then the Monday of both.
    expect(closesEndBefore('SPY', '2024-01-05', '2024-01-07')).toBe(false);
    expect(closesEndBefore('SPY', '2024-01-05', '2024-01-08')).toBe(true);
    expect(closesEndBefore('BTCUSD', '2024-01-05', '2024-01-06')).toBe(true);
  });
});
