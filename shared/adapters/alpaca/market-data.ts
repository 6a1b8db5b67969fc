// The MarketData port over Alpaca's market data API. History is fetched whole each time, raw and adjusted,
// so that later splits and dividends always rewrite it.
import assert from 'node:assert/strict';
import { latestQuotesJson } from '../../contracts/alpaca/market-data.ts';
import { type DailyBar, type DailySeries, type PriceAdjustment, refuseBar } from '../../core/market/bar.ts';
import { newYorkInstant } from '../../core/market/new-york-time.ts';
import type { Quote } from '../../core/market/quote.ts';
import { SYMBOL_PATTERN } from '../../core/values/identity.ts';
import { MINUTE_MS, type NewYorkDate } from '../../core/values/time.ts';
import type { MarketData } from '../../ports/market-data.ts';
import { badAnswer, contentOf } from './answers.ts';
import { type BarPages, type BarsBySymbol, fetchBars } from './bars.ts';
import { alpacaHost } from './host.ts';
import type { AlpacaOptions } from './options.ts';

export type MarketDataSettings = Omit<AlpacaOptions, 'tradingUrl'>;

/** Keeps an address below a thousand characters. */
const SYMBOLS_PER_REQUEST = 100;
/** Consolidated history that ends later than this ago is refused as a whole to free accounts. */
export const CONSOLIDATED_DELAY_MS = 16 * MINUTE_MS;

/** Knows no other host: nothing that it is told leads to the trading API. */
export function alpacaMarketData(options: MarketDataSettings): MarketData {
  const { feed } = options;
  const host = alpacaHost(options.dataUrl, options);

  return {
    dailyBars: async (symbols, from, to, adjustment) => {
      const range = rangeOf(from, to, feed, options.clock.now());
      const series: DailySeries[] = [];
      for (const batch of batchesOf(symbols)) {
        const pages = { symbols: batch, ...range, feed };
        series.push(...(range.start > range.end ? batch.map(emptySeries) : await seriesOf(pages, adjustment)));
      }
      return series;
    },

    latestQuotes: async (symbols) => {
      const found = new Map<string, Quote>();
      for (const batch of batchesOf(symbols)) {
        const answer = await host.get('/v2/stocks/quotes/latest', { symbols: batch.join(','), feed });
        const { quotes } = contentOf(answer, latestQuotesJson, 'none');
        for (const symbol of batch) {
          const quote = quotes?.[symbol];
          if (quote !== undefined) found.set(symbol, { symbol, bid: quote.bp, ask: quote.ap, at: quote.t });
        }
      }
      return found;
    },
  };

  async function seriesOf(pages: Omit<BarPages, 'adjustment'>, adjustment: PriceAdjustment): Promise<readonly DailySeries[]> {
    const raw = await fetchBars(host, { ...pages, adjustment: 'raw' });
    const adjusted = await fetchBars(host, { ...pages, adjustment: adjustment === 'adjusted' ? 'all' : 'split' });
    return pages.symbols.map((symbol) => joined(symbol, raw, adjusted));
  }
}

/**
 * A daily bar is dated by its session's midnight, and the end is inclusive: four in the morning is late
 * enough to include the last session and early enough never to be in the hours of trading.
 */
function rangeOf(from: NewYorkDate, to: NewYorkDate, feed: AlpacaOptions['feed'], now: number): Pick<BarPages, 'start' | 'end'> {
  assert(from <= to, `bars run from ${from} to ${to}`);
  const end = newYorkInstant(to, 4, 0);
  return { start: newYorkInstant(from, 0, 0), end: feed === 'sip' ? Math.min(end, now - CONSOLIDATED_DELAY_MS) : end };
}

function batchesOf(symbols: readonly string[]): readonly (readonly string[])[] {
  const asked = [...new Set(symbols)];
  for (const symbol of asked) assert(SYMBOL_PATTERN.test(symbol), `${symbol} is not a symbol`);
  const count = Math.ceil(asked.length / SYMBOLS_PER_REQUEST);
  return Array.from({ length: count }, (_, index) => asked.slice(index * SYMBOLS_PER_REQUEST, (index + 1) * SYMBOLS_PER_REQUEST));
}

function emptySeries(symbol: string): DailySeries {
  return { symbol, bars: [] };
}

/** Raw bars with the adjusted close of the same date. A history with a hole or a false price is refused whole. */
function joined(symbol: string, raw: BarsBySymbol, adjusted: BarsBySymbol): DailySeries {
  const adjustedCloses = new Map((adjusted.get(symbol) ?? []).map((bar) => [bar.date, bar.close]));
  const bars: DailyBar[] = [];
  for (const bar of raw.get(symbol) ?? []) {
    const adjClose = adjustedCloses.get(bar.date);
    if (adjClose === undefined) throw badAnswer(`${symbol} has no adjusted close on ${bar.date}`, 'none');
    const whole = { ...bar, adjClose };
    const refusal = refuseBar(whole, bars.at(-1));
    if (refusal !== undefined) throw badAnswer(`${symbol} on ${bar.date}: ${refusal}`, 'none');
    bars.push(whole);
  }
  return { symbol, bars };
}
