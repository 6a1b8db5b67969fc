// What became of a hypothesis' holdout, as its ledger has it and a verdict asks for it.
import type { TrialEntry } from '../../../shared/contracts/trial-entries.ts';
import type { HoldoutEvidence } from '../verdict/evidence.ts';

/** Null while it is sealed. @param entries of one hypothesis. */
export function holdoutOf(entries: readonly TrialEntry[]): HoldoutEvidence | null {
  const facts = entries.map(({ fact }) => fact);
  const openings = facts.filter(({ kind }) => kind === 'holdout-opened').length;
  const ended = facts.find((fact) => fact.kind === 'holdout-ended');
  return openings === 0 ? null : { openings, netReturn: ended?.netReturn ?? null };
}
