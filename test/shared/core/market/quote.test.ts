import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { midOf, type Quote, refuseQuote, spreadBpsOf } from '../../../../shared/core/market/quote.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { anyPrice } from '../../../arbitraries/values.ts';

const NOW = Date.UTC(2026, 10, 20, 20, 35);
const RULES = { quoteAgeMsMax: 30_000, spreadBpsMax: 50 };

/** Bid and ask of SPY in dollars, `ageMs` old. */
function aQuote(bid: string, ask: string, ageMs = 0): Quote {
  return { symbol: 'SPY', bid: usd(bid), ask: usd(ask), at: NOW - ageMs };
}

describe('a quote', () => {
  it('may be traded on when it is fresh and narrow', () => {
    expect(refuseQuote(aQuote('99.99', '100.01', 1_000), NOW, RULES)).toBeUndefined();
  });

  it('is refused when there is none', () => {
    expect(refuseQuote(undefined, NOW, RULES)).toEqual({ code: 'quote-missing', figures: {} });
  });

  it.each([
    ['0', '100.01'],
    ['99.99', '0'],
    ['0', '0'],
    ['-1', '100.01'],
  ])('is refused with a side of zero or less: %s / %s', (bid, ask) => {
    expect(refuseQuote(aQuote(bid, ask), NOW, RULES)?.code).toBe('quote-zero');
  });

  it('is refused when it is crossed, and taken when it is locked', () => {
    expect(refuseQuote(aQuote('100.02', '100.01', 5), NOW, RULES)).toEqual({
      code: 'quote-crossed',
      figures: { bid: '100.02', ask: '100.01', ageMs: '5' },
    });
    expect(refuseQuote(aQuote('100.01', '100.01'), NOW, RULES)).toBeUndefined();
  });

  it('is taken at exactly the age limit and refused a millisecond beyond it', () => {
    expect(refuseQuote(aQuote('99.99', '100.01', 30_000), NOW, RULES)).toBeUndefined();
    expect(refuseQuote(aQuote('99.99', '100.01', 30_001), NOW, RULES)).toEqual({
      code: 'quote-stale',
      figures: { bid: '99.99', ask: '100.01', ageMs: '30001' },
    });
  });

  it('is as wrong from the future as from the past', () => {
    expect(refuseQuote(aQuote('99.99', '100.01', -30_000), NOW, RULES)).toBeUndefined();
    expect(refuseQuote(aQuote('99.99', '100.01', -30_001), NOW, RULES)?.code).toBe('quote-stale');
  });

  it('is taken at exactly the spread limit and refused beyond it, with the spread rounded up', () => {
    // 0.50 on a mid of 100.00 is 50 basis points; 0.52 on 100.01 is 51.99…, told as 52.
    expect(refuseQuote(aQuote('99.75', '100.25'), NOW, RULES)).toBeUndefined();
    expect(refuseQuote(aQuote('99.75', '100.27'), NOW, RULES)).toEqual({
      code: 'quote-wide',
      figures: { bid: '99.75', ask: '100.27', ageMs: '0', spreadBps: '52' },
    });
    // A hair above 50 basis points is already above the limit.
    expect(refuseQuote(aQuote('99.75', '100.250001'), NOW, RULES)?.code).toBe('quote-wide');
  });

  it('is refused for the first reason that matches: zero, crossed, stale, wide', () => {
    expect(refuseQuote(aQuote('1', '0', 60_000), NOW, RULES)?.code).toBe('quote-zero');
    expect(refuseQuote(aQuote('2', '1', 60_000), NOW, RULES)?.code).toBe('quote-crossed');
    expect(refuseQuote(aQuote('1', '2', 60_000), NOW, RULES)?.code).toBe('quote-stale');
  });

  it('has its mid between its sides, ties to even', () => {
    expect(midOf(aQuote('99.99', '100.01'))).toBe(usd('100'));
    expect(midOf(aQuote('0.000001', '0.000002'))).toBe(2n); // 1.5
    expect(midOf(aQuote('0.000002', '0.000003'))).toBe(2n); // 2.5
    expect(spreadBpsOf(aQuote('99', '101'))).toBe(200n);
  });

  it('is refused or has a mid within its sides and a spread within the limit', () => {
    fc.assert(
      fc.property(anyPrice, anyPrice, fc.integer({ min: -60_000, max: 60_000 }), (bid, ask, ageMs) => {
        const quote = { symbol: 'SPY', bid, ask, at: NOW - ageMs };
        if (refuseQuote(quote, NOW, { ...RULES, spreadBpsMax: 10_000 }) !== undefined) return;
        expect(bid <= midOf(quote) && midOf(quote) <= ask).toBe(true);
        expect((ask - bid) * 10_000n <= midOf(quote) * 10_000n).toBe(true);
        expect(Math.abs(ageMs) <= RULES.quoteAgeMsMax).toBe(true);
      }),
    );
  });
});
