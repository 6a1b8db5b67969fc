// The market of an embedded run at the time where it stands, for who looks and sends nothing: the account that was saved,
// and the prices that it traded at. No exchange is started.
import { nyseSessions } from '../../exchange/market/nyse-sessions.ts';
import { replayMarket } from '../../exchange/market/replay-market.ts';
import { restoreExchange } from '../../exchange/matching/saved-exchange.ts';
import { simulatedBroker } from '../adapters/simulated/broker.ts';
import { simulatedMarketData } from '../adapters/simulated/market-data.ts';
import type { DailySeries } from '../core/market/bar.ts';
import type { Broker } from '../ports/broker.ts';
import type { MarketData } from '../ports/market-data.ts';
import { exchangeFile, readSavedExchange } from './saved-exchange-file.ts';
import { UnusableState } from './unusable-state.ts';

export interface LocalMarketOptions {
  readonly folder: string;
  readonly series: readonly DailySeries[];
  readonly seed: number;
  readonly spreadBps: number;
}

/** @throws UnusableState when no account was saved there; ReplayError for prices that cannot be replayed. */
export function localMarket({ folder, series, seed, spreadBps }: LocalMarketOptions): {
  readonly broker: Broker;
  readonly marketData: MarketData;
} {
  const saved = readSavedExchange(exchangeFile(folder));
  if (saved === undefined) throw new UnusableState(`${folder} holds no state of a demo`);
  const clock = { now: () => saved.at };
  const market = replayMarket({ series, sessions: nyseSessions, seed, spreadBps, adjustment: 'raw' });
  const sessions = nyseSessions.sessionOn;
  const around = { venue: market, sessions, mischief: { take: () => false, isHalted: () => false }, seed, partialFillPpm: 0 };
  return {
    broker: simulatedBroker({ book: restoreExchange(saved.state), around, clock }),
    marketData: simulatedMarketData({ market, sessions, clock }),
  };
}
