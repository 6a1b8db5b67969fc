// The prices that a sleeve decides on, from the snapshot alone: two sleeves of a portfolio may decide on different ones.
import type { Snapshot } from '../contracts/artifacts.ts';
import type { PortfolioPolicy, Sleeve } from '../contracts/portfolio-policy.ts';
import { nextSession } from '../core/market/nyse-calendar.ts';
import type { QuoteRefusal } from '../core/market/quote.ts';
import type { DecisionDay } from '../core/strategy/decide.ts';
import { watchedSymbols } from '../core/strategy/evaluate.ts';
import type { History } from '../core/strategy/history.ts';
import { liveHistory } from '../core/strategy/live-history.ts';

export interface SleevePrices {
  readonly history: History;
  readonly day: DecisionDay;
  /** Quotes that were to decide and may not, by symbol. */
  readonly refused: ReadonlyMap<string, QuoteRefusal>;
}

const NONE_REFUSED: ReadonlyMap<string, QuoteRefusal> = new Map();

export function sleevePrices(
  { strategy, decideOn }: Sleeve,
  { execution }: Pick<PortfolioPolicy, 'execution'>,
  { history, historyAsOf, quotes, asOf }: Pick<Snapshot, 'history' | 'historyAsOf' | 'quotes' | 'asOf'>,
): SleevePrices {
  const session = nextSession(historyAsOf).date;
  if (decideOn === 'last-close') return { history, day: { asOf: historyAsOf, session }, refused: NONE_REFUSED };
  const { quoted, ...live } = liveHistory(history, watchedSymbols(strategy), quotes, session, asOf, execution.quote);
  return { ...live, day: { asOf: session, session, quoted } };
}
