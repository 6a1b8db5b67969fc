// Counts what a sweep tries: each variant is in the trial ledger before it is run, and what came of it when it ends.
import { countTrials, type TrialSpan, type TrialSubject } from '../validation/trials/count-trials.ts';
import type { RanVariant } from './run-variant.ts';
import type { Variant } from './vary.ts';

/** What is done around each variant. */
export type AroundVariant = (variant: Variant, run: () => Promise<RanVariant>) => Promise<RanVariant>;

/**
 * A variant that is refused is a trial of no bars. One that is run again, as its end was not written down, is two.
 * @throws TrialRefused from what it returns, before the variant is run.
 */
export function countVariants(subject: TrialSubject, span: TrialSpan): AroundVariant {
  return async ({ values }, run) => {
    const ended: RanVariant[] = [];
    const counted = countTrials(subject, async () => {
      const ran = await run();
      ended.push(ran);
      return ran.excess;
    });
    await counted(values, span);
    return ended[0] as RanVariant;
  };
}
