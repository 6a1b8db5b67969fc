import { describe, expect, it } from 'vitest';
import { collarLimit, limitPriceOf, tickOf } from '../../../../shared/core/execution/limit-price.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { aQuote, RULES } from './execution-builder.ts';

const patient = { ...RULES, style: 'patient' as const };

describe('the limit of a price step', () => {
  const quote = aQuote('SPY', '99.90', '100.10');

  it('stands at the far touch at once when it is marketable', () => {
    expect(limitPriceOf('buy', quote, usd('100'), 0, RULES)).toBe(usd('100.10'));
    expect(limitPriceOf('sell', quote, usd('100'), 0, RULES)).toBe(usd('99.90'));
  });

  it('walks from the mid to the far touch in three steps when it is patient', () => {
    expect([0, 1, 2].map((peg) => limitPriceOf('buy', quote, usd('100'), peg, patient))).toEqual([
      usd('100'),
      usd('100.05'),
      usd('100.10'),
    ]);
    expect([0, 1, 2].map((peg) => limitPriceOf('sell', quote, usd('100'), peg, patient))).toEqual([usd('100'), usd('99.95'), usd('99.90')]);
  });

  it('crosses at once when there is one step only', () => {
    expect(limitPriceOf('buy', quote, usd('100'), 0, { ...patient, pegsMax: 1 })).toBe(usd('100.10'));
  });

  it('is rounded to the cent toward marketable', () => {
    // The mid of 100.01 and 100.02 is 100.015.
    const odd = aQuote('SPY', '100.01', '100.02');
    expect(limitPriceOf('buy', odd, usd('100'), 0, patient)).toBe(usd('100.02'));
    expect(limitPriceOf('sell', odd, usd('100'), 0, patient)).toBe(usd('100.01'));
  });

  it('is never outside the collar, however far the market has gone', () => {
    expect(limitPriceOf('buy', aQuote('SPY', '100.90', '101'), usd('100'), 2, RULES)).toBe(usd('100.20'));
    expect(limitPriceOf('sell', aQuote('SPY', '99', '99.10'), usd('100'), 2, RULES)).toBe(usd('99.80'));
  });

  it('rounds the collar inward', () => {
    // 33.33 · 1.002 = 33.39666, 33.33 · 0.998 = 33.26334.
    expect(collarLimit('buy', usd('33.33'), 20)).toBe(usd('33.39'));
    expect(collarLimit('sell', usd('33.33'), 20)).toBe(usd('33.27'));
  });

  it('moves in hundredths of a cent below a dollar', () => {
    expect(tickOf(usd('1'))).toBe(usd('0.01'));
    expect(tickOf(usd('0.9999'))).toBe(usd('0.0001'));
    expect(limitPriceOf('buy', aQuote('PENNY', '0.5001', '0.5004'), usd('0.5'), 0, RULES)).toBe(usd('0.5004'));
  });
});
