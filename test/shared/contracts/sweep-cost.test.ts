import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sweepCost } from '../../../shared/contracts/cost/sweep-cost.ts';

it('reckons a sweep from the table of prices, without the free allowances', () => {
  // 100,000 variants of a tenth of a second in 1,000 calls: 13,000 s of 1,769 MB are 22,458 GB-s, at $0.0000133334; 1,000 calls at
  // $0.20 a million; 2,000 transitions at $0.025 and 2,000 writes at $0.005 a thousand; 1,000 reads at $0.0004 a thousand.
  const expected = 0.299_442 + 0.0002 + 0.05 + 0.01 + 0.0004;
  expect(sweepCost({ variants: 100_000, batch: 100, secondsOfVariant: 0.1 })).toBeCloseTo(expected, 4);
});

it('counts the last call, which is not full', () => {
  const one = sweepCost({ variants: 101, batch: 100, secondsOfVariant: 0 });
  expect(one).toBeCloseTo(sweepCost({ variants: 200, batch: 100, secondsOfVariant: 0 }), 12);
});

it('is what the guide says of a hundred thousand variants', () => {
  const guide = readFileSync(new URL('../../../docs/guides/research.md', import.meta.url), 'utf8');
  const cost = sweepCost({ variants: 100_000, batch: 500, secondsOfVariant: 0.04 });
  expect(guide).toContain(`100,000 variants of 40 ms, as those of a rotation of ten funds over 15 years, are about $${cost.toFixed(2)}`);
});
