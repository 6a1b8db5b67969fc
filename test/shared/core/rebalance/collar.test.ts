import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collarPrice } from '../../../../shared/core/rebalance/collar.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { anyPrice } from '../../../arbitraries/values.ts';

describe('the collar', () => {
  it('stands that many basis points from the arrival: above it for a buy, below it for a sell', () => {
    expect([collarPrice('buy', usd('100'), 20), collarPrice('sell', usd('100'), 20)]).toEqual([usd('100.20'), usd('99.80')]);
    expect([collarPrice('buy', usd('100'), 0), collarPrice('sell', usd('100'), 0)]).toEqual([usd('100'), usd('100')]);
  });

  it('is rounded inward', () => {
    // 333 micro-dollars ± 1 bp is 333 ± 0.0333
    expect([collarPrice('buy', 333n, 1), collarPrice('sell', 333n, 1)]).toEqual([333n, 333n]);
  });

  it('is never passed by rounding', () => {
    fc.assert(
      fc.property(anyPrice, fc.integer({ min: 0, max: 500 }), (arrival, bps) => {
        const [above, below] = [collarPrice('buy', arrival, bps), collarPrice('sell', arrival, bps)];
        expect((above - arrival) * 10_000n <= arrival * BigInt(bps)).toBe(true);
        expect((arrival - below) * 10_000n <= arrival * BigInt(bps)).toBe(true);
        expect(below <= arrival && arrival <= above).toBe(true);
      }),
    );
  });
});
