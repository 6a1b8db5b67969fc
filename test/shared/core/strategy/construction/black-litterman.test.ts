import { describe, expect, it } from 'vitest';
import { blackLitterman } from '../../../../../shared/core/strategy/construction/black-litterman.ts';

// Deviations of 20% and 10%, correlation 0.5.
const COVARIANCE = [Float64Array.of(0.04, 0.01), Float64Array.of(0.01, 0.01)];
const MARKET = Float64Array.of(0.6, 0.4);

describe('Black–Litterman', () => {
  it('expects without views what makes the weights of the market right', () => {
    // 2.5 · (0.6·0.04 + 0.4·0.01) = 0.07, 2.5 · (0.6·0.01 + 0.4·0.01) = 0.025.
    const expected = blackLitterman(COVARIANCE, MARKET, 2.5, []);
    expect(expected?.[0]).toBeCloseTo(0.07, 12);
    expect(expected?.[1]).toBeCloseTo(0.025, 12);
  });

  it('moves what is viewed by the confidence in the view, and the others by their covariance with it', () => {
    // The first is to earn 0.11 instead of 0.07; half of 0.04 is 0.02. Its beta moves the second by 0.02 · 0.01/0.04 = 0.005.
    const view = { portfolio: Float64Array.of(1, 0), excess: 0.11, confidence: 0.5 };
    const expected = blackLitterman(COVARIANCE, MARKET, 2.5, [view]);
    expect(expected?.[0]).toBeCloseTo(0.09, 12);
    expect(expected?.[1]).toBeCloseTo(0.03, 12);
  });

  it('follows a relative view of nearly full confidence', () => {
    const view = { portfolio: Float64Array.of(1, -1), excess: 0.1, confidence: 0.999_999_9 };
    const [first = 0, second = 0] = blackLitterman(COVARIANCE, MARKET, 2.5, [view]) ?? [];
    expect(first - second).toBeCloseTo(0.1, 7);
  });
});
