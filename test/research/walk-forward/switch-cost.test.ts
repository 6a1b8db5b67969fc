import { describe, expect, it } from 'vitest';
import { NO_COSTS } from '../../../research/backtest/backtest-options.ts';
import { tableOf } from '../../../research/backtest/price-table.ts';
import { switchCost } from '../../../research/walk-forward/switch-cost.ts';

const DATES = ['2024-01-02', '2024-01-03'] as const;
const column = (symbol: string, ...closes: number[]) => {
  const values = Float64Array.from(closes);
  return { symbol, dates: DATES.slice(0, closes.length), closes: values, adjusted: values };
};
const PRICES = tableOf([column('GLD', 50), column('SPY', 100, 101), column('TLT', 90, 91)]);
/** Ten basis points of what is traded. */
const RULES = { ...NO_COSTS, commissionBps: 4, halfSpreadBps: 3, slippage: 2 as const };

describe('a change of choice', () => {
  it('trades the difference of the weights, and pays for each side of it', () => {
    const switched = switchCost(PRICES, RULES, { from: { SPY: 0.6, TLT: 0.4 }, to: { SPY: 0.1, TLT: 0.9 }, day: 1, equity: 1e5 });
    expect(switched.turnover).toBeCloseTo(0.5, 12);
    expect(switched.cost).toBeCloseTo(1 * 0.001, 12);
  });

  it('buys from cash and sells into it', () => {
    expect(switchCost(PRICES, RULES, { from: {}, to: { SPY: 1 }, day: 0, equity: 1e5 }).cost).toBeCloseTo(0.001, 12);
    expect(switchCost(PRICES, RULES, { from: { SPY: -0.5 }, to: {}, day: 0, equity: 1e5 })).toEqual({ turnover: 0.25, cost: 0.0005 });
  });

  it('costs nothing where nothing changes, and leaves alone what has no price', () => {
    const same = { SPY: 0.5, TLT: 0.5 };
    expect(switchCost(PRICES, RULES, { from: same, to: same, day: 1, equity: 1e5 })).toEqual({ turnover: 0, cost: 0 });
    expect(switchCost(PRICES, RULES, { from: { GLD: 0.5 }, to: { UNKNOWN: 0.5 }, day: 1, equity: 1e5 })).toEqual({ turnover: 0, cost: 0 });
  });
});
