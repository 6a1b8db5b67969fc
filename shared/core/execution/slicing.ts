// A trade cut into slices over time, and why it is, or is not. Frozen with the plan: a later turn changes none of it.
import type { NanoShares } from '../values/shares.ts';
import type { EpochMs } from '../values/time.ts';
import type { Ppm } from '../values/weight.ts';

/** What the file says of slices; without it, every trade is one order at a time. */
export interface SliceRules {
  readonly slicesMax: number;
  /** Largest part of a session's average volume in one slice. */
  readonly volumeMax: Ppm;
  /** Largest part of the volume that is expected while a slice works. */
  readonly participationMax: Ppm;
}

export interface Slice {
  /** Not before. */
  readonly from: EpochMs;
  readonly quantity: NanoShares;
}

export const SLICING_CODES = [
  'sliced',
  /** All at once costs no more than half the spread by the estimate. */
  'small-impact',
  /** Without an average volume, or a volatility, nothing can be estimated: one order, as if it were small. */
  'volume-unknown',
  'volatility-unknown',
  /** Half of it would be below the minimum trade. */
  'small-trade',
  /** There is no time for the price steps of two slices. */
  'no-time',
] as const;
export type SlicingCode = (typeof SLICING_CODES)[number];

export interface Slicing {
  readonly code: SlicingCode;
  /** What decided: estimated impact, half the spread, average volume. */
  readonly figures: Readonly<Record<string, string>>;
  /** Ascending, together the whole trade; left out where it is one. */
  readonly slices?: readonly Slice[];
}
