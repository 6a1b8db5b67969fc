// A sweep that was read and begun to be written down, as either way of running it is given it.
import type { VariantRow } from '../../research/sweep/run-variant.ts';
import type { TrialSpan, TrialSubject } from '../../research/validation/trials/count-trials.ts';
import type { SweptInputs } from './swept-inputs.ts';

/** What a variant is counted as. */
export interface Counting {
  readonly subject: TrialSubject;
  readonly span: TrialSpan;
}

export interface SweepUnderWay extends SweptInputs {
  /** Those whose rows are not here. */
  readonly places: readonly number[];
  readonly counting: Counting | undefined;
  readonly workers: number | undefined;
  readonly onRow: (row: VariantRow) => void;
}
