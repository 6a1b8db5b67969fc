import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Leg } from '../../../../shared/core/execution/leg.ts';
import { shortfallOf, sumOfShortfalls } from '../../../../shared/core/ledger/shortfall.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { shares } from '../../../../shared/core/values/shares.ts';
import { anyPrice, anySide } from '../../../arbitraries/values.ts';
import { aFilledOrder, aLeg } from '../../../builders/execution.ts';

const DATE = '2026-11-20';

/** Decided at 100, approved at 100.10, first sent at 100.25; 6 of 10 filled at 100.30; 101 at the end. */
function aCostlyLeg(stated: Partial<Leg> = {}): Leg {
  return aLeg({
    decision: usd('100'),
    arrival: usd('100.10'),
    entry: usd('100.25'),
    closedOrders: [aFilledOrder('6', '100.30')],
    stage: { kind: 'done' },
    ...stated,
  });
}

describe('the shortfall of a trade', () => {
  it('is delay, execution and opportunity against the price of the decision', () => {
    // 6 · 0.25, 6 · 0.05, 4 · 1.00.
    expect(shortfallOf(aCostlyLeg(), usd('101'), DATE)).toMatchObject({
      delay: usd('1.50'),
      execution: usd('0.30'),
      opportunity: usd('4'),
    });
  });

  it('is a gain for a sale at the same prices', () => {
    expect(shortfallOf(aCostlyLeg({ side: 'sell' }), usd('101'), DATE)).toMatchObject({
      delay: usd('-1.50'),
      execution: usd('-0.30'),
      opportunity: usd('-4'),
    });
  });

  it('has fees by the tables of the regulators, unrounded but for the last micro-dollar', () => {
    // SEC 20.60 dollars a million of 601.80 dollars, TAF nothing from October 2026 on, CAT 0.000003 dollars a share.
    const sold = shortfallOf(aCostlyLeg({ side: 'sell' }), usd('101'), DATE);
    expect(sold.fees).toBe(usd('0.012416')); // 0.01239708 + 0.000018 = 0.01241508, up
    expect(shortfallOf(aCostlyLeg(), usd('101'), DATE).fees).toBe(usd('0.000018'));
  });

  it('does not call free what no table prices', () => {
    expect(shortfallOf(aCostlyLeg({ side: 'sell' }), usd('101'), '2019-03-14')).not.toHaveProperty('fees');
    expect(shortfallOf(aLeg({ stage: { kind: 'done' } }), usd('101'), '2019-03-14').fees).toBe(0n);
  });

  it('has no opportunity where all was filled, and an unknown one where nobody knows the price at the end', () => {
    const filled = aCostlyLeg({ closedOrders: [aFilledOrder('10', '100.30')] });
    expect(shortfallOf(filled, undefined, DATE).opportunity).toBe(0n);
    expect(shortfallOf(aCostlyLeg(), undefined, DATE)).not.toHaveProperty('opportunity');
  });

  it('is opportunity alone for a trade of which no order was made', () => {
    expect(shortfallOf(aLeg({ stage: { kind: 'done' } }), usd('99'), DATE)).toEqual({
      delay: 0n,
      execution: 0n,
      opportunity: usd('-10'),
      fees: 0n,
    });
  });

  it('counts what the money did not reach for as not filled', () => {
    const cut = aLeg({ quantity: shares('10'), unfunded: shares('4'), closedOrders: [aFilledOrder('6', '100')], stage: { kind: 'done' } });
    expect(shortfallOf(cut, usd('101'), DATE).opportunity).toBe(usd('4'));
  });

  it('adds up to what the paper trade would have been better, to the micro-dollars that are rounded up', () => {
    const quantity = fc.bigInt(0n, 10n ** 12n);
    fc.assert(
      fc.property(
        anySide,
        fc.tuple(anyPrice, anyPrice, anyPrice, anyPrice),
        quantity,
        quantity,
        (side, [decision, entry, average, end], filled, left) => {
          const order = aFilledOrder('1', '1', { averageFillPrice: average, quantity: filled, filledQuantity: filled });
          const leg = aLeg({ side, decision, entry, quantity: filled + left, closedOrders: [order], stage: { kind: 'done' } });
          const { delay, execution, opportunity = 0n } = shortfallOf(leg, end, DATE);
          const sign = side === 'buy' ? 1n : -1n;
          const exact = sign * ((average - decision) * filled + (end - decision) * left);
          const surplus = (delay + execution + opportunity) * 1_000_000_000n - exact;
          expect(surplus >= 0n && surplus < 3_000_000_000n).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('the shortfall of a run', () => {
  it('is the sum of its trades, and not known where it is not known of one', () => {
    const known = { delay: 1n, execution: 2n, opportunity: 3n, fees: 4n };
    expect(sumOfShortfalls([known, known])).toEqual({ delay: 2n, execution: 4n, opportunity: 6n, fees: 8n });
    expect(sumOfShortfalls([known, { delay: 1n, execution: 1n, fees: 1n }])).toEqual({ delay: 2n, execution: 3n, fees: 5n });
    expect(sumOfShortfalls([])).toEqual({ delay: 0n, execution: 0n, opportunity: 0n, fees: 0n });
  });
});
