// One line of the ledger: what changed the holdings or the cash of a portfolio, and who says so. The holdings that a
// portfolio is expected to have are the sum of its lines and nothing else.
import type { ClientOrderId } from '../values/identity.ts';
import type { MicroUsd } from '../values/money.ts';
import type { NanoShares } from '../values/shares.ts';
import type { EpochMs } from '../values/time.ts';
import type { CashKind } from './activity.ts';

interface Line {
  readonly at: EpochMs;
}

interface Holding extends Line {
  readonly symbol: string;
  /** What it added to the holding; negative where it took away. */
  readonly quantity: NanoShares;
}

/** What was held when the symbol was first seen. */
export interface OpeningEntry extends Holding {
  readonly kind: 'opening';
}

/** What an order of ours filled, as the record of its run says. */
export interface FillEntry extends Holding {
  readonly kind: 'fill';
  readonly clientOrderId: ClientOrderId;
  readonly amount: MicroUsd;
}

/** What an order of ours filled beyond that: the run's record and artifacts stay as they are. */
export interface LateFillEntry extends Holding {
  readonly kind: 'late-fill';
  readonly clientOrderId: ClientOrderId;
  readonly activity: string;
  readonly amount: MicroUsd;
}

export interface CorporateActionEntry extends Holding {
  readonly kind: 'corporate-action';
  readonly activity: string;
  readonly word: string;
  readonly amount: MicroUsd;
}

/** Money alone; `unknown` is a word of the broker that we do not know and that touched no holding. */
export interface CashEntry extends Line {
  readonly kind: CashKind | 'unknown';
  readonly activity: string;
  readonly word: string;
  readonly symbol?: string;
  readonly amount: MicroUsd;
}

/** What a person says belongs to the portfolio: a trade by hand, or a difference that nothing else explains. */
export interface AdoptedEntry extends Holding {
  readonly kind: 'adopted';
  readonly who: string;
  readonly reason: string;
  /** The broker's activities that it covers. */
  readonly activities: readonly string[];
  readonly amount: MicroUsd;
  /** Trades of one side are all there is to it, so the amount is what it cost or brought. Left out: what it cost is not known. */
  readonly isPriced?: true;
}

export type Entry = OpeningEntry | FillEntry | LateFillEntry | CorporateActionEntry | CashEntry | AdoptedEntry;

export const CASH_FLOWS = [
  'fill',
  'late-fill',
  'corporate-action',
  'dividend',
  'fee',
  'interest',
  'transfer',
  'unknown',
  'adopted',
] as const;
/** The kinds of entry that move cash. */
export type CashFlow = (typeof CASH_FLOWS)[number];
