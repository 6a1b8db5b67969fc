// Days on which trades are cut into slices, or end in the auction. Told by the seed and not drawn: the chance of everything
// else stays as it was.
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { usd } from '../../shared/core/values/money.ts';
import { percent } from '../../shared/core/values/weight.ts';
import type { Market } from './market.ts';

/** On a thin day it says how much is traded: so little that orders of this size move the price. */
export function withVolumes(seed: number, market: Market): Market {
  if (isThin(seed)) market.volumeOf = thinVolumeOf;
  return market;
}

/** One day in three. */
function isThin(seed: number): boolean {
  return seed % 3 === 1;
}

/** Shares a session; of one symbol nobody says how many. */
function thinVolumeOf(symbol: string): number | undefined {
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
