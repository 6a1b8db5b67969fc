// What the matching side is given of the world around it. It refuses to know files, clocks and HTTP.
import type { Session } from '../../shared/core/market/calendar.ts';
import type { MicroUsd } from '../../shared/core/values/money.ts';
import type { EpochMs, NewYorkDate } from '../../shared/core/values/time.ts';

export interface VenueAsset {
  readonly id: string;
  readonly symbol: string;
  readonly isTradable: boolean;
  readonly isFractionable: boolean;
  /** Left out: it cannot be borrowed, and so not be sold short. */
  readonly isShortable?: boolean;
  readonly isEasyToBorrow?: boolean;
}

/** Prices as a pure function of symbol and time; a side of 0 means no quote on that side. */
export interface Venue {
  asset(symbol: string): VenueAsset | undefined;
  quoteAt(symbol: string, at: EpochMs): { readonly bid: MicroUsd; readonly ask: MicroUsd } | undefined;
  lastTradeAt(symbol: string, at: EpochMs): { readonly price: MicroUsd } | undefined;
}

/** The session of a date; undefined when the exchange is closed all day. */
export type Sessions = (date: NewYorkDate) => Session | undefined;

/** Misbehaviour that was ordered from outside. Taking one uses it up; a halt lasts until it is lifted. */
export interface Mischief {
  take(kind: 'partial-fill' | 'fill-after-cancel' | 'reject', symbol: string): boolean;
  isHalted(symbol: string): boolean;
}

export interface Surroundings {
  readonly venue: Venue;
  readonly sessions: Sessions;
  readonly mischief: Mischief;
  /** Decides which fills are partial, and how large they are. */
  readonly seed: number;
  /** How many fills of a million are partial. */
  readonly partialFillPpm: number;
}
