import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteAround } from '../../../exchange/market/quote-around.ts';
import { isOnTick } from '../../../exchange/matching/tick-size.ts';
import { usd } from '../../../shared/core/values/money.ts';

const DATE = '2020-01-02';

describe('quoteAround', () => {
  it.each([
    // price, spread in ppm, bid, ask
    ['100.00', 200n, '99.99', '100.01'],
    ['100.00', 0n, '100.00', '100.01'],
    ['100.005', 0n, '100.00', '100.01'],
    ['400.00', 1_000n, '399.80', '400.20'],
    ['0.50', 2_000n, '0.4995', '0.5005'],
    ['0.50', 0n, '0.50', '0.5001'],
    ['1.00', 0n, '1.00', '1.01'],
    ['1.00', 20_000n, '0.99', '1.01'],
    ['0.99999', 0n, '0.9999', '1.00'],
    ['0.999', 10_000n, '0.994', '1.01'],
    ['0.00005', 0n, '0.0001', '0.0002'],
  ])('quotes %s with %s parts per million of spread', (price, spread, bid, ask) => {
    expect(quoteAround(usd(price), spread, DATE)).toEqual({ bid: usd(bid), ask: usd(ask) });
  });

  it('has both sides on the grid that orders are held to, at least the spread apart', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2_000_000_000n }), fc.bigInt({ min: 0n, max: 50_000n }), (price, spreadPpm) => {
        const { bid, ask } = quoteAround(price, spreadPpm, DATE);
        expect([isOnTick(bid, DATE), isOnTick(ask, DATE)]).toEqual([true, true]);
        expect(bid > 0n && ask > bid).toBe(true);
        // Half a micro-dollar may be lost on either side.
        expect((ask - bid + 1n) * 1_000_000n >= price * spreadPpm).toBe(true);
      }),
    );
  });

  it('is not known for a date before the table of ticks', () => {
    expect(() => quoteAround(usd('100'), 0n, '1989-12-29')).toThrow(RangeError);
  });
});
