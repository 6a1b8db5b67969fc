// Small backtests whose every figure can be reckoned by hand. Days are the sessions of the first weeks of 2024.
import { describe, expect, it } from 'vitest';
import { backtest } from '../../../research/backtest/backtest.ts';
import { type BacktestOptions, NO_COSTS, USUAL_COSTS, USUAL_OPTIONS } from '../../../research/backtest/backtest-options.ts';
import type { BacktestResult } from '../../../research/backtest/backtest-result.ts';
import { benchmarkReturns } from '../../../research/backtest/benchmark.ts';
import { priceTable } from '../../../research/backtest/price-table.ts';
import { type Subject, subjectOfStrategy } from '../../../research/backtest/subject.ts';
import type { DailyBar } from '../../../shared/core/market/bar.ts';
import { sessionsBetween } from '../../../shared/core/market/nyse-calendar.ts';
import { DEFAULT_OPTIONS } from '../../../shared/core/strategy/options.ts';
import type { Tree } from '../../../shared/core/strategy/tree.ts';
import { percent } from '../../../shared/core/values/weight.ts';
import { CASH, specified } from '../../builders/strategy.ts';

const SESSIONS = sessionsBetween('2024-01-02', '2024-12-31').map(({ date }) => date);
const FREE: BacktestOptions = { ...USUAL_OPTIONS, equity: 1_000, costs: NO_COSTS };

type Closes = readonly (number | null)[];

function tableOf(closes: Readonly<Record<string, Closes>>, more: (close: number, day: number) => Partial<DailyBar> = () => ({})) {
  const series = Object.entries(closes).map(([symbol, each]) => ({
    symbol,
    bars: each.flatMap((close, day) => (close === null ? [] : [{ date: SESSIONS[day] ?? '2024-01-02', close, ...more(close, day) }])),
  }));
  return priceTable(series, 'equities');
}

const A: Tree = { kind: 'asset', symbol: 'A' };
const B: Tree = { kind: 'asset', symbol: 'B' };

/** Held throughout once bought, unless something else is said. */
function holding(strategy: Tree, changed: Partial<Subject['sleeves'][number]> = {}): Subject {
  return subjectOfStrategy({
    name: 'test',
    strategy,
    rebalance: { kind: 'every', every: 'year' },
    decideOn: 'live-quote',
    options: DEFAULT_OPTIONS,
    ...changed,
  });
}

function lived(subject: Subject, prices: ReturnType<typeof tableOf>, options: Partial<BacktestOptions> = {}): BacktestResult {
  const result = backtest(subject, prices, { ...FREE, ...options });
  if (result.kind === 'refused') throw new Error(`${result.code}: ${result.detail}`);
  return result;
}

const rounded = (column: Float64Array) => [...column].map((each) => Number(each.toFixed(6)));

describe('a fill', () => {
  const prices = tableOf({ A: [100, 110, 121] }, (close) => ({ open: close - 5, high: close, low: close - 5 }));

  it('at the close that decided earns from the next bar on', () => {
    const { start, dates, returns } = lived(holding(A), prices);
    expect(start).toEqual({ date: '2024-01-02', equity: 1_000 });
    expect(dates).toEqual(['2024-01-03', '2024-01-04']);
    expect(rounded(returns)).toEqual([0.1, 0.1]);
  });

  it('at the next close earns from the bar after that on', () => {
    // Decided on the close of the second, bought at the 110 of the third: 121 / 110.
    const { start, returns } = lived(holding(A), prices, { fill: 'next-close' });
    expect(start.date).toBe('2024-01-03');
    expect(rounded(returns)).toEqual([0.1]);
  });

  it('at the next open earns what the day itself still brings', () => {
    // Bought at the open of 105 and worth 110 at its close.
    const { start, returns } = lived(holding(A), prices, { fill: 'next-open' });
    expect(start.date).toBe('2024-01-02');
    expect(rounded(returns)).toEqual([0.047619, 0.1]);
  });

  it('at an open is refused where prices have none', () => {
    const refused = backtest(holding(A), tableOf({ A: [100, 110] }), { ...FREE, fill: 'next-open' });
    expect(refused).toMatchObject({ kind: 'refused', code: 'no-opens' });
  });
});

