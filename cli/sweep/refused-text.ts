// Variants that were refused beside others that were not, for people: how many, and why the first of them.
import type { Candidate } from '../../research/validation/walk-forward/search.ts';

interface RefusedVariant {
  readonly values: Candidate;
  readonly detail: string;
}

/** One at least. */
export function refusedText(refused: readonly RefusedVariant[]): string {
  const [first] = refused;
  const of = Object.entries(first?.values ?? {}).map(([path, value]) => `${path}=${value}`);
  const said = `${of.join(' ')} (${first?.detail})`;
  return refused.length === 1 ? `1 variant was refused: ${said}` : `${refused.length} variants were refused, such as ${said}`;
}
