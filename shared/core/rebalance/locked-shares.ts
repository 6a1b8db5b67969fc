// Shares that may not be sold yet, because what paid for them may not have arrived.
import type { CashSettlement } from '../portfolio/cash-settlement.ts';
import type { Position } from '../portfolio/portfolio.ts';
import { larger, smaller } from '../values/rounding.ts';
import { formatShares, type NanoShares } from '../values/shares.ts';
import type { WantedTrade } from './wanted-trades.ts';

export function lockedOf(settlement: CashSettlement | undefined, symbol: string): NanoShares {
  return settlement?.locked.find((each) => each.symbol === symbol)?.quantity ?? 0n;
}

/** The same position with what is locked set aside. */
export function withoutLocked<Held extends Position | undefined>(position: Held, locked: NanoShares): Held {
  if (position === undefined || locked === 0n) return position;
  return { ...position, available: smaller(position.available, larger(position.quantity - locked, 0n)) };
}

/** Says of shares that were held back that they were bought with proceeds under way, where that is why. */
export function explainLocked({ trade, skipped }: WantedTrade, locked: NanoShares): WantedTrade {
  if (locked === 0n || skipped?.code !== 'quantity-held') return { ...(trade && { trade }), ...(skipped && { skipped }) };
  const figures = { ...skipped.figures, locked: formatShares(locked) };
  return { ...(trade && { trade }), skipped: { ...skipped, code: 'unsettled-purchase', figures } };
}
