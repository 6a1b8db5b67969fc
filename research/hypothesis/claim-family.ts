// One search under several names: the hypotheses of a ledger that have tried the same strategy, whatever its file is called or says
// beside it, and those that share one with these. What was tried or looked at under one of the names was so for all.
import type { TrialEntry } from '../../shared/contracts/trial-entries.ts';
import type { ContentHash } from '../../shared/core/values/identity.ts';
import type { Claim } from './claim.ts';
import type { Variant } from './variant-strategies.ts';

export interface ClaimFamily {
  /** Of all its names, that of the claim too, in their order. */
  readonly entries: readonly TrialEntry[];
  /** Of its other names. */
  readonly others: readonly TrialEntry[];
}

type Known = Pick<Claim, 'variants'> & { readonly hypothesis: { readonly hypothesis: string } };

/** @param entries of the whole ledger. */
export function claimFamily({ hypothesis: { hypothesis: own }, variants }: Known, entries: readonly TrialEntry[]): ClaimFamily {
  const tried = triedBy(entries);
  const names = new Set([own]);
  const shared = new Set<ContentHash>([...variants.flatMap(({ id, hash }) => [id, hash]), ...(tried.get(own) ?? [])]);
  for (let before = 0; before < names.size; ) {
    before = names.size;
    for (const [name, keys] of tried) {
      if (names.has(name) || !keys.some((key) => shared.has(key))) continue;
      names.add(name);
      for (const key of keys) shared.add(key);
    }
  }
  const ofFamily = entries.filter(({ fact }) => fact.kind !== 'tail-cut' && names.has(fact.hypothesis));
  return { entries: ofFamily, others: ofFamily.filter(({ fact }) => fact.kind !== 'tail-cut' && fact.hypothesis !== own) };
}

/** The other name under which dates of this holdout were looked at, and how; undefined where they are still unseen. */
export function seenElsewhere(
  { first, last }: { readonly first: string; readonly last: string },
  { others }: ClaimFamily,
): { readonly hypothesis: string; readonly how: 'opened' | 'tried' } | undefined {
  const overlapping = new Set<string>();
  for (const { fact } of others) {
    if (fact.kind === 'registered' && fact.holdout.first <= last && fact.holdout.last >= first) overlapping.add(fact.hypothesis);
    if (fact.kind === 'holdout-opened' && overlapping.has(fact.hypothesis)) return { hypothesis: fact.hypothesis, how: 'opened' };
    if (fact.kind === 'trial' && fact.span.last >= first && fact.span.first <= last) return { hypothesis: fact.hypothesis, how: 'tried' };
  }
  return undefined;
}

/** What was tried under any of the names and is not among the variants, each once, as its ledger has it. */
export function triedBeside(variants: readonly Variant[], { entries, others }: ClaimFamily): readonly string[] {
  const known = new Set<ContentHash>(variants.flatMap(({ id, hash }) => [id, hash]));
  const foreign = new Set(others);
  const missing = entries.flatMap((entry) => {
    const { fact } = entry;
    if (fact.kind !== 'trial' || known.has(fact.variant) || (fact.strategy !== undefined && known.has(fact.strategy))) return [];
    return [foreign.has(entry) ? `${fact.parameters} as ${fact.hypothesis}` : fact.parameters];
  });
  return [...new Set(missing)];
}

function triedBy(entries: readonly TrialEntry[]): ReadonlyMap<string, ContentHash[]> {
  const tried = new Map<string, ContentHash[]>();
  for (const { fact } of entries) {
    if (fact.kind !== 'trial') continue;
    const keys = tried.get(fact.hypothesis) ?? [];
    keys.push(fact.variant, ...(fact.strategy === undefined ? [] : [fact.strategy]));
    tried.set(fact.hypothesis, keys);
  }
  return tried;
}
