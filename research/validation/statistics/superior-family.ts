// Whether the best of a family of variants beats the benchmark, with one length of blocks for all of them.
import { optimalBlockLength } from './block-length.ts';
import type { Chance } from './chance.ts';
import { type SuperiorAbility, superiorAbility } from './superior-ability.ts';

/**
 * Null where nothing can be told: no difference varies, or bars are too few for a length of blocks.
 * @param differences return of each variant less that of the benchmark.
 */
export function superiorFamily(
  differences: readonly Float64Array[],
  { chance, samples }: { readonly chance: Chance; readonly samples: number },
): SuperiorAbility | null {
  // One length for all, so that what moves together stays together: the longest that any of them asks for.
  const lengths = differences.flatMap((column) => optimalBlockLength(column)?.stationary ?? []);
  if (lengths.length === 0) return null;
  return superiorAbility(differences, { samples, blockLength: Math.max(1, ...lengths), chance });
}
