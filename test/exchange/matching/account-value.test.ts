import { describe, expect, it } from 'vitest';
import { accountValue, availableQuantity } from '../../../exchange/matching/account-value.ts';
import { equityHistory } from '../../../exchange/matching/equity-history.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { aMarket, at, step, still } from '../a-market.ts';
import { aBook, buy, limit, sell } from './a-book.ts';

describe('the account', () => {
  it('is worth its cash and what it holds at the last trade', () => {
    const { book, around, place, wait } = aBook();
    place(buy('SPY', '10'));
    wait(1_000);
    // cash 100,000 − 1,000.10; 10 × 100 held
    expect(accountValue(book, around)).toMatchObject({
      cash: usd('98999.90'),
      longMarketValue: usd('1000'),
      equity: usd('99999.90'),
      initialMargin: usd('500'),
      maintenanceMargin: usd('300'),
    });
  });

  it.each([
    [1, '98999.90'],
    [2, '198999.80'],
    [4, '398999.60'],
  ] as const)('may buy for %i times its equity less what it holds', (maxMarginMultiplier, buyingPower) => {
    const { book, around, place, wait } = aBook();
    book.configuration = { ...book.configuration, maxMarginMultiplier };
    place(buy('SPY', '10'));
    wait(1_000);
    expect(accountValue(book, around)).toMatchObject({ multiplier: maxMarginMultiplier, buyingPower: usd(buyingPower) });
  });

  it('has no margin below two thousand dollars of equity', () => {
    const { book, around } = aBook({ cash: '1999.99' });
    expect(accountValue(book, around)).toMatchObject({ multiplier: 1, buyingPower: usd('1999.99'), regtBuyingPower: usd('1999.99') });
  });

  it('remembers its equity at the last close', () => {
    const overnight = at('2026-11-21', '00:00:00');
    const market = aMarket({ SPY: step(overnight, ['99.99', '100.01'], ['109.99', '110.01']) });
    const { book, around, place, wait, moveTo } = aBook({ market });
    place(buy('SPY', '10'));
    wait(10_000);
    // The close before is Thursday's: nothing was held.
    expect(accountValue(book, around).lastEquity).toBe(usd('100000'));
    moveTo(at('2026-11-23', '10:00:00'));
    // Friday's close: 98,999.90 less one cent of CAT, and 10 × 100.
    expect(accountValue(book, around).lastEquity).toBe(usd('99999.89'));
    expect(accountValue(book, around).equity).toBe(usd('100099.89'));
    place(sell('SPY', '10'));
    wait(10_000);
    expect(accountValue(book, around).lastEquity).toBe(usd('99999.89'));
  });

  it('values what has no price at its bid, and at its cost without one', () => {
    const venue = aMarket({ SPY: still('99.99', '100.01'), MUTE: () => undefined });
    const test = aBook({ market: { ...venue, lastTradeAt: () => undefined } });
    test.book.holdings.set('SPY', { quantity: shares('1'), cost: usd('90') });
    test.book.holdings.set('MUTE', { quantity: shares('2'), cost: usd('30') });
    expect(accountValue(test.book, test.around).longMarketValue).toBe(usd('129.99'));
  });

  it('has available what no open sell holds', () => {
    const { book, place } = aBook();
    book.holdings.set('SPY', { quantity: shares('10'), cost: usd('900') });
    place(sell('SPY', '4', limit('110')));
    expect(availableQuantity(book, 'SPY')).toBe(shares('6'));
    expect(availableQuantity(book, 'TLT')).toBe(0n);
  });
});

describe('the equity history', () => {
  it('is what the account was worth at each instant', () => {
    const noon = at('2026-11-20', '12:00:00');
    const market = aMarket({ SPY: step(noon, ['99.99', '100.01'], ['109.99', '110.01']) });
    const { book, around, place, wait, moveTo } = aBook({ market });
    const opened = book.now;
    place(buy('SPY', '10'));
    wait(10_000);
    moveTo(at('2026-12-20', '12:00:00'));
    expect(equityHistory(book, around.venue, [opened - 1, opened, opened + 10_000, noon, book.now])).toEqual([
      0n,
      usd('100000'),
      usd('99999.90'),
      usd('100099.90'),
      usd('100099.89'),
    ]);
  });
});
