// Days on which trades are cut into slices, or end in the auction. Told by the seed and not drawn: the chance of everything
// else stays as it was.
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { usd } from '../../shared/core/values/money.ts';
import { percent } from '../../shared/core/values/weight.ts';

/** On one day in three so little is traded that orders of this size move the price. */
export function isThin(seed: number): boolean {
  return seed % 3 === 1;
}

/** Shares a session; of one symbol nobody says how many. */
export function thinVolumeOf(symbol: string): number | undefined {
  return symbol === 'DDD' ? undefined : 20_000;
}

/** One day in seven ends in the auction, which takes whole shares. */
export function withSlices(seed: number, policy: PortfolioPolicy): PortfolioPolicy {
  const slicing = { slicesMax: 2 + (seed % 4), volumeMax: percent('1%'), participationMax: percent('10%') };
  const isAuctioned = seed % 7 === 5 && policy.shareUnit === 'whole';
  return {
    ...policy,
    // At times two halves of a trade are too small each.
    ...(seed % 11 === 3 ? { minimumTrade: usd('6000') } : {}),
    execution: { ...policy.execution, ...(isThin(seed) ? { slicing } : {}), ...(isAuctioned ? { auction: 'close' as const } : {}) },
  };
}