describe('weights', () => {
  it('drift between two rebalances, and come back at each', () => {
    // 500 each; A doubles: 1,000 and 500. Put right in the new month's first session: 750 each, then A halves.
    const closes = [100, 200, ...Array.from({ length: 20 }, () => 200), 100];
    const prices = tableOf({ A: closes, B: closes.map(() => 100) });
    const { equity, rebalances } = lived(
      holding(specified(['50%', A], ['50%', B]), { rebalance: { kind: 'every', every: 'month' } }),
      prices,
    );
    expect(rebalances.map(({ date, turnover }) => [date, Number(turnover.toFixed(6))])).toEqual([
      ['2024-01-02', 0.5],
      // 250 sold and 250 bought of 1,500: half of 500 / 1,500.
      ['2024-02-01', 0.166667],
    ]);
    expect(rounded(equity.slice(0, 1))).toEqual([1_500]);
    expect(equity.at(-1)).toBeCloseTo(375 + 750, 3);
  });

  it('inside the band of a schedule stay as they are', () => {
    const closes = { A: [100, 109, 109, 109], B: [100, 100, 100, 100] };
    const schedules = [
      {
        name: 'daily',
        at: { anchor: 'close', offsetMinutes: -25 },
        every: 'day',
        on: 'last',
        band: { absolute: percent('5%') },
        approve: false,
      } as const,
    ];
    const subject = holding(specified(['50%', A], ['50%', B]), { rebalance: { kind: 'every', every: 'day' } });
    // 109 of 209 is 52.2 %: inside five points. At 130 it would be 56.5 %.
    expect(lived({ ...subject, schedules }, tableOf(closes)).rebalances).toHaveLength(1);
    const far = tableOf({ ...closes, A: [100, 130, 130, 130] });
    expect(lived({ ...subject, schedules }, far).rebalances.map(({ date }) => date)).toEqual(['2024-01-02', '2024-01-03']);
  });
});

describe('costs', () => {
  it('are a part of what is traded, by kind, and those of getting in are paid in the first bar', () => {
    const costs = { ...NO_COSTS, commissionBps: 10, halfSpreadBps: 20, slippage: 3 } as const;
    const { paid, returns, trades } = lived(holding(specified(['50%', A], ['50%', CASH])), tableOf({ A: [100, 100, 100] }), { costs });
    // 500 is bought: 10 bps of it, and three times 20 bps.
    expect(trades.notional[0]).toBeCloseTo(500, 6);
    expect(rounded(paid.commission)).toEqual([0.5, 0]);
    expect(rounded(paid.spread)).toEqual([3, 0]);
    expect(rounded(returns)).toEqual([-0.0035, 0]);
  });

  it('never make a debt: what is bought with all of the cash is bought with less', () => {
    const costs = { ...NO_COSTS, commissionBps: 100 };
    const { cash, equity } = lived(holding(A), tableOf({ A: [100, 100] }), { costs });
    expect(rounded(cash)).toEqual([0]);
    // 1,000 / 1.01.
    expect(equity[0]).toBeCloseTo(990.09901, 5);
  });

  it('grow with the square root of the size, where volumes are known', () => {
    const closes = Array.from({ length: 40 }, (_, day) => (day % 2 === 0 ? 100 : 101));
    const prices = tableOf({ A: closes }, () => ({ volume: 10_000 }));
    const impactOf = (equity: number) =>
      lived(holding(A, { decideOn: 'last-close' }), prices, { equity, from: '2024-02-20', costs: { ...NO_COSTS, impact: 1 } }).paid
        .impact[0] ?? 0;
    // Twenty returns of 1 % and −1/101, in turn: a sample deviation of 1.02087 %. A day's volume is 1,005,000 USD.
    expect(impactOf(10_050) / 10_050).toBeCloseTo(0.0102087 * Math.sqrt(0.01), 4);
    expect(impactOf(40_200) / 40_200).toBeCloseTo(2 * 0.0102087 * Math.sqrt(0.01), 4);
  });

  it('of regulators are those of the trade date, and unknown ones are counted', () => {
    const prices = tableOf({ A: [100, 100, 100] });
    const { paid, unpriced } = lived(holding(A), prices, { costs: { ...USUAL_COSTS, halfSpreadBps: 0 } });
    expect([...paid.fees]).toEqual([0, 0]);
    // A buy of January 2024: CAT has no rate yet, and the others fall on sells.
    expect(unpriced).toEqual({ SEC: 0, TAF: 0, CAT: 1 });
  });
});

