// --hypothesis of a validation: every variant of its family is a trial, in the ledger before it is lived.
import type { AroundMember } from '../../research/validation/report/live-family.ts';
import { countTrials, TrialRefused, type TrialSpan } from '../../research/validation/trials/count-trials.ts';
import { FileTrialLedger } from '../../shared/adapters/local/file-trial-ledger.ts';
import type { ContentHash } from '../../shared/core/values/identity.ts';
import type { TrialLedger } from '../../shared/ports/trial-ledger.ts';
import { CommandFailure } from '../failure.ts';

export interface AskedTrials {
  readonly vary?: readonly string[];
  readonly hypothesis?: string;
  readonly trials: string;
}

export interface FamilyTrials {
  readonly ledger: TrialLedger;
  readonly hypothesis: string;
}

/** Undefined where nobody counts. @throws CommandFailure, exit 2, where there is nothing to count. */
export function familyTrials({ vary, hypothesis, trials }: AskedTrials): FamilyTrials | undefined {
  if (hypothesis === undefined) return undefined;
  if (vary === undefined)
    throw new CommandFailure('usage', `--hypothesis ${hypothesis}: it counts variants, expected --vary too`, { exitCode: 2 });
  return { ledger: new FileTrialLedger(trials), hypothesis };
}

/** Counts a variant as a sweep of the same file does, so that what both try is one. @param strategy hash of the text that is varied. */
export function countedMember(trials: FamilyTrials | undefined, strategy: ContentHash, span: TrialSpan): AroundMember {
  if (trials === undefined) return async (_, live) => void live();
  const subject = { ...trials, clock: { now: Date.now }, strategy };
  return async (values, live) => {
    try {
      await countTrials(subject, async () => live())(values, span);
    } catch (error) {
      if (!(error instanceof TrialRefused)) throw error;
      throw new CommandFailure(error.code, `--hypothesis ${trials.hypothesis}: ${error.message}`, { exitCode: 2, cause: error });
    }
  };
}
