// The session that is traded as one more day of the history: a usable quote's mid stands for its close.
import { midOf, type Quote, type QuoteRefusal, type QuoteRules, refuseQuote } from '../market/quote.ts';
import type { EpochMs, NewYorkDate } from '../values/time.ts';
import type { ClosesColumn, History } from './history.ts';
import type { Quotes } from './state.ts';

export interface LiveHistory {
  readonly history: History;
  /** By symbol: why its quote is no price. Such a symbol has no bar that day. */
  readonly refused: ReadonlyMap<string, QuoteRefusal>;
  /** Of the others, those that have a close before the session. */
  readonly quoted: Quotes;
}

const MICROS_PER_USD = 1_000_000;

/**
 * @param history closes of the sessions before `session`.
 * @param symbols those that are looked at.
 */
export function liveHistory(
  history: History,
  symbols: readonly string[],
  quotes: readonly Quote[],
  session: NewYorkDate,
  now: EpochMs,
  rules: QuoteRules,
): LiveHistory {
  const columns = new Map(history.columns.map((column) => [column.symbol, column]));
  const refused = new Map<string, QuoteRefusal>();
  const quoted: Record<string, Quotes[string]> = {};
  for (const symbol of symbols) {
    const quote = quotes.find((each) => each.symbol === symbol);
    const refusal = refuseQuote(quote, now, rules);
    if (refusal !== undefined) refused.set(symbol, refusal);
    if (quote === undefined || refusal !== undefined) continue;
    const mid = Number(midOf(quote)) / MICROS_PER_USD;
    const before = columns.get(symbol)?.closes.at(-1);
    if (before !== undefined) quoted[symbol] = { mid, before };
    columns.set(symbol, withClose(columns.get(symbol), symbol, session, mid));
  }
  return { history: { ...history, columns: [...columns.values()] }, refused, quoted };
}

/** A quote says nothing of the high, the low or the volume of a session that is not over. */
function withClose(column: ClosesColumn | undefined, symbol: string, date: NewYorkDate, close: number): ClosesColumn {
  const { dates = [], closes = [], highs, lows, volumes } = column ?? {};
  return {
    symbol,
    dates: [...dates, date],
    closes: [...closes, close],
    ...(highs === undefined ? {} : { highs: [...highs, null] }),
    ...(lows === undefined ? {} : { lows: [...lows, null] }),
    ...(volumes === undefined ? {} : { volumes: [...volumes, null] }),
  };
}
