// Integer division in which every caller says what happens to the remainder.

/** `floor`/`ceil` go toward −∞/+∞; `half-even` to the nearest, ties to the even neighbour. */
export type Rounding = 'floor' | 'ceil' | 'half-even';

/**
 * `numerator / denominator`, rounded as named.
 * @throws RangeError when the denominator is zero.
 */
export function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  if (denominator === 0n) throw new RangeError('division by zero');
  if (denominator < 0n) return divide(-numerator, -denominator, rounding);
  const truncated = numerator / denominator;
  const remainder = numerator % denominator;
  if (remainder === 0n) return truncated;
  const floor = remainder < 0n ? truncated - 1n : truncated;
  switch (rounding) {
    case 'floor':
      return floor;
    case 'ceil':
      return floor + 1n;
    case 'half-even':
      return nearestEven(numerator, denominator, floor);
  }
}

function nearestEven(numerator: bigint, denominator: bigint, floor: bigint): bigint {
  const twiceAbove = (numerator - floor * denominator) * 2n;
  if (twiceAbove === denominator) return floor % 2n === 0n ? floor : floor + 1n;
  return twiceAbove < denominator ? floor : floor + 1n;
}

export function absolute(n: bigint): bigint {
  return n < 0n ? -n : n;
}

export function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

export function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
