// What each word of a verdict means for a person, the same on the command line and in a tear sheet. What may be traded it does not
// say: that is for the clearance of a live run alone.
import type { VerdictWord } from './judge.ts';

export const VERDICT_MEANS: Readonly<Record<VerdictWord, string>> = {
  INSUFFICIENT: 'Too early to say. It is neither good nor bad yet: more record is needed.',
  KILL: 'Leave it. It failed in ways that do not follow from each other, and no parameter mends that.',
  ITERATE: 'Not shown. It did not fail, and it did not meet every condition; a better idea needs a new hypothesis.',
  SCALE: 'It met every condition that was set before anything was tried. That is the most that a past can say.',
};
