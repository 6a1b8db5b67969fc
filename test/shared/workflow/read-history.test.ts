import { describe, expect, it } from 'vitest';
import type { DailyBar, DailySeries } from '../../../shared/core/market/bar.ts';
import { DEFAULT_OPTIONS, type StrategyOptions } from '../../../shared/core/strategy/options.ts';
import type { Tree } from '../../../shared/core/strategy/tree.ts';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import type { MarketData } from '../../../shared/ports/market-data.ts';
import { historyOf, readBars } from '../../../shared/workflow/read-history.ts';

/** A market without prices that writes down what it was asked. */
async function askedFor(
  strategies: readonly Tree[],
  asOf: NewYorkDate,
  prior?: readonly { anchor: NewYorkDate }[],
  options: StrategyOptions = DEFAULT_OPTIONS,
): Promise<unknown[]> {
  const asked: unknown[] = [];
  const marketData = {
    dailyBars: async (...range: Parameters<MarketData['dailyBars']>): Promise<readonly DailySeries[]> => {
      asked.push(range);
      return [];
    },
  };
  const sleeves = strategies.map((strategy) => ({ strategy, options }));
  await readBars(['SPY'], sleeves, asOf, marketData, prior);
  return asked;
}

const fixed: Tree = { kind: 'asset', symbol: 'SPY' };
const calm = (window: number): Tree => ({ kind: 'inverse-volatility', window, children: [fixed] });

describe('the bars that strategies look back on', () => {
  it('are five closes where no price decides', async () => {
    // Four sessions after Christmas, and one after New Year's Day.
    expect(await askedFor([fixed], '2024-01-02')).toEqual([[['SPY'], '2023-12-26', '2024-01-02', 'adjusted']]);
  });

  it('reach as far back as the strategy that looks back furthest', async () => {
    // Ten returns need eleven closes: eight of 2024 up to the 11th, and three of 2023.
    expect(await askedFor([calm(10), fixed, calm(3)], '2024-01-11')).toEqual([[['SPY'], '2023-12-27', '2024-01-11', 'adjusted']]);
  });

  it('begin with the calendar where a window is longer than that', async () => {
    expect(await askedFor([calm(10_000)], '2024-01-11')).toEqual([[['SPY'], '1990-01-02', '2024-01-11', 'adjusted']]);
  });

  it('begin where an earlier decision began, unless that is twenty years ago', async () => {
    const prior = [{ anchor: '2023-06-01' }, { anchor: '2001-01-02' }] as const;
    expect(await askedFor([fixed], '2024-01-11', prior)).toEqual([[['SPY'], '2023-06-01', '2024-01-11', 'adjusted']]);
  });

  it('are in the prices that the options name, and reach as far back as they make necessary', async () => {
    // 81 sessions: 8 of January, 20, 21 and 22 of the months before, 10 of September. Nine windows: all 20 of September.
    const mean: Tree = {
      kind: 'filter',
      select: 'top',
      count: 1,
      by: { name: 'exponential-moving-average-price', window: 10 },
      children: [fixed],
    };
    expect(await askedFor([mean], '2024-01-11')).toEqual([[['SPY'], '2023-09-18', '2024-01-11', 'adjusted']]);
    const options: StrategyOptions = { ...DEFAULT_OPTIONS, emaSeed: 'mean', prices: 'split-adjusted' };
    expect(await askedFor([mean], '2024-01-11', undefined, options)).toEqual([[['SPY'], '2023-09-01', '2024-01-11', 'split-adjusted']]);
  });

  it('become columns of adjusted closes, of raw ones where there are no others', () => {
    const bar: DailyBar = { date: '2024-01-02', open: 1, high: 1, low: 1, close: 1, volume: 1 };
    const series: DailySeries[] = [
      {
        symbol: 'SPY',
        bars: [
          { ...bar, adjClose: 0.5 },
          { ...bar, date: '2024-01-03' },
        ],
      },
      { symbol: 'NEW', bars: [] },
    ];
    expect(historyOf({ anchor: '2024-01-02', series }, [])).toEqual({
      anchor: '2024-01-02',
      calendar: 'equities',
      columns: [
        { symbol: 'SPY', dates: ['2024-01-02', '2024-01-03'], closes: [0.5, 1] },
        { symbol: 'NEW', dates: [], closes: [] },
      ],
    });
  });
});
