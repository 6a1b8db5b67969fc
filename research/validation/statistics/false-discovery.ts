// Of a family of tests, those that may be believed when a given part of what is believed may be wrong.

/**
 * `benjamini-hochberg` holds for independent tests and those that go together; `benjamini-yekutieli` for tests that depend on
 * each other in any way.
 */
export type FalseDiscoveryMethod = 'benjamini-hochberg' | 'benjamini-yekutieli';

/**
 * Adjusted p-values in the order given: a test may be believed at rate q where its own is at most q. The i-th smallest of m is
 * min over j ≥ i of p₍ⱼ₎ · m · c / j, at most 1, with c = 1, or Σ 1/k for dependent tests.
 * Source: Benjamini and Hochberg (1995), JRSS B 57; Benjamini and Yekutieli (2001), Annals of Statistics 29.
 * @throws RangeError for a p-value outside 0…1.
 */
export function adjustedForFamily(pValues: Float64Array, method: FalseDiscoveryMethod): Float64Array {
  const count = pValues.length;
  for (const p of pValues) if (!(p >= 0 && p <= 1)) throw new RangeError(`a p-value is between 0 and 1: ${p}`);
  const order = Array.from(pValues.keys()).sort((left, right) => (pValues[left] as number) - (pValues[right] as number));
  let dependence = 1;
  if (method === 'benjamini-yekutieli') for (let k = 2; k <= count; k += 1) dependence += 1 / k;
  const adjusted = new Float64Array(count);
  let least = 1;
  for (let rank = count; rank >= 1; rank -= 1) {
    const place = order[rank - 1] as number;
    least = Math.min(least, ((pValues[place] as number) * count * dependence) / rank);
    adjusted[place] = least;
  }
  return adjusted;
}
