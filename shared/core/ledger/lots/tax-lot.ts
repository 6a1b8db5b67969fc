// What is held as it was acquired: by date and with what it cost. What is not known stays unknown; it is never 0.
import type { MicroUsd } from '../../values/money.ts';
import type { NanoShares } from '../../values/shares.ts';
import type { NewYorkDate } from '../../values/time.ts';
import type { Entry } from '../entry.ts';

/** Which lot is sold, or covered, first: the oldest, or the one that leaves the least gain. */
export const LOT_METHODS = ['fifo', 'hifo'] as const;
export type LotMethod = (typeof LOT_METHODS)[number];

/** The entry that a lot, or the end of one, comes from. */
export type LotOrigin = Extract<Entry, { readonly quantity: NanoShares }>['kind'];

export interface TaxLot {
  readonly symbol: string;
  /** A short lot is a position of shares owed. */
  readonly side: 'long' | 'short';
  /** Above zero on both sides. */
  readonly quantity: NanoShares;
  /** The trade date; of what was not bought by an order of ours, the date since which it is certainly held. */
  readonly acquired: NewYorkDate;
  /** What a long lot cost, or what a short one brought. Before fees. null: nobody told. */
  readonly amount: MicroUsd | null;
  readonly origin: LotOrigin;
}

/** By how long it was held: more than a year, or not. `unknown` where it may have been held longer than is on record. */
export type HoldingTerm = 'short' | 'long' | 'unknown';

/** A lot, or part of one, that has ended. */
export interface RealisedLot {
  readonly symbol: string;
  readonly side: TaxLot['side'];
  readonly quantity: NanoShares;
  readonly acquired: NewYorkDate;
  readonly disposed: NewYorkDate;
  /** Of a short lot it is what the cover cost. */
  readonly cost: MicroUsd | null;
  /** Of a short lot it is what its sale brought. */
  readonly proceeds: MicroUsd | null;
  /** proceeds − cost, before fees; null where either is not known. */
  readonly gain: MicroUsd | null;
  readonly term: HoldingTerm;
  /** How it ended. */
  readonly by: LotOrigin;
  /** Whether some of what was acquired on its date is still held afterwards. */
  readonly isPartOfMore: boolean;
}

/** What a corporate action did that figures alone would not tell. */
export interface LotRemark {
  readonly symbol: string;
  readonly on: NewYorkDate;
  /** The broker's word for it. */
  readonly word: string;
  readonly code: LotRemarkCode;
  readonly quantity: NanoShares;
  readonly amount: MicroUsd;
}

export const LOT_REMARK_CODES = [
  /** Shares arrived for nothing, as in a spin-off: their part of the parent's cost is not told, and stays with the parent. */
  'shares-of-unknown-cost',
  /** Shares went and others came for them, as in a merger: what they cost goes with them. */
  'exchanged-for-others',
  /** Shares went, and nobody said what for. */
  'gone-for-nothing',
  /** Cash in the place of a fraction of a share: of no lot. */
  'cash-in-lieu',
] as const;
export type LotRemarkCode = (typeof LOT_REMARK_CODES)[number];

export interface LotBook {
  /** By symbol, then as they were acquired. */
  readonly open: readonly TaxLot[];
  /** By date, then symbol. */
  readonly realised: readonly RealisedLot[];
  readonly remarks: readonly LotRemark[];
}
