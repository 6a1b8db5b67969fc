// Corporate actions as the data API writes them. The prices are split-adjusted, so there are no splits to tell.
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { cashDividends } from '../market/cash-dividends.ts';
import { wordsOf } from '../market/chance.ts';
import type { MarketReplay } from '../market/replay-market.ts';
import { DataRefusal } from './data-refusal.ts';

export interface WireCashDividend {
  readonly id: string;
  readonly symbol: string;
  /** Empty: prices do not tell it. */
  readonly cusip: string;
  readonly rate: number;
  readonly special: boolean;
  readonly foreign: boolean;
  readonly process_date: NewYorkDate;
  readonly ex_date: NewYorkDate;
  readonly record_date: NewYorkDate;
  readonly payable_date: NewYorkDate;
}

export interface CorporateActionsPage {
  readonly corporate_actions: { readonly cash_dividends?: readonly WireCashDividend[] };
  readonly next_page_token: string | null;
}

export interface CorporateActionsRequest {
  /** undefined: of everything listed. */
  readonly symbols: readonly string[] | undefined;
  readonly start: NewYorkDate;
  readonly end: NewYorkDate;
  readonly types: readonly string[] | undefined;
  readonly limit: number;
  readonly sort: 'asc' | 'desc';
  readonly token: string | undefined;
}

/**
 * Cash dividends by ex-date. What the prices do not show (record and payable dates) is given as the ex-date.
 * A kind of action without entries is absent.
 * @throws DataRefusal 400 for a token that this exchange did not give.
 */
export function corporateActionsPage(market: MarketReplay, request: CorporateActionsRequest): CorporateActionsPage {
  const { symbols = market.assets().map(({ symbol }) => symbol), start, end, types, limit, sort, token } = request;
  const isAsked = types === undefined || types.includes('cash_dividend');
  const all = isAsked ? symbols.flatMap((symbol) => dividendsOf(market, symbol, start, end)) : [];
  const direction = sort === 'asc' ? 1 : -1;
  all.sort((a, b) => direction * (compare(a.ex_date, b.ex_date) || compare(a.symbol, b.symbol)));
  const from = token === undefined ? 0 : all.findIndex(({ id }) => id === token);
  if (from < 0) throw new DataRefusal(400, 'invalid page_token');
  const page = all.slice(from, from + limit);
  return { corporate_actions: page.length === 0 ? {} : { cash_dividends: page }, next_page_token: all[from + limit]?.id ?? null };
}

function dividendsOf(market: MarketReplay, symbol: string, start: NewYorkDate, end: NewYorkDate): WireCashDividend[] {
  return cashDividends(market.dailyBars(symbol, '0001-01-01', end))
    .filter(({ exDate }) => exDate >= start)
    .map(({ exDate, rate }) => ({
      id: wordsOf(`dividend ${symbol} ${exDate}`)
        .map((word) => word.toString(16).padStart(8, '0'))
        .join(''),
      symbol,
      cusip: '',
      rate,
      special: false,
      foreign: false,
      process_date: exDate,
      ex_date: exDate,
      record_date: exDate,
      payable_date: exDate,
    }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
