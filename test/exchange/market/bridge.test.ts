import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bridgeAt, fillBridge } from '../../../exchange/market/bridge.ts';
import { chanceOf } from '../../../exchange/market/chance.ts';

describe('a bridge', () => {
  it('is a straight line when nothing displaces it', () => {
    expect([0, 1, 2, 3, 4].map((at) => bridgeAt(at, 0, 4, 10, 18, 1, () => 0))).toEqual([10, 12, 14, 16, 18]);
  });

  it('displaces the middle of n steps by the square root of n over 4', () => {
    // Variance of a Brownian bridge over [0, 16] at 8: 8 · 8 / 16 = 4.
    expect(bridgeAt(8, 0, 16, 0, 0, 1, (middle) => (middle === 8 ? 1 : 0))).toBe(2);
  });

  it('is the same point by point as all at once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer(), (steps, seed) => {
        const chance = chanceOf(seed, 'X');
        const displace = (middle: number) => chance.normal(1, 2, middle);
        const points = new Float64Array(steps + 1);
        points[steps] = 5;
        fillBridge(points, 0.3, displace);
        expect(Array.from(points, (_, at) => bridgeAt(at, 0, steps, 0, 5, 0.3, displace))).toEqual([...points]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('chance', () => {
  const chance = chanceOf(1, 'SPY');
  const draws = Array.from({ length: 20_000 }, (_, place) => chance.normal(1, place, 0));

  it('draws with mean 0 and variance 1, within the sum of four uniform draws', () => {
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    const variance = draws.reduce((sum, draw) => sum + draw ** 2, 0) / draws.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
    expect(Math.max(...draws.map(Math.abs))).toBeLessThan(3.47);
  });

  it('draws neighbouring places independently', () => {
    const together = draws.slice(1).reduce((sum, draw, at) => sum + draw * (draws[at] as number), 0) / draws.length;
    expect(Math.abs(together)).toBeLessThan(0.03);
  });
});
