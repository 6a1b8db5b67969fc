// The local exchange put together: real prices, a clock, an account, and the Alpaca-compatible API over them.
import type { ExchangeClock } from '../../exchange/clock.ts';
import { faultDesk } from '../../exchange/faults/fault-book.ts';
import { nyseSessions } from '../../exchange/market/nyse-sessions.ts';
import { type MarketReplay, replayMarket } from '../../exchange/market/replay-market.ts';
import { type RunningExchange, startExchange } from '../../exchange/server.ts';
import { openTradingDesk, type TradingDesk } from '../../exchange/trading/trading-desk.ts';
import { tradingRoutes } from '../../exchange/trading/trading-routes.ts';
import type { DailySeries } from '../core/market/bar.ts';
import type { MicroUsd } from '../core/values/money.ts';
import type { BrokerCredentials } from '../ports/secrets.ts';

export interface LocalExchangeOptions {
  readonly series: readonly DailySeries[];
  readonly clock: ExchangeClock;
  readonly cash: MicroUsd;
  readonly seed: number;
  readonly spreadBps: number;
  readonly accountNumber: string;
  readonly credentials: BrokerCredentials;
  /** 0 takes any free port. */
  readonly port: number;
  /** The account as `desk.save()` gave it; left out, a new one. */
  readonly initialState?: string | undefined;
  /** Trading requests a minute of `clock`; 200 unless said otherwise, `Infinity` for no limit. */
  readonly requestsPerMinute?: number | undefined;
  /** Called after every request that may have changed the account, before its answer is sent. */
  readonly onChange?: (desk: TradingDesk) => void;
}

export interface LocalExchange extends RunningExchange {
  readonly clock: ExchangeClock;
  readonly market: MarketReplay;
  readonly desk: TradingDesk;
}

/** @throws ExchangeStartError, ReplayError */
export async function startLocalExchange(options: LocalExchangeOptions): Promise<LocalExchange> {
  const { series, clock, seed, spreadBps, credentials, accountNumber, cash, onChange } = options;
  const faults = faultDesk();
  const market = replayMarket({ series, sessions: nyseSessions, seed, spreadBps, adjustment: 'raw' });
  const account = { ...credentials, cash, accountNumber };
  const { initialState, requestsPerMinute } = options;
  const desk = openTradingDesk({ market, sessions: nyseSessions.sessionOn, clock, faults, account, seed, initialState, requestsPerMinute });
  const running = await startExchange({
    port: options.port,
    market,
    faults,
    clock,
    advance: desk.advance,
    isAuthorized: (keyId, secretKey) => keyId === credentials.keyId && secretKey === credentials.secretKey,
    trading: async (app) => {
      app.addHook('onSend', async (request, _reply, payload) => {
        if (request.method !== 'GET') onChange?.(desk);
        return payload;
      });
      await app.register(tradingRoutes, { desk });
    },
  });
  return { ...running, clock, market, desk };
}
