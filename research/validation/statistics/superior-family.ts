// Whether the best of a family of variants beats the benchmark, with one length of blocks for all of them.
import { optimalBlockLength } from './block-length.ts';
import type { Chance } from './chance.ts';
import { type SuperiorAbility, superiorAbility } from './superior-ability.ts';

/** Null without a variant, or on fewer than three bars. @param differences return of each variant less that of the benchmark. */
export function superiorFamily(
  differences: readonly Float64Array[],
  { chance, samples }: { readonly chance: Chance; readonly samples: number },
): SuperiorAbility | null {
  const bars = differences[0]?.length ?? 0;
  if (bars < 3) return null;
  // One length for all, so that what moves together stays together: the longest that any of them asks for.
  const lengths = differences.map((column) => optimalBlockLength(column)?.stationary ?? 1);
  const blockLength = Math.min(bars, Math.max(1, ...lengths));
  return superiorAbility(differences, { samples, blockLength, chance });
}
