// The arrivals of a plan that is approved a while after it was made, taken again from fresh quotes: a collar around old
// prices would keep every order from filling. How far they may have moved is bounded; what is traded stays the plan's.
import { midOf, type Quote, refuseQuote } from '../market/quote.ts';
import type { MicroUsd } from '../values/money.ts';
import { absolute, divide } from '../values/rounding.ts';
import type { EpochMs } from '../values/time.ts';
import type { Leg } from './leg.ts';
import type { Slicing } from './slicing.ts';
import type { ExecutionState } from './state.ts';

export interface PriceMove {
  readonly symbol: string;
  /** The mid when the plan was made, and now. */
  readonly decision: MicroUsd;
  readonly mid: MicroUsd;
  /** Basis points either way, rounded up. */
  readonly moveBps: bigint;
}

export type Retaken =
  | { readonly kind: 'retaken'; readonly state: ExecutionState }
  /** Those that moved beyond the bound. */
  | { readonly kind: 'moved'; readonly moves: readonly PriceMove[] };

/**
 * A leg whose quote may not be traded on now keeps the arrival of the plan: its orders wait for a quote all the same, and
 * stay within the collar that was looked at.
 */
export function retakeArrivals(state: ExecutionState, quotes: ReadonlyMap<string, Quote>, now: EpochMs): Retaken {
  const { approvalBpsMax, quote: quoteRules } = state.rules;
  // A plan of an earlier release: its owner saw no such bound.
  if (approvalBpsMax === undefined) return { kind: 'retaken', state };
  const moves: PriceMove[] = [];
  const legs = state.legs.map((leg): Leg => {
    const quote = quotes.get(leg.symbol);
    if (quote === undefined || refuseQuote(quote, now, quoteRules) !== undefined) return leg;
    const { symbol, arrival: decision } = leg;
    const mid = midOf(quote);
    const moveBps = divide(absolute(mid - decision) * 10_000n, decision, 'ceil');
    if (moveBps > BigInt(approvalBpsMax)) moves.push({ symbol, decision, mid, moveBps });
    return { ...leg, arrival: mid, decision };
  });
  return moves.length > 0 ? { kind: 'moved', moves } : { kind: 'retaken', state: { ...state, legs: legs.map(respaced(state, now)) } };
}

/** The slices keep their sizes and their order, and share the time that is left. */
function respaced({ legs, deadline }: ExecutionState, now: EpochMs): (leg: Leg) => Leg {
  const begin = Math.min(...legs.flatMap(({ slicing }) => slicing?.slices?.[0]?.from ?? []), now);
  const later = (from: EpochMs): EpochMs => now + Math.floor(((from - begin) * (deadline - now)) / (deadline - begin));
  return (leg) => {
    const { slicing } = leg;
    if (slicing?.slices === undefined) return leg;
    const slices: Slicing['slices'] = slicing.slices.map(({ from, quantity }) => ({ from: later(from), quantity }));
    return { ...leg, slicing: { ...slicing, slices } };
  };
}
