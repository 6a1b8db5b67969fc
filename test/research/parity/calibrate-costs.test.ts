import { describe, expect, it } from 'vitest';
import { type CostSample, calibrateCosts, FILLS_MIN } from '../../../research/parity/calibrate-costs.ts';

const sample = (changed: Partial<CostSample>): CostSample => ({ notional: 1_000, halfSpread: 2e-4, excess: 0, size: 0.001, ...changed });
const samples = (count: number, of: (at: number) => Partial<CostSample> = () => ({})): CostSample[] =>
  Array.from({ length: count }, (_, at) => sample(of(at)));

describe('the measured costs', () => {
  it('give back the coefficient that the fills were made with, without an error', () => {
    const { impact } = calibrateCosts(samples(40, (at) => ({ size: (at + 1) / 1e4, excess: (0.7 * (at + 1)) / 1e4 })));
    expect(impact?.coefficient).toBeCloseTo(0.7, 12);
    expect(impact?.standardError).toBeCloseTo(0, 12);
  });

  it('have the standard error of a line through the origin', () => {
    // x = 1 for all; y = 1 and 3 by turns: Y = 2, every residual 1, so √(n / (n − 1) / n) = √(1 / (n − 1)).
    const { impact } = calibrateCosts(samples(50, (at) => ({ size: 1, excess: at % 2 === 0 ? 1 : 3 })));
    expect(impact).toEqual({ coefficient: 2, standardError: expect.closeTo(Math.sqrt(1 / 49), 12), fills: 50 });
  });

  it('weigh half the spread by what was traded', () => {
    // (1 · 1 bp + 3 · 5 bp) / 4 = 4 bp.
    const { halfSpreadBps } = calibrateCosts(
      samples(30, (at) => (at % 2 === 0 ? { notional: 1, halfSpread: 1e-4 } : { notional: 3, halfSpread: 5e-4 })),
    );
    expect(halfSpreadBps).toBeCloseTo(4, 9);
  });

  it('say nothing on fewer fills than the least, and count none whose size is not known', () => {
    expect(calibrateCosts(samples(FILLS_MIN - 1))).toEqual({ fills: FILLS_MIN - 1, halfSpreadBps: null, impact: null });
    const half = calibrateCosts(samples(FILLS_MIN, (at) => (at === 0 ? { size: null } : {})));
    expect(half.halfSpreadBps).not.toBeNull();
    expect(half.impact).toBeNull();
    expect(calibrateCosts(samples(FILLS_MIN, () => ({ size: 0 }))).impact).toBeNull();
    expect(calibrateCosts([])).toEqual({ fills: 0, halfSpreadBps: null, impact: null });
  });
});
