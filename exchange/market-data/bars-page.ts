// One page of bars over many symbols: symbols ascending, at most `limit` bars in all.
import type { EpochMs } from '../../shared/core/values/time.ts';
import type { MarketReplay } from '../market/replay-market.ts';
import { DataRefusal } from './data-refusal.ts';
import { type BarRequest, type WireBar, wireBars } from './wire-bars.ts';

export interface BarsPage {
  readonly bars: Readonly<Record<string, readonly WireBar[]>>;
  readonly next_page_token: string | null;
}

/** @throws DataRefusal 400 for a token that this exchange did not give. */
export function barsPage(
  market: MarketReplay,
  symbols: readonly string[],
  request: BarRequest,
  limit: number,
  token: string | undefined,
): BarsPage {
  const reached = token === undefined ? undefined : readToken(token);
  const bars: Record<string, WireBar[]> = {};
  let count = 0;
  let last = { symbol: '', t: '' };
  for (const symbol of symbols) {
    if (reached !== undefined && symbol < reached.symbol) continue;
    const rest = reached?.symbol === symbol ? beyond(request, reached.at) : request;
    for (const bar of wireBars(market, symbol, rest)) {
      if (count === limit) return { bars, next_page_token: writeToken(last.symbol, last.t) };
      const given = bars[symbol] ?? [];
      given.push(bar);
      bars[symbol] = given;
      count += 1;
      last = { symbol, t: bar.t };
    }
  }
  return { bars, next_page_token: null };
}

/** What is left of a request when everything up to the bar that begins at `at` was given. */
function beyond(request: BarRequest, at: EpochMs): BarRequest {
  return request.sort === 'asc'
    ? { ...request, start: Math.max(request.start, at + 1) }
    : { ...request, end: Math.min(request.end, at - 1) };
}

function writeToken(symbol: string, t: string): string {
  return Buffer.from(`${symbol}|${t}`).toString('base64url');
}

function readToken(token: string): { symbol: string; at: EpochMs } {
  const [symbol = '', t = ''] = Buffer.from(token, 'base64url').toString('utf8').split('|');
  const at = Date.parse(t);
  if (symbol === '' || Number.isNaN(at) || writeToken(symbol, t) !== token) throw new DataRefusal(400, 'invalid page_token');
  return { symbol, at };
}
