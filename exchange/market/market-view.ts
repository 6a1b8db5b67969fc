// What the matching side may know of the market: prices as a pure function of symbol and time.
import type { DailyBar } from '../../shared/core/market/bar.ts';
import type { MicroUsd } from '../../shared/core/values/money.ts';
import type { EpochMs, NewYorkDate } from '../../shared/core/values/time.ts';

export interface ListedAsset {
  readonly id: string;
  readonly symbol: string;
  readonly name: string;
  readonly isTradable: boolean;
  readonly isFractionable: boolean;
  /** Left out: it cannot be borrowed, and so not be sold short. */
  readonly isShortable?: boolean;
  readonly isEasyToBorrow?: boolean;
}

/** Sizes are whole shares. A side of 0 means no quote on that side. */
export interface VenueQuote {
  readonly bid: MicroUsd;
  readonly bidSize: number;
  readonly ask: MicroUsd;
  readonly askSize: number;
  readonly at: EpochMs;
}

export interface VenueTrade {
  readonly price: MicroUsd;
  readonly size: number;
  readonly at: EpochMs;
}

export interface MarketView {
  assets(): readonly ListedAsset[];
  asset(symbol: string): ListedAsset | undefined;
  /** The same answer for the same arguments, always. undefined: no price known at that time. */
  quoteAt(symbol: string, at: EpochMs): VenueQuote | undefined;
  lastTradeAt(symbol: string, at: EpochMs): VenueTrade | undefined;
  /** Completed sessions up to and including `to`, ascending. */
  dailyBars(symbol: string, from: NewYorkDate, to: NewYorkDate): readonly DailyBar[];
}
