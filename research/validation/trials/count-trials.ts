// Counts what is tried, by itself: an evaluation is in the ledger before it begins, and what came of it when it ends. Whoever
// searches gets a function that cannot evaluate without being counted.
import { parseDocument } from 'yaml';
import { canonicalJson, contentHash } from '../../../shared/contracts/canonical-json.ts';
import type { HypothesisFact, TrialEntry } from '../../../shared/contracts/trial-entries.ts';
import type { ContentHash } from '../../../shared/core/values/identity.ts';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { TrialLedger } from '../../../shared/ports/trial-ledger.ts';
import type { TrialRefusal } from '../../../shared/ports/trial-rules.ts';
import { shapeOf } from '../statistics/return-shape.ts';
import type { Candidate } from '../walk-forward/search.ts';

export interface TrialSubject {
  readonly ledger: TrialLedger;
  readonly clock: Clock;
  readonly hypothesis: string;
  /** Hash of the strategy that the candidates are parameters of. */
  readonly strategy: ContentHash;
  /** Where they are not those that the hypothesis was registered under. */
  readonly terms?: string | undefined;
  /** What a candidate decides, by its hash: by it the ledger knows the same strategy under another name. Left out, by nothing. */
  readonly decidedBy?: (candidate: Candidate) => ContentHash | undefined;
}

export interface TrialSpan {
  readonly first: NewYorkDate;
  readonly last: NewYorkDate;
}

/** The ledger does not allow the evaluation, and it was not made. */
export class TrialRefused extends Error {
  override readonly name = 'TrialRefused';
  readonly code: TrialRefusal;

  constructor(hypothesis: string, code: TrialRefusal) {
    super(`a trial of ${hypothesis} is refused: ${code}`);
    this.code = code;
  }
}

/**
 * The same evaluation, counted: the excess returns of a candidate over a span.
 * @throws TrialRefused; whatever `evaluate` throws, once that is in the ledger too.
 */
export function countTrials(
  subject: TrialSubject,
  evaluate: (candidate: Candidate, span: TrialSpan) => Promise<Float64Array>,
): (candidate: Candidate, span: TrialSpan) => Promise<Float64Array> {
  const { ledger, clock, hypothesis } = subject;
  const keep = async (fact: HypothesisFact): Promise<TrialEntry> => {
    const appended = await ledger.append([fact], clock.now());
    if (appended.kind === 'refused') throw new TrialRefused(hypothesis, appended.code);
    return appended.entries[0] as TrialEntry;
  };
  return async (candidate, span) => {
    const { hash: trial } = await keep(trialOf(subject, candidate, span));
    try {
      const returns = await evaluate(candidate, span);
      await keep({ kind: 'trial-ended', hypothesis, trial, bars: returns.length, sharpe: shapeOf(returns)?.sharpe ?? null });
      return returns;
    } catch (cause) {
      if (cause instanceof TrialRefused) throw cause;
      await keep({ kind: 'trial-failed', hypothesis, trial, reason: cause instanceof Error ? cause.message : String(cause) });
      throw cause;
    }
  };
}

/** A trial as the ledger has it, before it begins. */
export function trialOf({ hypothesis, strategy, terms, decidedBy }: TrialSubject, candidate: Candidate, span: TrialSpan): HypothesisFact {
  const decided = decidedBy?.(candidate);
  return {
    kind: 'trial',
    hypothesis,
    variant: variantOf(strategy, candidate),
    ...(decided === undefined ? {} : { strategy: decided }),
    ...(terms === undefined ? {} : { terms }),
    parameters: canonicalJson(candidate),
    span,
  };
}

/** Names a strategy with its parameters: the same for the same, whenever and wherever it is tried, and however it is spelled. */
export function variantOf(strategy: ContentHash, candidate: Candidate): ContentHash {
  const parameters = Object.fromEntries(
    Object.entries(candidate).map(([path, value]) => [path, typeof value === 'string' ? plainly(value) : value]),
  );
  return contentHash(canonicalJson({ strategy, parameters }));
}

/** 20 of the text 20.0, as a YAML text has it; what is no scalar of YAML as it is. */
function plainly(text: string): string {
  const document = parseDocument(text);
  const value: unknown = document.errors.length > 0 ? text : document.toJS();
  return ['number', 'boolean', 'string'].includes(typeof value) ? String(value) : text;
}
