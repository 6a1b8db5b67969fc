import { describe, expect, it } from 'vitest';
import { accruedFees, unpricedFees } from '../../../exchange/matching/post-fees.ts';
import { settledCash } from '../../../exchange/matching/settled-cash.ts';
import { feesOf, roundUpToCent } from '../../../shared/core/ledger/fee-table.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import { at } from '../a-market.ts';
import { aBook, buy, limit, sell } from './a-book.ts';

/** Femto-dollars. */
const femtos = (dollars: string): bigint => usd(dollars) * 1_000_000_000n;

describe('the fee table', () => {
  // 1,000 shares sold for $1,000,000: SEC per million of proceeds, TAF and CAT per share.
  it.each<[NewYorkDate, bigint | 'unpriced', bigint | 'unpriced', bigint | 'unpriced']>([
    ['2024-05-21', 'unpriced', 'unpriced', 'unpriced'],
    ['2025-05-13', femtos('27.80'), femtos('0.166'), femtos('0.003')],
    ['2025-05-14', 0n, femtos('0.166'), femtos('0.003')],
    ['2026-04-03', 0n, femtos('0.195'), femtos('0.003')],
    ['2026-04-04', femtos('20.60'), femtos('0.195'), femtos('0.003')],
    ['2026-10-01', femtos('20.60'), 0n, femtos('0.003')],
    ['2026-12-31', femtos('20.60'), 0n, femtos('0.003')],
    ['2027-01-01', 'unpriced', 'unpriced', 'unpriced'],
    ['2004-08-31', 'unpriced', 'unpriced', 'unpriced'],
  ])('prices a sell of %s', (date, sec, taf, cat) => {
    expect(feesOf('sell', date, usd('1000000'), shares('1000'))).toEqual([
      { type: 'SEC', femtos: sec },
      { type: 'TAF', femtos: taf },
      { type: 'CAT', femtos: cat },
    ]);
  });

  it('takes only CAT of a buy', () => {
    expect(feesOf('buy', '2025-01-02', usd('1000000'), shares('1000'))).toEqual([{ type: 'CAT', femtos: femtos('0.003') }]);
  });

  it('caps TAF a trade', () => {
    // 100,000 × 0.000166 = 16.60, capped at 8.30; 100,000 × 0.000195 = 19.50, capped at 9.79.
    expect(feesOf('sell', '2025-06-02', usd('1'), shares('100000'))[1]).toEqual({ type: 'TAF', femtos: femtos('8.30') });
    expect(feesOf('sell', '2026-06-01', usd('1'), shares('100000'))[1]).toEqual({ type: 'TAF', femtos: femtos('9.79') });
  });

  it('rounds a sum up to a cent, and nothing to nothing', () => {
    expect([0n, 1n, femtos('0.01'), femtos('0.010001')].map(roundUpToCent)).toEqual([0n, usd('0.01'), usd('0.01'), usd('0.02')]);
  });
});

