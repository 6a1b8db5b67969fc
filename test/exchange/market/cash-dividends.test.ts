import { describe, expect, it } from 'vitest';
import { cashDividends } from '../../../exchange/market/cash-dividends.ts';

describe('cashDividends', () => {
  it('finds the payment that explains a shift of the adjusted close', () => {
    // $1.50 on a close of 100: before the ex-date the factor is 98.5 / 100 of what it is after.
    const bars = [
      { date: '2020-01-06', close: 100, adjClose: 98.5 },
      { date: '2020-01-07', close: 99, adjClose: 99 },
      { date: '2020-01-08', close: 98, adjClose: 98 },
    ] as const;
    expect(cashDividends(bars)).toEqual([{ exDate: '2020-01-07', rate: 1.5 }]);
  });

  it('takes a shift below a basis point for the rounding of the file', () => {
    expect(
      cashDividends([
        { date: '2020-01-06', close: 100, adjClose: 99.991 },
        { date: '2020-01-07', close: 100, adjClose: 100 },
      ]),
    ).toEqual([]);
  });

  it('finds nothing where there is no adjusted close, or where it moves the other way', () => {
    expect(
      cashDividends([
        { date: '2020-01-06', close: 100 },
        { date: '2020-01-07', close: 50 },
      ]),
    ).toEqual([]);
    expect(
      cashDividends([
        { date: '2020-01-06', close: 100, adjClose: 100 },
        { date: '2020-01-07', close: 100, adjClose: 90 },
      ]),
    ).toEqual([]);
  });
});
