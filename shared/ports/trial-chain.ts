// What a trial ledger has read of itself: whole entries, one after the other, and where each hypothesis stands by them. Every
// ledger has one; where entries lie, and how two who write at once are told apart, it refuses to know.
import { decodeTrialEntry, type HypothesisFact, type TrialEntry, trialEntryAfter } from '../contracts/trial-entries.ts';
import type { EpochMs } from '../core/values/time.ts';
import { type Appended, BrokenLedger } from './trial-ledger.ts';
import { afterFact, looksInto, type TrialStanding } from './trial-rules.ts';

export class TrialChain {
  readonly #where: string;
  readonly #entries: TrialEntry[] = [];
  readonly #standings = new Map<string, TrialStanding>();

  /** @param where it lies, in the words of an error. */
  constructor(where: string) {
    this.#where = where;
  }

  get last(): TrialEntry | undefined {
    return this.#entries.at(-1);
  }

  get length(): number {
    return this.#entries.length;
  }

  entries(hypothesis?: string): readonly TrialEntry[] {
    return this.#entries.filter(({ fact }) => hypothesis === undefined || (fact.kind !== 'tail-cut' && fact.hypothesis === hypothesis));
  }

  /** The entries that these facts would be after all that is known, or why one may not be. Nothing is kept. */
  following(facts: readonly HypothesisFact[], at: EpochMs): Appended {
    const entries: TrialEntry[] = [];
    const standings = new Map<string, TrialStanding>();
    // Only of what is to be written: what stands in a ledger was let in by the rules of its day.
    const standingOf = (hypothesis: string) => standings.get(hypothesis) ?? this.#standings.get(hypothesis);
    const sealed = new Set([...this.#standings.keys(), ...facts.map(({ hypothesis }) => hypothesis)]);
    for (const [place, fact] of facts.entries()) {
      const entry = trialEntryAfter(entries.at(-1) ?? this.last, fact, at);
      const { hypothesis } = fact;
      const isForbidden = [...sealed].some((other) => {
        const standing = other === hypothesis ? undefined : standingOf(other);
        return standing !== undefined && looksInto(standing, fact);
      });
      if (isForbidden) return { kind: 'refused', code: 'inside-holdout', fact: place };
      const after = afterFact(standingOf(hypothesis), fact, entry.hash);
      if (typeof after === 'string') return { kind: 'refused', code: after, fact: place };
      standings.set(hypothesis, after);
      entries.push(entry);
    }
    return { kind: 'appended', entries };
  }

  /** @throws BrokenLedger when the line is not the entry that follows. */
  read(line: string): void {
    const entry = decodeTrialEntry(line, this.last);
    if (entry === undefined) throw new BrokenLedger(`${this.#where}: entry ${this.length} does not follow from those before it`);
    this.keep(entry);
  }

  /** @throws BrokenLedger when the rules do not allow it. */
  keep(entry: TrialEntry): void {
    const { fact, hash, sequence } = entry;
    if (fact.kind !== 'tail-cut') {
      const after = afterFact(this.#standings.get(fact.hypothesis), fact, hash);
      if (typeof after === 'string') throw new BrokenLedger(`${this.#where}: entry ${sequence} may not be there: ${after}`);
      this.#standings.set(fact.hypothesis, after);
    }
    this.#entries.push(entry);
  }
}
