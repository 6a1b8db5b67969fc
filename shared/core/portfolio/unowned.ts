// What an account holds beside a portfolio, and whether it is sold where the file says so: only what is certainly a long
// position in something that we trade anyway.
import { SYMBOL_PATTERN } from '../values/identity.ts';
import type { Position, UnownedPosition } from './portfolio.ts';

/** What is known of an asset; of an unknown one nothing is. */
export interface KnownAsset {
  readonly symbol: string;
  readonly isTradable: boolean;
  readonly class?: 'other';
}

/** Positions that no sleeve names, ascending. */
export function unownedAmong(positions: readonly Position[], named: readonly string[]): readonly Position[] {
  return positions
    .filter(({ symbol, quantity }) => quantity !== 0n && !named.includes(symbol))
    .sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
}

/** Whether it may be a share at all, so that the broker can be asked about it. */
export function isShareLike({ symbol, quantity }: Position): boolean {
  return quantity > 0n && SYMBOL_PATTERN.test(symbol);
}

/**
 * Short positions, options, crypto and what the broker does not know are not understood; where anybody has an open order in
 * it, somebody else is about to trade it.
 */
export function judgeUnowned(position: Position, asset: KnownAsset | undefined, hasOpenOrder: boolean): UnownedPosition {
  const { symbol } = position;
  if (!isShareLike(position) || asset === undefined || asset.class === 'other') return { symbol, kept: 'not-understood' };
  if (!asset.isTradable) return { symbol, kept: 'not-tradable' };
  return hasOpenOrder ? { symbol, kept: 'quantity-held' } : { symbol };
}