describe('cash', () => {
  it('earns its rate by the days between two bars', () => {
    // Friday the 5th to Monday the 8th: three days.
    const prices = tableOf({ A: [100, 100, 100, 100, 100] });
    const { earned } = lived(holding(specified(['50%', A], ['50%', CASH])), prices, { cash: { kind: 'annual', rate: 0.0365 } });
    expect(earned.interest[0]).toBeCloseTo(500 * (1.0365 ** (1 / 365) - 1), 9);
    expect(earned.interest[3]).toBeCloseTo(500 * (1.0365 ** (6 / 365) - 1.0365 ** (3 / 365)), 9);
  });

  it('takes dividends on their ex-date where they are paid out, and earns the same where they are reinvested', () => {
    // A dividend of 2 on the third, when the close goes from 100 to 98: adjusted closes before it are 98 % of the closes.
    const closes: Closes = [100, 98, 98];
    const prices = tableOf({ A: closes }, (close, day) => ({ adjClose: day === 0 ? 98 : close }));
    const paid = lived(holding(A), prices, { dividends: 'paid' });
    expect(rounded(paid.earned.dividends)).toEqual([20, 0]);
    expect(rounded(paid.equity)).toEqual([1_000, 1_000]);
    expect(rounded(lived(holding(A), prices).equity)).toEqual([1_000, 1_000]);
  });

  it('of sales buys nothing before it has settled, where only settled cash is spent', () => {
    // From A to B on the third: nothing is settled then, so that B is bought when the proceeds are there, by the run after.
    const rise: Tree = {
      kind: 'if',
      condition: {
        kind: 'compare',
        left: { kind: 'metric', metric: { name: 'current-price' }, symbol: 'A' },
        comparator: 'gt',
        right: { kind: 'constant', value: 105 },
      },
      // biome-ignore lint/suspicious/noThenProperty: a word of the language; nothing ever awaits a node
      then: B,
      otherwise: A,
    };
    const prices = tableOf({ A: [100, 110, 110, 110, 110], B: [100, 100, 100, 100, 100] });
    const daily = holding(rise, { rebalance: { kind: 'every', every: 'day' } });
    const settled = lived(daily, prices, { settlement: 'settled-only' });
    // T+2 in January 2024: sold on the third, there on the fifth.
    expect(settled.rebalances.map(({ date }) => date)).toEqual(['2024-01-02', '2024-01-03', '2024-01-05']);
    expect(settled.skipped.map(({ date, code }) => [date, code])).toEqual([
      ['2024-01-03', 'unsettled-cash'],
      ['2024-01-04', 'unsettled-cash'],
    ]);
    expect(lived(daily, prices).rebalances.map(({ date }) => date)).toEqual(['2024-01-02', '2024-01-03']);
  });
});

describe('what is missing', () => {
  it('leaves a position at its latest close, and its trade unmade', () => {
    const prices = tableOf({ A: [100, null, 120], B: [100, 100, 100] });
    const { equity, skipped } = lived(holding(specified(['50%', A], ['50%', B]), { rebalance: { kind: 'every', every: 'day' } }), prices);
    expect(rounded(equity)).toEqual([1_000, 1_100]);
    expect(skipped).toEqual([]);
  });

  it('of a symbol altogether is said before anything is computed', () => {
    expect(backtest(holding(B), tableOf({ A: [100, 100] }), FREE)).toEqual({
      kind: 'refused',
      code: 'no-prices',
      detail: 'no prices of B',
    });
  });

  it('at the beginning puts off the start; after a date that was asked for, it is refused run by run', () => {
    const prices = tableOf({ A: [null, null, 100, 110], B: [100, 100, 100, 100] });
    const both = holding(specified(['50%', A], ['50%', B]), { rebalance: { kind: 'every', every: 'day' } });
    expect(lived(both, prices).start.date).toBe('2024-01-04');
    const asked = lived(both, prices, { from: '2024-01-02' });
    expect(asked.start.date).toBe('2024-01-02');
    expect(asked.refused.map(({ date, code }) => [date, code])).toEqual([
      ['2024-01-02', 'no-price'],
      ['2024-01-03', 'no-price'],
    ]);
    expect(rounded(asked.returns)).toEqual([0, 0, 0.05]);
  });
});

describe('a benchmark', () => {
  it('is held throughout, on the bars of the result', () => {
    const prices = tableOf({ A: [100, 110, 121], B: [50, 50, 60] });
    const result = lived(holding(A), prices);
    expect(rounded(benchmarkReturns('B', prices, result) ?? new Float64Array())).toEqual([0, 0.2]);
    expect(benchmarkReturns('NONE', prices, result)).toBeUndefined();
  });
});

describe('a protective exit', () => {
  it('sells at the fill after the close that touched it, and waits', () => {
    const prices = tableOf({ A: [100, 95, 89, 80, 80] });
    const guarded = holding(A, { exits: { stopLoss: percent('10%'), reEnter: 'when-target-returns' } });
    // 89 is more than a tenth below 100: sold at that close, and the fall to 80 is nobody's.
    const { equity, rebalances } = lived(guarded, prices);
    expect(rounded(equity)).toEqual([950, 890, 890, 890]);
    expect(rebalances.map(({ date, turns }) => [date, turns['test']])).toEqual([
      ['2024-01-02', 'first'],
      ['2024-01-04', 'exit'],
    ]);
  });
});
