// Of a family of tests, those that may be believed when a given part of what is believed may be wrong.

/**
 * Adjusted p-values in the order given: a test may be believed at rate q where its own is at most q. The i-th smallest of m is
 * min over j ≥ i of p₍ⱼ₎ · m / j, at most 1. It holds for independent tests and those that go together.
 * Source: Benjamini and Hochberg (1995), JRSS B 57.
 * @throws RangeError for a p-value outside 0…1.
 */
export function adjustedForFamily(pValues: Float64Array): Float64Array {
  const count = pValues.length;
  for (const p of pValues) if (!(p >= 0 && p <= 1)) throw new RangeError(`a p-value is between 0 and 1: ${p}`);
  const order = Array.from(pValues.keys()).sort((left, right) => (pValues[left] as number) - (pValues[right] as number));
  const adjusted = new Float64Array(count);
  let least = 1;
  for (let rank = count; rank >= 1; rank -= 1) {
    const place = order[rank - 1] as number;
    least = Math.min(least, ((pValues[place] as number) * count) / rank);
    adjusted[place] = least;
  }
  return adjusted;
}
