import { describe, expect, it } from 'vitest';
import type { BacktestResult } from '../../../research/backtest/backtest-result.ts';
import { warningsOf } from '../../../research/backtest/warnings.ts';
import { aReport } from '../report/a-report.ts';

const { result, extras } = aReport({ options: { costs: { ...aReport().extras.options.costs, impact: 0, fees: 'none' } } });
const { prices, options } = extras;
const warned = (changed: Partial<BacktestResult> = {}, years = 4, impact = 0) =>
  warningsOf({ ...result, ...changed }, { years }, prices, { ...options, costs: { ...options.costs, impact } });
const codes = (...asked: Parameters<typeof warned>) => warned(...asked).map(({ code }) => code);

describe('what a backtest is warned of', () => {
  it('is nothing where nothing is doubtful', () => expect(codes()).toEqual([]));

  it('is a history below three years', () => {
    expect(codes({}, 3)).toEqual([]);
    expect(codes({}, 2.999)).toEqual(['short-history']);
  });

  it('is fewer than thirty rebalances, where anything was traded at all', () => {
    expect(codes({ rebalances: result.rebalances.slice(0, 30) })).toEqual([]);
    expect(codes({ rebalances: result.rebalances.slice(0, 29) })).toEqual(['few-rebalances']);
    expect(codes({ rebalances: [], trades: { ...result.trades, bar: new Int32Array(0) } })).toEqual([]);
  });

  it('is an impact that is asked for and cannot be counted', () => expect(codes({}, 4, 1)).toEqual(['no-volumes']));

  it('is what was refused, a line for each code with the code before the words of its first run', () => {
    const run = (date: string, code: 'breaker-stopped' | 'kill-switch', detail: string) => ({ date: date as '2017-03-01', code, detail });
    const refused = [
      run('2017-03-01', 'breaker-stopped', 'drawdown 22%'),
      run('2017-04-03', 'kill-switch', 'the breaker'),
      run('2017-05-01', 'kill-switch', 'the breaker again'),
    ];
    expect(warned({ refused })).toEqual([
      { code: 'refused-runs', detail: '1 runs traded nothing, first on 2017-03-01: breaker-stopped: drawdown 22%' },
      { code: 'refused-runs', detail: '2 runs traded nothing, first on 2017-04-03: kill-switch: the breaker' },
    ]);
  });

  it('is a symbol that had no close when the record began', () => {
    // All of them have closes from 2016-01-04 on.
    expect(codes({ start: { ...result.start, date: '2015-12-30' } })).toEqual([]);
    const [a, ...others] = prices.columns;
    const later = { ...(a as (typeof prices.columns)[number]), dates: prices.dates.slice(500) };
    const late = { ...prices, columns: [later, ...others] };
    expect(warningsOf(result, { years: 4 }, late, options).filter(({ code }) => code === 'left-out')).toEqual([
      {
        code: 'left-out',
        detail: `the record begins on ${result.start.date}, and there is no close of A before ${prices.dates[500]}: until then all is chosen without it`,
      },
    ]);
  });

  it('is what was refused or had to wait, with how often', () => {
    const date = '2017-03-01';
    const waited = { date, symbol: 'A', code: 'unsettled-cash', leftOut: 5 } as const;
    const refused = { date, code: 'no-price', detail: 'A has no close' } as const;
    expect(warned({ refused: [refused], skipped: [waited, waited] })).toEqual([
      { code: 'refused-runs', detail: '1 runs traded nothing, first on 2017-03-01: no-price: A has no close' },
      { code: 'unsettled-cash', detail: '2 buys waited, in part or whole, for proceeds to settle' },
    ]);
  });
});
