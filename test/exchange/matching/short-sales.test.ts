import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountValue, availableQuantity } from '../../../exchange/matching/account-value.ts';
import { equityHistory } from '../../../exchange/matching/equity-history.ts';
import { intradayBasis } from '../../../exchange/matching/intraday-basis.ts';
import { formatUsd, usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { aMarket, at, type PricePath, step, still } from '../a-market.ts';
import { aBook, buy, limit, sell, type TestBook } from './a-book.ts';

const LENT = { isShortable: true, isEasyToBorrow: true };
const market = aMarket({ SPY: still('99.99', '100.01'), TLT: still('49.99', '50.01') }, { SPY: LENT, TLT: LENT });

/** 10 SPY sold short at the bid of 99.99, of 100,000 dollars. */
function shortTen(): TestBook {
  const test = aBook({ market });
  test.place(sell('SPY', '10'));
  test.wait(1_000);
  return test;
}

describe('a short sale', () => {
  it('brings cash, is owed at the last trade, and leaves the equity as it was', () => {
    const { book, around } = shortTen();
    expect(book.holdings.get('SPY')).toEqual({ quantity: shares('-10'), cost: usd('-999.90') });
    expect(accountValue(book, around)).toMatchObject({
      cash: usd('100999.90'),
      longMarketValue: 0n,
      shortMarketValue: usd('-1000'),
      equity: usd('99999.90'),
      // 4 × 99,999.90 less 1,000 owed.
      buyingPower: usd('398999.60'),
      initialMargin: usd('500'),
      maintenanceMargin: usd('300'),
    });
  });

  it('loses when the price rises, as much as a long position would gain', () => {
    const noon = at('2026-11-20', '12:00:00');
    const rising = aMarket({ SPY: step(noon, ['99.99', '100.01'], ['109.99', '110.01']) }, { SPY: LENT });
    const { book, around, place, wait, moveTo } = aBook({ market: rising });
    const opened = book.now;
    place(sell('SPY', '10'));
    wait(1_000);
    moveTo(noon);
    expect(accountValue(book, around).equity).toBe(usd('99899.90'));
    expect(equityHistory(book, around.venue, [opened + 1_000, noon])).toEqual([usd('99999.90'), usd('99899.90')]);
    // Sold for 999.90 on this date: what it is reckoned from, below zero.
    expect(intradayBasis(book, 'SPY', usd('98'))).toBe(usd('-999.90'));
  });

  it('reserves buying power at its limit, or at three percent above the ask where that is more', () => {
    const { book, around, place } = aBook({ market });
    place(sell('SPY', '10', limit('100.05')));
    // 10 × 1.03 × 100.01
    expect(accountValue(book, around).buyingPower).toBe(usd('398969.897'));
    place(sell('TLT', '10', limit('60')));
    expect(accountValue(book, around).buyingPower).toBe(usd('398369.897'));
  });

  it('is refused beyond the buying power', () => {
    const { submit } = aBook({ cash: '2500', market });
    // 4 × 2,500 = 10,000; 98 × 103.0103 is more, 97 is not.
    expect(submit(sell('SPY', '98'))).toMatchObject({ code: 'buying-power', figures: { buyingPower: '10000.00', costBasis: '10095.01' } });
    expect(submit(sell('SPY', '97'))).not.toHaveProperty('kind');
  });

  it('is refused of a fraction, of an amount, and of what nobody lends easily', () => {
    const mixed = aMarket(
      { SPY: still('99.99', '100.01'), HARD: still('9.99', '10.01'), NONE: still('9.99', '10.01') },
      { SPY: LENT, HARD: { isShortable: true } },
    );
    const { submit } = aBook({ market: mixed });
    expect(submit(sell('SPY', '1.5'))).toMatchObject({ code: 'fractional-short' });
    const { quantity: _, ...byAmount } = sell('SPY', '1');
    expect(submit({ ...byAmount, notional: usd('500') })).toMatchObject({ code: 'fractional-short' });
    for (const symbol of ['HARD', 'NONE'])
      expect(submit(sell(symbol, '1'))).toMatchObject({ code: 'asset-not-shortable', figures: { symbol } });
  });

  it.each([
    ['has turned it off', { noShorting: true }, '100000'],
    ['has no margin by its own wish', { maxMarginMultiplier: 1 as const }, '100000'],
    ['is worth less than two thousand dollars', {}, '1999.99'],
  ])('is refused to an account that %s', (_, configuration, cash) => {
    const { book, submit } = aBook({ market, cash });
    book.configuration = { ...book.configuration, ...configuration };
    expect(submit(sell('SPY', '1'))).toMatchObject({ code: 'shorting-off' });
  });
});

describe('no order goes through zero', () => {
  it('from long to short', () => {
    const { book, submit } = aBook({ market });
    book.holdings.set('SPY', { quantity: shares('10'), cost: usd('900') });
    expect(submit(sell('SPY', '11'))).toMatchObject({ code: 'quantity-unavailable', figures: { requested: '11', available: '10' } });
  });

  it('from short to long, counting what another cover has set aside', () => {
    const { book, place, submit } = shortTen();
    const resting = place(buy('SPY', '4', limit('90')));
    expect(availableQuantity(book, 'SPY')).toBe(shares('-6'));
    expect(submit(buy('SPY', '7'))).toMatchObject({
      code: 'quantity-unavailable',
      figures: { requested: '7', available: '6', existing: '10', held: '4' },
      relatedOrders: [resting.id],
    });
    expect(submit(buy('SPY', '6', limit('91')))).not.toHaveProperty('kind');
  });

  it('by two orders of which one opens a long and the other a short position', () => {
    const { place, submit } = aBook({ market });
    const resting = place(buy('SPY', '1', limit('90')));
    expect(submit(sell('SPY', '1', limit('110')))).toMatchObject({ code: 'long-buy-open', relatedOrders: [resting.id] });
    const other = place(sell('TLT', '1', limit('60')));
    expect(submit(buy('TLT', '1', limit('40')))).toMatchObject({ code: 'short-sell-open', relatedOrders: [other.id] });
  });

  it('by an amount that buys more than is short when the price has fallen', () => {
    const noon = at('2026-11-20', '12:00:00');
    const falling = aMarket({ SPY: step(noon, ['99.99', '100.01'], ['9.99', '10.01']) }, { SPY: LENT });
    const { book, place, wait, moveTo, faults } = aBook({ market: falling });
    place(sell('SPY', '10'));
    wait(1_000);
    faults.arm({ kind: 'halt', symbol: 'SPY' });
    const { quantity: _, ...byAmount } = buy('SPY', '1');
    place({ ...byAmount, notional: usd('900') });
    moveTo(noon);
    faults.clear();
    wait(5_000);
    expect(book.holdings.get('SPY')).toBeUndefined();
  });
});

describe('a cover', () => {
  it('takes no buying power, and ends the position', () => {
    const { book, around, place, wait } = shortTen();
    const before = accountValue(book, around).buyingPower;
    const resting = place(buy('SPY', '4', limit('90')));
    expect(accountValue(book, around).buyingPower).toBe(before);
    expect(resting).toMatchObject({ reservePrice: 0n, heldQuantity: shares('4') });
    place(buy('SPY', '6'));
    wait(1_000);
    expect(book.holdings.get('SPY')).toEqual({ quantity: shares('-4'), cost: usd('-399.96') });
  });
});

describe('whatever is ordered of what may be sold short', () => {
  const swing =
    (phase: number): PricePath =>
    (now) => {
      const mid = 10_000 + Math.round(300 * Math.sin(now / 40_000 + phase));
      return [formatUsd(BigInt(mid - 1) * 10_000n), formatUsd(BigInt(mid + 1) * 10_000n)];
    };
  const swinging = aMarket({ AAA: swing(0), BBB: swing(2) }, { AAA: LENT, BBB: LENT });
  const move = fc.record({
    side: fc.constantFrom('buy' as const, 'sell' as const),
    symbol: fc.constantFrom('AAA', 'BBB'),
    nanos: fc.oneof(
      fc.constantFrom(5n, 5n, 10n).map((whole) => whole * 1_000_000_000n),
      fc.bigInt(20_000_000n, 9_000_000_000n),
    ),
    cents: fc.oneof(fc.constant(0), fc.integer({ min: 9_500, max: 10_500 })),
    wait: fc.integer({ min: 0, max: 30_000 }),
  });

  it('cash and positions are those of the fills, no fill goes through zero, and nothing is set aside twice', () => {
    let [shorts, turned] = [0, 0];
    fc.assert(
      fc.property(fc.array(move, { minLength: 5, maxLength: 25 }), (moves) => {
        const { book, around, submit, wait } = aBook({ market: swinging, cash: '5000', partialFillPpm: 300_000 });
        for (const { side, symbol, nanos, cents, wait: ms } of moves) {
          submit({ ...buy(symbol, '1'), side, quantity: nanos, ...(cents === 0 ? {} : limit(formatUsd(BigInt(cents) * 10_000n))) });
          wait(ms);
          for (const each of ['AAA', 'BBB']) {
            const held = book.holdings.get(each)?.quantity ?? 0n;
            const available = availableQuantity(book, each);
            expect(held >= 0n ? available >= 0n && available <= held : available <= 0n && available >= held).toBe(true);
          }
          expect(accountValue(book, around).buyingPower >= 0n).toBe(true);
        }
        const held = new Map([
          ['AAA', 0n],
          ['BBB', 0n],
        ]);
        let cash = 0n;
        for (const activity of book.activities) {
          cash += activity.cashChange;
          if (activity.kind !== 'FILL') continue;
          const before = held.get(activity.symbol) ?? 0n;
          const after = before + (activity.side === 'buy' ? activity.quantity : -activity.quantity);
          expect(before === 0n || after === 0n || before > 0n === after > 0n).toBe(true);
          if (after < 0n) shorts += 1;
          if (before < 0n && after === 0n) turned += 1;
          held.set(activity.symbol, after);
        }
        expect(book.cash).toBe(cash);
        for (const [symbol, quantity] of held) expect(book.holdings.get(symbol)?.quantity ?? 0n).toBe(quantity);
      }),
      { numRuns: 80 },
    );
    expect(shorts).toBeGreaterThan(20);
    expect(turned).toBeGreaterThan(0);
  });
});
