import { divide } from '../../values/rounding.ts';

/**
 * Divides `total` over parts by their weights, so that nothing is left over and nothing is made up: each part is what the sum
 * so far has grown by. Weights and total are not below zero.
 * @throws RangeError where all weights are zero.
 */
export function apportion(total: bigint, weights: readonly bigint[]): bigint[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  let passed = 0n;
  let given = 0n;
  return weights.map((weight) => {
    passed += weight;
    const upTo = divide(total * passed, whole, 'floor');
    const part = upTo - given;
    given = upTo;
    return part;
  });
}
