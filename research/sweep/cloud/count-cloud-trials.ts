// Counts a sweep in the cloud as one on this machine is counted: each variant is in the ledger before it may run, and what came
// of it when its row is here. The functions need no ledger for that.
import { type HypothesisFact, type TrialEntry, triedAs } from '../../../shared/contracts/trial-entries.ts';
import type { ContentHash } from '../../../shared/core/values/identity.ts';
import { TrialRefused, type TrialSpan, type TrialSubject, trialOf, variantOf } from '../../validation/trials/count-trials.ts';
import type { Variant } from '../vary.ts';
import type { BatchLine } from './batch-line.ts';

type Values = Variant['values'];

export interface CloudCount {
  /** Before an attempt. One that is run again, as it has no row yet, is two. @throws TrialRefused, before anything runs. */
  begun(values: readonly Values[]): Promise<void>;
  /** Rows that are here for the first time; those that somebody fetched before are not counted again. @throws TrialRefused */
  ended(lines: readonly BatchLine[]): Promise<void>;
}

/** At once: a ledger that keeps what is appended together in one item has room for some hundreds. */
const FACTS_MAX = 200;

export function countCloudTrials(subject: TrialSubject, span: TrialSpan): CloudCount {
  const { ledger, clock, hypothesis, strategy, terms } = subject;
  const append = async (facts: readonly HypothesisFact[]): Promise<readonly TrialEntry[]> => {
    const entries: TrialEntry[] = [];
    for (let at = 0; at < facts.length; at += FACTS_MAX) {
      const appended = await ledger.append(facts.slice(at, at + FACTS_MAX), clock.now());
      if (appended.kind === 'refused') throw new TrialRefused(hypothesis, appended.code);
      entries.push(...appended.entries);
    }
    return entries;
  };
  const begin = (values: readonly Values[]) => append(values.map((each) => trialOf(subject, each, span)));
  return {
    begun: async (values) => void (await begin(values)),
    async ended(lines) {
      if (lines.length === 0) return;
      const { known, open } = trialsOf(await ledger.entries(hypothesis));
      const pairs: { readonly line: BatchLine; readonly trial: ContentHash }[] = [];
      const unseen: BatchLine[] = [];
      for (const line of lines) {
        const tried = triedAs({ variant: variantOf(strategy, line.row.values), terms });
        const trial = open.get(tried)?.pop();
        if (trial !== undefined) pairs.push({ line, trial });
        else if (!known.has(tried)) unseen.push(line);
      }
      // Rows of a sweep that was begun without this hypothesis: now it is known by them.
      const counted = await begin(unseen.map(({ row }) => row.values));
      for (const [place, { hash }] of counted.entries()) pairs.push({ line: unseen[place] as BatchLine, trial: hash });
      await append(pairs.map(({ line: { bars, sharpe }, trial }) => ({ kind: 'trial-ended', hypothesis, trial, bars, sharpe })));
    },
  };
}

/** What was ever tried, and of each the trials that are not over, the last one last. */
function trialsOf(entries: readonly TrialEntry[]) {
  const known = new Set<ContentHash>();
  const openOf = new Map<ContentHash, ContentHash>();
  for (const { fact, hash } of entries) {
    if (fact.kind === 'trial') {
      known.add(triedAs(fact));
      openOf.set(hash, triedAs(fact));
    } else if (fact.kind === 'trial-ended' || fact.kind === 'trial-failed') openOf.delete(fact.trial);
  }
  const open = new Map<ContentHash, ContentHash[]>();
  for (const [trial, tried] of openOf) open.set(tried, [...(open.get(tried) ?? []), trial]);
  return { known, open };
}
