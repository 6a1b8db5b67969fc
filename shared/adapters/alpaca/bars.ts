// Daily bars of several symbols, page after page.
import { type BarJson, barsJson } from '../../contracts/alpaca/market-data.ts';
import type { DailyBar } from '../../core/market/bar.ts';
import { newYorkDate, newYorkInstant } from '../../core/market/new-york-time.ts';
import type { EpochMs } from '../../core/values/time.ts';
import { badAnswer, contentOf } from './answers.ts';
import type { Host } from './resilience.ts';

export interface BarPages {
  readonly symbols: readonly string[];
  readonly start: EpochMs;
  /** Inclusive. */
  readonly end: EpochMs;
  readonly adjustment: 'raw' | 'split' | 'all';
  readonly feed: string;
}

export type BarsBySymbol = ReadonlyMap<string, readonly DailyBar[]>;

/** The most that one page holds, all symbols together. */
const BARS_PER_PAGE = 10_000;

/** @throws BrokerError, `bad-answer` also when a page token comes twice. */
export async function fetchBars(host: Host, pages: BarPages): Promise<BarsBySymbol> {
  const query = {
    symbols: pages.symbols.join(','),
    timeframe: '1Day',
    start: new Date(pages.start).toISOString(),
    end: new Date(pages.end).toISOString(),
    limit: `${BARS_PER_PAGE}`,
    adjustment: pages.adjustment,
    feed: pages.feed,
    sort: 'asc',
  };
  const bars = new Map<string, DailyBar[]>();
  const tokens = new Set<string>();
  for (let token: string | undefined; ; ) {
    const answer = await host.get('/v2/stocks/bars', token === undefined ? query : { ...query, page_token: token });
    const page = contentOf(answer, barsJson, 'none');
    for (const [symbol, more] of Object.entries(page.bars ?? {})) {
      const known = bars.get(symbol) ?? [];
      bars.set(symbol, known);
      known.push(...more.map(dailyBarOf));
    }
    token = page.next_page_token ?? undefined;
    if (token === undefined) return bars;
    if (tokens.has(token)) throw badAnswer('the pages of bars go round in a circle', 'none', answer);
    tokens.add(token);
  }
}

function dailyBarOf({ t, o, h, l, c, v }: BarJson): DailyBar {
  const date = newYorkDate(t);
  if (newYorkInstant(date, 0, 0) !== t) throw badAnswer(`a daily bar begins at ${new Date(t).toISOString()}`, 'none');
  return { date, open: o, high: h, low: l, close: c, volume: v };
}
