// Whether a verdict may be told of the code that runs now: only where this code decides, on the same prices, every day as the code did
// that judged. It tries nothing, opens nothing and judges nothing again.
import type { VerdictDocument } from '../../shared/contracts/hypothesis/verdict-document.ts';
import type { TrialEntry } from '../../shared/contracts/trial-entries.ts';
import { backtest } from '../backtest/backtest.ts';
import { dataHash } from '../backtest/price-hash.ts';
import { type DecisionsOf, sleeveDecisions } from '../backtest/sleeve-decisions.ts';
import { type Claim, claimOptions, openedPrices, researchPrices } from './claim.ts';
import { hashedDecisions } from './hashed-decisions.ts';

export interface RenewalRefused {
  /**
   * `other-claim`: the verdict is of another hypothesis, or of this one before it was changed. `other-strategy`: what was judged is not
   * among its variants. `other-ledger`: the trials that it names are gone. `other-data`: other prices, of which nothing was judged.
   * `decides-otherwise`: this code is not what was judged.
   */
  readonly code: 'other-claim' | 'other-strategy' | 'other-ledger' | 'other-data' | 'decides-otherwise';
  readonly detail: string;
}

/** @param entries all of the trial ledger. */
export function refuseRenewal(
  claim: Claim,
  verdict: VerdictDocument,
  entries: readonly TrialEntry[],
  decisionsOf: DecisionsOf = sleeveDecisions,
): RenewalRefused | undefined {
  const { hypothesis, registration, variants } = claim;
  if (verdict.hypothesis !== hypothesis.hypothesis || verdict.document !== registration)
    return refused('other-claim', `the verdict is of ${verdict.hypothesis} as it was registered, and these files are not that`);
  const chosen = variants.find(({ hash }) => hash === verdict.strategy.hash);
  if (chosen === undefined) return refused('other-strategy', `no variant is the strategy ${verdict.strategy.hash}`);
  if (entries[verdict.ledger.entries - 1]?.hash !== verdict.ledger.head)
    return refused('other-ledger', `entry ${verdict.ledger.entries} of the ledger is not the one that the verdict names`);
  const whole = openedPrices(claim);
  if (dataHash(researchPrices(claim)) !== verdict.data.research || dataHash(whole) !== verdict.data.whole)
    return refused('other-data', 'these are not the prices that were judged');

  const decisions = hashedDecisions(decisionsOf);
  const lived = backtest(chosen.subject, whole, claimOptions(hypothesis, 1), decisions.decisionsOf);
  if (lived.kind === 'result' && decisions.hash() === verdict.decisions) return undefined;
  const how = lived.kind === 'refused' ? `it cannot be lived any more (${lived.code}: ${lived.detail})` : 'its decisions are others';
  return refused('decides-otherwise', `${how}: what was judged is not this code, and the claim has to be judged anew, under a new name`);
}

function refused(code: RenewalRefused['code'], detail: string): RenewalRefused {
  return { code, detail };
}
