// Breaks the seal of a holdout, once. That it is broken is in the ledger before anything behind it is looked at, so a run that
// dies in between has used it up.
import type { ContentHash } from '../../../shared/core/values/identity.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { TrialLedger } from '../../../shared/ports/trial-ledger.ts';
import type { TrialRefusal } from '../../../shared/ports/trial-rules.ts';
import { shapeOf } from '../statistics/return-shape.ts';

export type HoldoutOpened =
  | { readonly kind: 'opened'; readonly returns: Float64Array; readonly netReturn: number | null }
  | { readonly kind: 'refused'; readonly code: TrialRefusal };

export interface HoldoutOpening {
  readonly ledger: TrialLedger;
  readonly clock: Clock;
  readonly hypothesis: string;
  readonly variant: ContentHash;
  /** The person who opens it. */
  readonly by: string;
}

/** @param live the chosen variant's net returns over the holdout, less cash. Called only when the holdout may be opened. */
export async function openHoldout(
  { ledger, clock, hypothesis, variant, by }: HoldoutOpening,
  live: () => Promise<Float64Array>,
): Promise<HoldoutOpened> {
  const opened = await ledger.append([{ kind: 'holdout-opened', hypothesis, variant, by }], clock.now());
  if (opened.kind === 'refused') return opened;
  const returns = await live();
  const netReturn = returns.length === 0 ? null : returns.reduce((grown, each) => grown * (1 + each), 1) - 1;
  const sharpe = shapeOf(returns)?.sharpe ?? null;
  const ended = await ledger.append([{ kind: 'holdout-ended', hypothesis, netReturn, bars: returns.length, sharpe }], clock.now());
  return ended.kind === 'refused' ? ended : { kind: 'opened', returns, netReturn };
}
