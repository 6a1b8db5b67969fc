// What every kernel here asks of its arguments, and how the windowed ones stay linear without drifting.
//
// Columns. A column is a Float64Array, one value a bar, oldest first; NaN means undefined. A bar is undefined in all of its
// columns or in none. An undefined bar makes every window that holds it undefined; a recursive indicator forgets everything at
// an undefined bar and starts anew after it. Prices are finite and above zero: whoever reads them has checked that.
//
// Exactness. A running sum that adds the new bar and subtracts the old one drifts, and a flat series would no longer equal its
// own mean. Here the windows are taken in groups that share one bar, the pivot: those that end at pivot … pivot + window − 1.
// Walking back from the pivot gives the part of each window up to it, walking forward the part after it, and a window is the
// two put together: two steps a bar, nothing is ever subtracted, and sums are of differences from the pivot's value, so that
// they stay small and a flat window's are exactly zero. The last bits of a sum depend on where the column begins, never on
// what comes after the bar.

/**
 * @throws RangeError unless `count` is a whole number of at least 1: schemas refuse such a window before it comes here.
 */
export function requireCount(name: string, count: number): void {
  if (!Number.isSafeInteger(count) || count < 1) throw new RangeError(`${name} is ${count}, expected a whole number of at least 1`);
}

/**
 * @throws RangeError when the columns differ in length.
 */
export function requireSameLength(first: Float64Array, ...others: readonly Float64Array[]): void {
  const odd = others.find((column) => column.length !== first.length);
  if (odd !== undefined) throw new RangeError(`columns of ${first.length} and ${odd.length} bars do not belong together`);
}

/** A column of `length` bars of which none is defined yet. */
export function undefinedColumn(length: number): Float64Array {
  return new Float64Array(length).fill(Number.NaN);
}