describe('fees', () => {
  it('are gathered during the day and posted when extended hours end, one sum a type', () => {
    const { book, place, wait, moveTo } = aBook();
    book.holdings.set('SPY', { quantity: shares('100'), cost: usd('9000') });
    place(sell('SPY', '60'));
    place(sell('SPY', '40'));
    wait(10_000);
    // SEC: 9,999 × 20.60 / 1,000,000 = 0.2059794 → 0.21; CAT: 100 × 0.000003 = 0.0003 → 0.01; TAF is 0 since 2026-10-01.
    expect(accruedFees(book)).toBe(usd('0.22'));
    moveTo(at('2026-11-20', '19:59:59'));
    expect(book.cash).toBe(usd('109999'));
    moveTo(at('2026-11-20', '20:00:00'));
    expect(accruedFees(book)).toBe(0n);
    expect(book.cash).toBe(usd('109998.78'));
    expect(book.activities.filter(({ kind }) => kind === 'FEE')).toMatchObject([
      { feeType: 'SEC', date: '2026-11-20', cashChange: -usd('0.21'), isUnpriced: false },
      { feeType: 'CAT', date: '2026-11-20', cashChange: -usd('0.01'), isUnpriced: false },
    ]);
  });

  it('of regular and of extended hours are one sum a date and type, rounded up once', () => {
    const { book, place, wait, moveTo } = aBook();
    book.holdings.set('SPY', { quantity: shares('100'), cost: usd('9000') });
    place(sell('SPY', '60'));
    moveTo(at('2026-11-20', '16:30:00'));
    place(sell('SPY', '40', { ...limit('99'), extendedHours: true }));
    wait(10_000);
    expect(book.cash).toBe(usd('109999'));
    moveTo(at('2026-11-23', '10:00:00'));
    // SEC: (5,999.40 + 3,999.60) × 20.60 / 1,000,000 = 0.2059794 → 0.21; apart they were 0.13 + 0.09 = 0.22. CAT: 0.0003 → 0.01.
    expect(book.activities.filter(({ kind }) => kind === 'FEE')).toMatchObject([
      { feeType: 'SEC', date: '2026-11-20', cashChange: -usd('0.21') },
      { feeType: 'CAT', date: '2026-11-20', cashChange: -usd('0.01') },
    ]);
    expect(book.cash).toBe(usd('109998.78'));
  });

  it('are posted at 17:00 after an early close', () => {
    const { book, place, moveTo } = aBook({ from: at('2026-11-27', '10:00:00') });
    place(buy('SPY', '10'));
    moveTo(at('2026-11-27', '16:59:59'));
    expect(book.cash).toBe(usd('98999.90'));
    moveTo(at('2026-11-27', '17:00:00'));
    expect(book.cash).toBe(usd('98999.89'));
  });

  it('of a date outside the table are reported as unpriced, never as free', () => {
    const { book, place, moveTo } = aBook({ from: at('2004-08-31', '10:00:00') });
    place(buy('SPY', '10'));
    moveTo(at('2004-08-31', '20:00:00'));
    expect(book.cash).toBe(usd('98999.90'));
    expect(unpricedFees(book)).toEqual([{ date: '2004-08-31', feeType: 'CAT' }]);
    expect(book.activities.at(-1)).toMatchObject({ kind: 'FEE', cashChange: 0n, isUnpriced: true });
  });
});

describe('settlement', () => {
  it('keeps the proceeds of a sale apart until they arrive, though they count as cash at once', () => {
    const { book, place, wait } = aBook({ cash: '1000' });
    book.holdings.set('SPY', { quantity: shares('10'), cost: usd('900') });
    place(sell('SPY', '10'));
    wait(10_000);
    expect(book.cash).toBe(usd('1999.90'));
    expect(settledCash(book, '2026-11-20')).toBe(usd('1000'));
    expect(settledCash(book, '2026-11-22')).toBe(usd('1000'));
    expect(settledCash(book, '2026-11-23')).toBe(usd('1999.90'));
  });

  it.each<[NewYorkDate, NewYorkDate]>([
    // Friday. T+3: Monday, Tuesday, Wednesday.
    ['2004-08-27', '2004-09-01'],
    // Wednesday. T+2: Thursday, Friday.
    ['2024-05-22', '2024-05-24'],
    // Wednesday before Thanksgiving. T+1: Friday.
    ['2026-11-25', '2026-11-27'],
    // Friday before Columbus Day, which has a session but settles nothing. T+1: Tuesday.
    ['2026-10-09', '2026-10-13'],
  ])('of a sale of %s arrives on %s', (tradeDate, settlesOn) => {
    const { book, place, wait } = aBook({ from: at(tradeDate, '10:00:00') });
    book.holdings.set('SPY', { quantity: shares('10'), cost: usd('900') });
    place(sell('SPY', '10'));
    wait(10_000);
    expect(book.unsettled).toEqual([{ amount: usd('999.90'), settlesOn }]);
  });
});
