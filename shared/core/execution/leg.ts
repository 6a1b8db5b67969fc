// One symbol's way through a run: what is still to trade, which order is out, and how it ended.
import { SUBMISSION_DENIAL_CODES } from '../risk/denial.ts';
import type { ClientOrderId, Side } from '../values/identity.ts';
import type { MicroUsd } from '../values/money.ts';
import { smaller } from '../values/rounding.ts';
import type { NanoShares } from '../values/shares.ts';
import type { EpochMs } from '../values/time.ts';
import type { Ppm } from '../values/weight.ts';
import type { OrderIntent, OrderStatus } from './order.ts';
import type { Slicing } from './slicing.ts';

/** Why part of a trade was not done. The list is closed: a residual without one of these is a defect. */
export const RESIDUAL_CODES = [
  'kill-switch',
  'account-blocked',
  'deadline',
  'quote-missing',
  'quote-zero',
  'quote-crossed',
  'quote-stale',
  'quote-wide',
  'outside-collar',
  'unfilled-at-limit',
  /** The auction did not take it, or not all of it, and the session is over. */
  'unfilled-in-auction',
  'insufficient-proceeds',
  /** The position is no longer the one that the plan was made for: an order could have gone through zero. */
  'position-changed',
  'rejected',
  'expired',
  'canceled-by-broker',
  'replaced-elsewhere',
  /** The broker held the order back, as in a trading halt, for all the time that it had. */
  'suspended',
  /** The broker expects no more fills of it today. */
  'done-for-day',
  /** The broker used a word for its state that we do not know, so it was canceled. */
  'unknown-status',
  /** Another order stands at the broker under the name of ours: it is left alone, and is nothing of this run. */
  'foreign-order',
  /** The broker never said whether it has the order. Ends a run as a failure, for a person to look at. */
  'unresolved',
  /** The risk review denied an order when it was about to be sent. */
  ...SUBMISSION_DENIAL_CODES,
] as const;

export type ResidualCode = (typeof RESIDUAL_CODES)[number];

export interface Residual {
  readonly quantity: NanoShares;
  readonly code: ResidualCode;
  /** The figures that decided. */
  readonly figures: Readonly<Record<string, string>>;
}

/** An order of this leg that can fill no more. */
export interface ClosedOrder {
  readonly clientOrderId: ClientOrderId;
  readonly status: OrderStatus;
  readonly limitPrice: MicroUsd;
  readonly quantity: NanoShares;
  readonly filledQuantity: NanoShares;
  readonly averageFillPrice?: MicroUsd;
}

/** Why an order is being canceled: to try the next price step, to make room for the next slice, or for good. */
export type CancelCause = { readonly kind: 'next-peg' | 'next-slice' } | { readonly kind: 'residual'; readonly code: ResidualCode };

export type LegStage =
  /** For its turn, its slice, for money, or for a quote that may be traded on. */
  | { readonly kind: 'waiting'; readonly peg: number; readonly quoteTries: number }
  /** The intent is persisted. The broker may or may not have it: only the same id and body may be sent. */
  | {
      readonly kind: 'sending';
      readonly intent: OrderIntent;
      readonly peg: number;
      /** How often it was decided to send it. */
      readonly attempts: number;
      /** How many of these certainly left nothing at the broker. Any other may be on its way still. */
      readonly withoutEffect: number;
      readonly retryAt: EpochMs;
    }
  | { readonly kind: 'working'; readonly intent: OrderIntent; readonly peg: number; readonly orderId: string; readonly until: EpochMs }
  | {
      readonly kind: 'canceling';
      readonly intent: OrderIntent;
      readonly peg: number;
      readonly orderId: string;
      readonly cause: CancelCause;
    }
  | { readonly kind: 'done'; readonly residual?: Residual };

