// Whether a claim may be judged, by its ledger and its dates alone: nothing is tried, lived or opened to answer it.
import type { TrialEntry } from '../../shared/contracts/trial-entries.ts';
import { closesBetween } from '../../shared/core/market/asset-calendar.ts';
import { openedBefore } from '../validation/trials/opened-before.ts';
import type { Claim } from './claim.ts';
import { claimFamily, seenElsewhere, triedBeside } from './claim-family.ts';
import { type ClaimRefused, claimRefused, refuseOpened } from './claim-refused.ts';

export interface NotJudged {
  readonly kind: 'refused';
  /**
   * `not-run`: nothing was tried yet. `variants-missing`: what was tried, under this name or another, is not among the variants, so
   * that nobody can look at it beside the best. `nothing-lived`: no variant could be backtested. `too-few-bars`: those that all
   * variants have cannot be halved to ask how likely over-fitting is. `no-benchmark`: it has no close by the first bar, or none at the last.
   * `holdout-not-over`: prices do not reach its last day yet. In each of them the holdout stays sealed.
   */
  readonly code:
    | ClaimRefused['code']
    | 'not-run'
    | 'variants-missing'
    | 'nothing-lived'
    | 'too-few-bars'
    | 'no-benchmark'
    | 'holdout-not-over';
  readonly detail: string;
}

/**
 * An opening that nobody got an answer from is no reason: it may be finished.
 * @param entries all of the trial ledger.
 * @param isUnwritten whether it is known that there is no verdict of it; then the answer may be said again, too.
 */
export function refuseJudging(claim: Claim, entries: readonly TrialEntry[], isUnwritten = false): NotJudged | undefined {
  const { hypothesis: name, holdout } = claim.hypothesis;
  const own = entries.map(({ fact }) => fact).filter((fact) => fact.kind !== 'tail-cut' && fact.hypothesis === name);
  if (!own.some(({ kind }) => kind === 'trial')) return notJudged('not-run', 'no variant was tried yet');
  // Before what is missing: a claim that was judged is over, whatever was dropped from it since.
  if (openedBefore(entries, name)?.ended !== undefined && !isUnwritten) return refuseOpened(name);
  const family = claimFamily(claim, entries);
  const seen = seenElsewhere(holdout, family);
  if (seen !== undefined)
    return claimRefused(
      'holdout-opened-before',
      `${seen.hypothesis} tried the same strategies, and dates of this holdout were ${seen.how === 'opened' ? 'opened' : 'tried on'} under that name`,
    );
  const beside = triedBeside(claim.variants, family);
  if (beside.length > 0) return notJudged('variants-missing', `tried, and not in the file: ${beside.join(', ')}`);
  const unfinished = missingDay(claim);
  return unfinished === undefined ? undefined : notJudged('holdout-not-over', unfinished);
}

export function notJudged(code: NotJudged['code'], detail: string): NotJudged {
  return { kind: 'refused', code, detail };
}

/** Looks at dates alone. */
function missingDay({ series, variants, hypothesis: { holdout } }: Claim): string | undefined {
  const last = closesBetween(variants[0]?.subject.calendar ?? 'equities', holdout.first, holdout.last).at(-1) ?? holdout.last;
  const short = series.find(({ bars }) => (bars.at(-1)?.date ?? '') < last);
  return short === undefined
    ? undefined
    : `prices of ${short.symbol} end on ${short.bars.at(-1)?.date ?? 'no day'}, the holdout on ${last}`;
}
