// Prices from outside. Adapters: alpaca (HTTP), simulated (in process).
import type { DailySeries, PriceAdjustment } from '../core/market/bar.ts';
import type { Quote } from '../core/market/quote.ts';
import type { NewYorkDate } from '../core/values/time.ts';

/** Methods throw `BrokerError` when the outside world fails. */
export interface MarketData {
  /**
   * Daily bars of each symbol, both dates included, close = raw close and adjClose = adjusted as asked, for splits
   * and dividends or for splits alone, as of the call. A symbol the source does not know comes back with no bars.
   */
  dailyBars(symbols: readonly string[], from: NewYorkDate, to: NewYorkDate, adjustment: PriceAdjustment): Promise<readonly DailySeries[]>;
  /** Symbols without a quote are absent from the answer. */
  latestQuotes(symbols: readonly string[]): Promise<ReadonlyMap<string, Quote>>;
}
