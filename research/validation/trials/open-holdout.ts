// Breaks the seal of a holdout, once. That it is broken is in the ledger before anything behind it is looked at. Who died in between
// has seen nothing, so that opening may be finished: of the same variant, and without a second one.
import type { ContentHash } from '../../../shared/core/values/identity.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { TrialLedger } from '../../../shared/ports/trial-ledger.ts';
import type { TrialRefusal } from '../../../shared/ports/trial-rules.ts';
import { shapeOf } from '../statistics/return-shape.ts';
import type { OpenedBefore } from './opened-before.ts';

export type HoldoutOpened =
  | { readonly kind: 'opened'; readonly returns: Float64Array; readonly netReturn: number | null }
  /** `other-result`: the ledger has what came of it, and this is not that. */
  | { readonly kind: 'refused'; readonly code: TrialRefusal | 'other-result' };

export interface HoldoutOpening {
  readonly ledger: TrialLedger;
  readonly clock: Clock;
  readonly hypothesis: string;
  readonly variant: ContentHash;
  /** The person who opens it; of one that is finished, whoever opened it stays that person. */
  readonly by: string;
  /** The opening to finish. Left out, it is opened now. */
  readonly before?: OpenedBefore | undefined;
}

/** @param live the chosen variant's net returns over the holdout, less cash. Called only when the holdout may be opened. */
export async function openHoldout(
  { ledger, clock, hypothesis, variant, by, before }: HoldoutOpening,
  live: () => Promise<Float64Array>,
): Promise<HoldoutOpened> {
  if (before !== undefined && before.variant !== variant) return { kind: 'refused', code: 'holdout-opened-before' };
  if (before === undefined) {
    const opened = await ledger.append([{ kind: 'holdout-opened', hypothesis, variant, by }], clock.now());
    if (opened.kind === 'refused') return opened;
  }
  const returns = await live();
  const bars = returns.length;
  const netReturn = bars === 0 ? null : returns.reduce((grown, each) => grown * (1 + each), 1) - 1;
  const sharpe = shapeOf(returns)?.sharpe ?? null;
  const kept = before?.ended;
  if (kept !== undefined) {
    const isSame = kept.netReturn === netReturn && kept.bars === bars && kept.sharpe === sharpe;
    return isSame ? { kind: 'opened', returns, netReturn } : { kind: 'refused', code: 'other-result' };
  }
  const ended = await ledger.append([{ kind: 'holdout-ended', hypothesis, netReturn, bars, sharpe }], clock.now());
  return ended.kind === 'refused' ? ended : { kind: 'opened', returns, netReturn };
}
