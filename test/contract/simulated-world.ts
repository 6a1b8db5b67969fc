// The world of exchange-world.ts without its HTTP: the same desk, prices and faults under the simulated adapter.
import { virtualClock } from '../../exchange/clock.ts';
import type { FaultKind } from '../../exchange/faults/fault.ts';
import { type FaultableRequest, type FaultDesk, faultDesk } from '../../exchange/faults/fault-book.ts';
import type { VenueQuote } from '../../exchange/market/market-view.ts';
import { nyseSessions } from '../../exchange/market/nyse-sessions.ts';
import { replayMarket } from '../../exchange/market/replay-market.ts';
import { openTradingDesk } from '../../exchange/trading/trading-desk.ts';
import { simulatedBroker } from '../../shared/adapters/simulated/broker.ts';
import { type BrokerCall, type CallFault, faultyBroker } from '../../shared/adapters/simulated/faulty-broker.ts';
import { simulatedMarketData } from '../../shared/adapters/simulated/market-data.ts';
import type { Session } from '../../shared/core/market/calendar.ts';
import { usd } from '../../shared/core/values/money.ts';
import { MINUTE_MS, type NewYorkDate } from '../../shared/core/values/time.ts';
import { type BrokerWorld, WORLD_START } from './broker-world.ts';
import { worldPrices } from './world-prices.ts';

/** Where each call goes over HTTP: faults are armed by route. */
const ROUTES: Readonly<Record<BrokerCall, FaultableRequest>> = {
  account: { method: 'GET', path: '/v2/account' },
  positions: { method: 'GET', path: '/v2/positions' },
  openOrders: { method: 'GET', path: '/v2/orders' },
  orderByClientOrderId: { method: 'GET', path: '/v2/orders:by_client_order_id' },
  submit: { method: 'POST', path: '/v2/orders' },
  cancel: { method: 'DELETE', path: '/v2/orders/id' },
  calendar: { method: 'GET', path: '/v2/calendar' },
  assets: { method: 'GET', path: '/v2/assets' },
  activities: { method: 'GET', path: '/v2/account/activities' },
};

const CALL_FAULTS: readonly (readonly [FaultKind, CallFault])[] = [
  ['drop-connection', { kind: 'request-lost' }],
  ['server-error', { kind: 'request-lost' }],
  ['drop-after-acceptance', { kind: 'answer-lost' }],
  ['error-after-acceptance', { kind: 'answer-lost' }],
  ['too-many-requests', { kind: 'rate-limited' }],
];

export async function simulatedWorld(): Promise<BrokerWorld> {
  const clock = virtualClock(WORLD_START);
  const faults = faultDesk();
  const market = replayMarket({ series: worldPrices(), sessions: nyseSessions, seed: 7, spreadBps: 2, adjustment: 'raw' });
  const desk = openTradingDesk({
    market,
    sessions: nyseSessions.sessionOn,
    clock,
    faults,
    account: { keyId: '', secretKey: '', cash: usd('100000'), accountNumber: 'PA0CONTRACT' },
    seed: 7,
  });
  const broker = simulatedBroker({ book: desk.book, around: desk.around, clock, calendar: (date) => toldSession(faults, date) });
  const quoteAt: typeof market.quoteAt = (symbol, at) => bent(market.quoteAt(symbol, at), faults, symbol);
  return {
    broker: faultyBroker({
      broker,
      clock,
      faultOf: (call) => CALL_FAULTS.find(([kind]) => faults.takeFor(kind, ROUTES[call]) !== undefined)?.[1],
    }),
    marketData: simulatedMarketData({ market: { ...market, quoteAt }, sessions: nyseSessions.sessionOn, clock }),
    now: clock.now,
    advance: async (ms) => clock.advance(ms),
    arm: async (fault) => {
      desk.advance();
      faults.arm(fault);
    },
    close: async () => undefined,
  };
}

function toldSession(faults: FaultDesk, date: NewYorkDate): Session | undefined {
  const session = nyseSessions.sessionOn(date);
  if (session === undefined || faults.peek('calendar-disagrees')?.date !== date) return session;
  const ms = faults.take('calendar-disagrees')?.ms;
  return ms === undefined ? undefined : { ...session, close: session.close + ms };
}

function bent(quote: VenueQuote | undefined, faults: FaultDesk, symbol: string): VenueQuote | undefined {
  if (quote === undefined) return undefined;
  if (faults.take('stale-quote', symbol) !== undefined) return { ...quote, at: quote.at - 15 * MINUTE_MS };
  if (faults.take('crossed-quote', symbol) !== undefined) return { ...quote, bid: quote.ask + usd('0.01'), ask: quote.bid };
  if (faults.take('zero-quote', symbol) !== undefined) return { ...quote, bid: 0n, ask: 0n };
  return quote;
}