export interface Leg {
  readonly symbol: string;
  readonly side: Side;
  /** It makes or ends a short position. Left out: a long one. */
  readonly position?: 'short';
  /** What the plan says, in shares. */
  readonly quantity: NanoShares;
  /** Mid when the plan was made, or when it was approved: limits are collared to it and costs measured against it. */
  readonly arrival: MicroUsd;
  /** Mid when the plan was made, where the arrival was taken again at its approval. Left out: the arrival. */
  readonly decision?: MicroUsd;
  /** Mid when its first order was made. Left out: none was, or by a release that did not write it down. */
  readonly entry?: MicroUsd;
  /** Standard deviation of its daily returns when the plan was made. Left out: not known. */
  readonly volatility?: Ppm;
  /** Whether it is cut into slices, and why. Left out: nobody asked. */
  readonly slicing?: Slicing;
  /** Which slice it has come to, from 0. Left out: the first. */
  readonly slice?: number;
  /** Left out of the order because the money did not reach; 0 otherwise. */
  readonly unfunded: NanoShares;
  readonly closedOrders: readonly ClosedOrder[];
  readonly stage: LegStage;
}

/** A sale of what is held, or a purchase that covers: it makes the account smaller, and what it frees can be used. */
export function reduces({ side, position }: Pick<Leg, 'side' | 'position'>): boolean {
  return (side === 'sell') !== (position === 'short');
}

/** Ends of a leg whose last order may have been sent, and yet never was seen at the broker. */
const UNSEEN: ReadonlySet<ResidualCode> = new Set<ResidualCode>([
  'kill-switch',
  'account-blocked',
  'deadline',
  'rejected',
  'foreign-order',
  'unresolved',
]);

/** How many orders were decided for it, or one more: never fewer than were sent. */
export function ordersDecided({ closedOrders, stage }: Pick<Leg, 'closedOrders' | 'stage'>): number {
  if (stage.kind === 'waiting') return closedOrders.length;
  const mayBeUnseen = stage.kind !== 'done' || (stage.residual !== undefined && UNSEEN.has(stage.residual.code));
  return closedOrders.length + (mayBeUnseen ? 1 : 0);
}

/** Shares filled by orders that are over. */
export function filledQuantity(leg: Leg): NanoShares {
  return leg.closedOrders.reduce((sum, order) => sum + order.filledQuantity, 0n);
}

/** Shares neither filled nor given up for want of money. Meaningful only while no order is out. */
export function remainingQuantity(leg: Leg): NanoShares {
  return leg.quantity - leg.unfunded - filledQuantity(leg);
}

/** What of the remainder its slice may order: its own part and what earlier ones left; in the last slice, everything. */
export function sliceQuantity(leg: Leg): NanoShares {
  const remaining = remainingQuantity(leg);
  if (!hasNextSlice(leg)) return remaining;
  const slices = leg.slicing?.slices?.slice(0, (leg.slice ?? 0) + 1) ?? [];
  return smaller(remaining, slices.reduce((sum, { quantity }) => sum + quantity, 0n) - filledQuantity(leg));
}

export function hasNextSlice({ slicing, slice = 0 }: Pick<Leg, 'slicing' | 'slice'>): boolean {
  return slicing?.slices?.[slice + 1] !== undefined;
}

/** Waits for its next slice, whose price steps are its own. Meaningful only where there is one. */
export function nextSlice(leg: Leg): Leg {
  return { ...leg, slice: (leg.slice ?? 0) + 1, stage: { kind: 'waiting', peg: 0, quoteTries: 0 } };
}

/** A leg that waits, in the latest slice whose time has come: what the ones before left rolls into it. */
export function enterSlice(leg: Leg, now: EpochMs): Leg {
  if (leg.stage.kind !== 'waiting' || leg.slicing?.slices === undefined) return leg;
  const latest = leg.slicing.slices.findLastIndex(({ from }) => from <= now);
  return latest <= (leg.slice ?? 0) ? leg : nextSlice({ ...leg, slice: latest - 1 });
}

/** From when on it may order; undefined where it may at any time. */
export function sliceFrom({ slicing, slice = 0 }: Pick<Leg, 'slicing' | 'slice'>): EpochMs | undefined {
  return slicing?.slices?.[slice]?.from;
}
