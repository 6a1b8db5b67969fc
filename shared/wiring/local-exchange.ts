// The exchange of the embedded run: real prices, virtual time, and an account that remembers on disk every order it
// has accepted before it says so.
import { join } from 'node:path';
import { type ExchangeClock, virtualClock } from '../../exchange/clock.ts';
import { faultDesk } from '../../exchange/faults/fault-book.ts';
import { type MarketReplay, replayMarket } from '../../exchange/market/replay-market.ts';
import { type RunningExchange, startExchange } from '../../exchange/server.ts';
import { openTradingDesk, type TradingDesk } from '../../exchange/trading/trading-desk.ts';
import { tradingRoutes } from '../../exchange/trading/trading-routes.ts';
import type { DailySeries } from '../core/market/bar.ts';
import { nextSession, previousSession, sessionOn } from '../core/market/nyse-calendar.ts';
import type { MicroUsd } from '../core/values/money.ts';
import type { EpochMs } from '../core/values/time.ts';
import type { BrokerCredentials } from '../ports/secrets.ts';
import { readSavedExchange, writeSavedExchange } from './saved-exchange-file.ts';

export interface LocalExchangeOptions {
  readonly folder: string;
  readonly series: readonly DailySeries[];
  /** Where time begins when nothing was saved. */
  readonly start: EpochMs;
  readonly cash: MicroUsd;
  readonly seed: number;
  readonly spreadBps: number;
  readonly accountNumber: string;
  readonly credentials: BrokerCredentials;
}

export interface LocalExchange {
  readonly url: string;
  readonly clock: ExchangeClock;
  readonly market: MarketReplay;
  readonly desk: TradingDesk;
  save(): void;
  close(): Promise<void>;
}

/** A real minute has no end here: virtual time stands still while a turn is made. */
const REQUESTS_PER_MINUTE = 1_000_000;

/** @throws ExchangeStartError, ReplayError */
export async function startLocalExchange(options: LocalExchangeOptions): Promise<LocalExchange> {
  const { folder, series, seed, spreadBps, credentials, accountNumber, cash } = options;
  const file = join(folder, 'exchange.json');
  const saved = readSavedExchange(file);
  const clock = virtualClock(saved?.at ?? options.start);
  const faults = faultDesk();
  const market = replayMarket({ series, sessions: { sessionOn, previousSession, nextSession }, seed, spreadBps, adjustment: 'raw' });
  const desk = openTradingDesk({
    market,
    sessions: sessionOn,
    clock,
    faults,
    account: { ...credentials, cash, accountNumber },
    seed,
    initialState: saved?.state,
    requestsPerMinute: REQUESTS_PER_MINUTE,
  });
  const save = (): void => writeSavedExchange(file, { state: desk.save(), at: clock.now() });
  const running: RunningExchange = await startExchange({
    port: 0,
    market,
    faults,
    clock,
    advance: desk.advance,
    isAuthorized: (keyId, secretKey) => keyId === credentials.keyId && secretKey === credentials.secretKey,
    trading: async (app) => {
      // An answer that was given must still be true after the process was killed.
      app.addHook('onSend', async (request, _reply, payload) => {
        if (request.method !== 'GET') save();
        return payload;
      });
      await app.register(tradingRoutes, { desk });
    },
  });
  return { url: running.url, clock, market, desk, save, close: () => running.close() };
}
