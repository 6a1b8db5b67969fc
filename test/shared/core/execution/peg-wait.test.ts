import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance } from '../../../../shared/core/execution/advance.ts';
import { limitPriceOf } from '../../../../shared/core/execution/limit-price.ts';
import { pegWaitOf } from '../../../../shared/core/execution/peg-wait.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { percent } from '../../../../shared/core/values/weight.ts';
import { aCancelingLeg, aQuote, aSight, aState, aWorkingLeg, orderOf, RULES } from './execution-builder.ts';

describe('the wait of a price step', () => {
  it('is the time in which the price can be expected to leave half the spread', () => {
    // h = 5 bp = 500 ppm, σ = 2 % = 20,000 ppm a day: 500² · 23,400 / 20,000² = 14.6 s; four eighths of 30 s reach it.
    expect(pegWaitOf(0, aQuote('SPY', '99.95', '100.05'), percent('2%'), RULES)).toBe(15_000);
    // σ = 1.2 %: 500² · 23,400 / 12,000² = 40.6 s; eleven eighths are 41.25 s.
    expect(pegWaitOf(0, aQuote('SPY', '99.95', '100.05'), percent('1.2%'), RULES)).toBe(41_250);
  });

  it('is at least half of what the file says, and at most twice', () => {
    expect(pegWaitOf(0, aQuote('SPY', '99.99', '100'), percent('5%'), RULES)).toBe(15_000);
    expect(pegWaitOf(0, aQuote('SPY', '99.80', '100.20'), percent('0.5%'), RULES)).toBe(60_000);
    expect(pegWaitOf(0, aQuote('SPY', '99.80', '100.20'), 0n, RULES)).toBe(60_000);
    // Locked: there is no spread to save.
    expect(pegWaitOf(0, aQuote('SPY', '100', '100'), 0n, RULES)).toBe(15_000);
  });

  it('is twice what the file says for the last step: no better price comes after it', () => {
    expect(pegWaitOf(2, aQuote('SPY', '99.99', '100'), percent('5%'), RULES)).toBe(60_000);
    expect(pegWaitOf(0, undefined, undefined, { ...RULES, pegsMax: 1 })).toBe(60_000);
  });

  it('is what the file says where nothing is known', () => {
    expect(pegWaitOf(0, undefined, percent('1%'), RULES)).toBe(30_000);
    expect(pegWaitOf(0, aQuote('SPY', '99.95', '100.05'), undefined, RULES)).toBe(30_000);
  });

  it('is longer for a wider spread and shorter for a livelier symbol, and never outside its bounds', () => {
    const cents = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(
        cents,
        cents,
        fc.bigInt(0n, 100_000n),
        fc.bigInt(0n, 100_000n),
        fc.integer({ min: 1_000, max: 600_000 }),
        (a, b, x, y, pegWaitMs) => {
          const wait = (half: number, volatility: bigint) =>
            pegWaitOf(
              0,
              { symbol: 'SPY', bid: usd('100') - BigInt(half) * 10_000n, ask: usd('100') + BigInt(half) * 10_000n, at: 0 },
              volatility,
              {
                pegWaitMs,
                pegsMax: 3,
              },
            );
          expect(wait(Math.max(a, b), x)).toBeGreaterThanOrEqual(wait(Math.min(a, b), x));
          expect(wait(a, x > y ? x : y)).toBeLessThanOrEqual(wait(a, x > y ? y : x));
          expect(wait(a, x)).toBeGreaterThanOrEqual(Math.ceil(pegWaitMs / 2));
          expect(wait(a, x)).toBeLessThanOrEqual(2 * pegWaitMs);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('begins when the broker is first seen to have the order, on the quote of that moment', () => {
    const leg = { ...aWorkingLeg('buy', 'SPY', '10', { until: 30_000 }), volatility: percent('2%') };
    const seen = aSight([leg], { orders: [orderOf(leg, 'working')], quotes: [aQuote('SPY', '99.90', '100', 30_000)] });
    // The same price again: the order works on, for 15 seconds.
    expect(advance(aState([leg]), seen, 30_000).state.legs[0]?.stage).toMatchObject({ kind: 'working', peg: 1, until: 45_000 });
  });
});

describe('a price step whose time is over', () => {
  const leg = aWorkingLeg('buy', 'SPY', '10');
  const turn = (quotes: Parameters<typeof aSight>[1]) =>
    advance(aState([leg]), aSight([leg], { orders: [orderOf(leg, 'working')], ...quotes }), 30_000);

  it.each([
    ['the same price', '99.96', '100'],
    // A buy at 100 already reaches an ask of 99.98.
    ['a price that reaches less far', '99.94', '99.98'],
  ])('leaves the order where it is rather than cancel it for %s', (_, bid, ask) => {
    const { state, actions } = turn({ quotes: [aQuote('SPY', bid, ask, 30_000)] });
    expect(actions).toEqual([]);
    expect(state.legs[0]?.stage).toMatchObject({ kind: 'working', peg: 1, orderId: 'order-SPY', until: 60_000 });
  });

  it('leaves the order where it is when there is no quote to price another on', () => {
    const { state, actions } = turn({ quotes: [aQuote('SPY', '99.96', '100.04', -60_000)] });
    expect(actions).toEqual([]);
    expect(state.legs[0]?.stage).toMatchObject({ kind: 'working', peg: 1 });
  });

  it('makes room for a price that reaches further', () => {
    expect(turn({ quotes: [aQuote('SPY', '99.98', '100.02', 30_000)] }).actions).toEqual([
      { kind: 'cancel', orderId: 'order-SPY', occasion: 'price' },
    ]);
  });

  it('is the last one after as many as the file says, whether orders were made for them or not', () => {
    const last = aWorkingLeg('buy', 'SPY', '10', { peg: 2 });
    const seen = aSight([last], { orders: [orderOf(last, 'working')], quotes: [aQuote('SPY', '99.98', '100.02', 30_000)] });
    expect(advance(aState([last]), seen, 30_000).state.legs[0]?.stage).toMatchObject({
      kind: 'canceling',
      cause: { kind: 'residual', code: 'unfilled-at-limit' },
    });
  });

  it('says that the broker held the order back when it was suspended to the end', () => {
    const last = aWorkingLeg('buy', 'SPY', '10', { peg: 2 });
    const seen = aSight([last], { orders: [orderOf(last, 'suspended')] });
    expect(advance(aState([last]), seen, 30_000).state.legs[0]?.stage).toMatchObject({ cause: { code: 'suspended' } });
  });
});

describe('the price of the next step', () => {
  it('is a tick beyond the one before when the market came back in between', () => {
    const leg = aCancelingLeg('sell', 'SPY', '10');
    const seen = aSight([leg], { orders: [orderOf(leg, 'canceled')], quotes: [aQuote('SPY', '100', '100.04', 31_000)] });
    expect(advance(aState([leg]), seen, 31_000).state.legs[0]?.stage).toMatchObject({ intent: { limitPrice: usd('99.99') } });
  });

  it('is never at or before the last one, and never outside the collar', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('buy' as const, 'sell' as const),
        fc.bigInt(9_900n, 10_100n),
        fc.bigInt(0n, 20n),
        fc.bigInt(-19n, 19n),
        fc.nat({ max: 4 }),
        (side, bid, spread, last, peg) => {
          const quote = { symbol: 'SPY', bid: bid * 10_000n, ask: (bid + spread) * 10_000n, at: 0 };
          const before = usd('100') + last * 10_000n;
          const next = limitPriceOf(side, quote, usd('100'), peg, { ...RULES, style: 'patient' }, before);
          expect(side === 'buy' ? next > before : next < before).toBe(true);
          expect(side === 'buy' ? next <= usd('100.20') : next >= usd('99.80')).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('goes on in cents where it comes to a dollar', () => {
    expect(limitPriceOf('buy', aQuote('P', '0.9990', '0.9995'), usd('1'), 1, RULES, usd('0.9999'))).toBe(usd('1'));
    expect(limitPriceOf('sell', aQuote('P', '1.01', '1.02'), usd('1.005'), 1, { ...RULES, collarBps: 300 }, usd('1'))).toBe(usd('0.99'));
  });
});
