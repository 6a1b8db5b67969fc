// How often each fault struck and each state was visited. What never happens proves nothing, so a zero is a failure.
import { RUN_ENDINGS, type RunRecord } from '../../shared/contracts/run-record.ts';
import { type Leg, RESIDUAL_CODES } from '../../shared/core/execution/leg.ts';
import { SLICING_CODES } from '../../shared/core/execution/slicing.ts';
import type { SubmissionDenialCode } from '../../shared/core/risk/denial.ts';
import { FAULT_KINDS } from './fault-kinds.ts';
import { STANDINGS } from './real-money.ts';

/** With fewer seeds than this chance alone may leave something out. */
export const SEEDS_FOR_COVERAGE = 4_000;

export const COVERED = {
  faults: FAULT_KINDS,
  phases: ['claimed', 'awaiting-approval', 'executing', 'ended'],
  stages: ['waiting', 'sending', 'working', 'canceling', 'done'],
  endings: RUN_ENDINGS,
  residuals: RESIDUAL_CODES,
  slicings: SLICING_CODES,
  /** What protective exits and tiers did in a run. */
  guards: ['ended', 'kept-out', 'added'],
  /** What real money was let trade by, or lacked. */
  standings: STANDINGS,
  orders: ['of-one', 'of-a-slice', 'of-a-later-slice', 'with-what-was-left', 'in-the-auction'],
} as const;
export type Covered = keyof typeof COVERED;

/**
 * Denials that cannot be, as `docs/safety.md` proves: what is asked before a submission holds by then in any world. They
 * stand between a defect and the broker; each has tests of its own. One that is counted all the same is a failure.
 */
export const UNREACHABLE: ReadonlySet<string> = new Set<SubmissionDenialCode>(['order-shares-max', 'arrival-collar', 'margin-buffer']);

/** By what is covered, then by its word. */
export type Tally = Readonly<Record<Covered, Readonly<Record<string, number>>>>;

export class Counting {
  readonly #counts = new Map<Covered, Map<string, number>>();

  add(what: Covered, word: string, times = 1): void {
    const counts = this.#counts.get(what) ?? new Map<string, number>();
    counts.set(word, (counts.get(word) ?? 0) + times);
    this.#counts.set(what, counts);
  }

  addAll(tally: Tally): void {
    for (const what of covered()) for (const [word, times] of Object.entries(tally[what])) this.add(what, word, times);
  }

  /** A record as it was stored: where the run stood, and every leg of it. */
  addRecord({ phase }: RunRecord): void {
    this.add('phases', phase.kind);
    if (phase.kind === 'claimed') return;
    for (const leg of phase.execution?.legs ?? []) {
      this.add('stages', leg.stage.kind);
      for (const word of wordsOf(leg)) this.add('orders', word);
    }
  }

  addEnding({ phase }: RunRecord): void {
    if (phase.kind !== 'ended') return;
    this.add('endings', phase.ending.kind);
    for (const { stage, slicing } of phase.execution?.legs ?? []) {
      if (slicing !== undefined) this.add('slicings', slicing.code);
      if (stage.kind === 'done' && stage.residual !== undefined) this.add('residuals', stage.residual.code);
    }
  }

  /** With a zero for whatever never happened, in the order of the lists. */
  tally(): Tally {
    const of = (what: Covered): Record<string, number> =>
      Object.fromEntries(COVERED[what].map((word) => [word, this.#counts.get(what)?.get(word) ?? 0]));
    return Object.fromEntries(covered().map((what) => [what, of(what)])) as Tally;
  }
}

/** What kind of order a leg has out. */
function wordsOf({ stage, slice = 0, slicing }: Leg): string[] {
  if (stage.kind !== 'sending') return [];
  if (stage.intent.timeInForce === 'cls') return ['in-the-auction'];
  const part = slicing?.slices?.[slice];
  if (part === undefined) return ['of-one'];
  const isRolled = stage.intent.quantity > part.quantity;
  return ['of-a-slice', ...(slice > 0 ? ['of-a-later-slice'] : []), ...(isRolled ? ['with-what-was-left'] : [])];
}

export function neverSeen(tally: Tally): readonly string[] {
  return covered().flatMap((what) =>
    Object.entries(tally[what])
      .filter(([word, times]) => times === 0 && !UNREACHABLE.has(word))
      .map(([word]) => `${what}: ${word}`),
  );
}

export function covered(): readonly Covered[] {
  return Object.keys(COVERED) as Covered[];
}
