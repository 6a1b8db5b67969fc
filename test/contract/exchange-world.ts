// The local exchange over loopback HTTP, with a fresh account, and the Alpaca adapter on it.
import { virtualClock } from '../../exchange/clock.ts';
import { type FaultDesk, faultDesk } from '../../exchange/faults/fault-book.ts';
import { nyseSessions } from '../../exchange/market/nyse-sessions.ts';
import { replayMarket } from '../../exchange/market/replay-market.ts';
import { startExchange } from '../../exchange/server.ts';
import { openTradingDesk } from '../../exchange/trading/trading-desk.ts';
import { tradingRoutes } from '../../exchange/trading/trading-routes.ts';
import { alpacaBroker } from '../../shared/adapters/alpaca/broker.ts';
import { alpacaMarketData } from '../../shared/adapters/alpaca/market-data.ts';
import type { AlpacaOptions } from '../../shared/adapters/alpaca/options.ts';
import { usd } from '../../shared/core/values/money.ts';
import { type BrokerWorld, WORLD_START } from './broker-world.ts';
import { worldPrices } from './world-prices.ts';

export interface ExchangeWorld extends BrokerWorld {
  readonly url: string;
  readonly keyId: string;
  readonly secretKey: string;
}

const KEYS = { keyId: 'PKCONTRACT', secretKey: 'contract-secret' };

/** More than any test asks for in a minute in which time stands still. */
const REQUESTS_PER_MINUTE = 10_000;

export async function exchangeWorld(): Promise<ExchangeWorld> {
  const clock = virtualClock(WORLD_START);
  const faults: FaultDesk = faultDesk();
  const market = replayMarket({ series: worldPrices(), sessions: nyseSessions, seed: 7, spreadBps: 2, adjustment: 'raw' });
  const desk = openTradingDesk({
    market,
    sessions: nyseSessions.sessionOn,
    clock,
    faults,
    account: { ...KEYS, cash: usd('100000'), accountNumber: 'PA0CONTRACT' },
    seed: 7,
    requestsPerMinute: REQUESTS_PER_MINUTE,
  });
  const exchange = await startExchange({
    port: 0,
    trading: (app) => tradingRoutes(app, { desk }),
    faults,
    clock,
    advance: desk.advance,
    market,
    isAuthorized: (keyId, secretKey) => keyId === KEYS.keyId && secretKey === KEYS.secretKey,
  });
  const options: AlpacaOptions = {
    credentials: async () => KEYS,
    tradingUrl: exchange.url,
    dataUrl: exchange.url,
    feed: 'iex',
    clock,
    random: () => 0.5,
    auctions: ['open', 'close'],
    resilience: { requestMs: 5_000, delayMsFirst: 2, delayMsMax: 10 },
  };
  return {
    ...KEYS,
    url: exchange.url,
    broker: alpacaBroker(options),
    marketData: alpacaMarketData(options),
    now: clock.now,
    advance: async (ms) => clock.advance(ms),
    arm: async (fault) => {
      // What is due happens before the fault, not under it.
      desk.advance();
      faults.arm(fault);
    },
    close: exchange.close,
  };
}
