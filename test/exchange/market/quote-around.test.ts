import { describe, expect, it } from 'vitest';
import { quoteAround } from '../../../exchange/market/quote-around.ts';
import { usd } from '../../../shared/core/values/money.ts';

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
    expect(quoteAround(usd(price), spread)).toEqual({ bid: usd(bid), ask: usd(ask) });
  });
});
