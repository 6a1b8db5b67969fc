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

  it('is what was refused or had to wait, with how often', () => {
    const date = '2017-03-01';
    const waited = { date, symbol: 'A', code: 'unsettled-cash', leftOut: 5 } as const;
    const refused = { date, code: 'no-price', detail: 'A has no close' } as const;
    expect(warned({ refused: [refused], skipped: [waited, waited] })).toEqual([
      { code: 'refused-runs', detail: '1 runs traded nothing, first on 2017-03-01: A has no close' },
      { code: 'unsettled-cash', detail: '2 buys waited, in part or whole, for proceeds to settle' },
    ]);
  });
});
