// Builders for the tests of the Alpaca adapter: options that fail fast, and JSON as the broker writes it.
import { afterEach } from 'vitest';
import { alpacaBroker } from '../../../../shared/adapters/alpaca/broker.ts';
import { alpacaMarketData } from '../../../../shared/adapters/alpaca/market-data.ts';
import type { AlpacaOptions, ExchangeReport } from '../../../../shared/adapters/alpaca/options.ts';
import type { OrderIntent } from '../../../../shared/core/execution/order.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { shares } from '../../../../shared/core/values/shares.ts';
import type { Broker } from '../../../../shared/ports/broker.ts';
import type { MarketData } from '../../../../shared/ports/market-data.ts';
import { BrokerError } from '../../../../shared/ports/outside-error.ts';
import { type Asked, type Reply, type ScriptedServer, scriptedServer } from './scripted-server.ts';

export const SECRET = 'canary-secret-3f9c';
export const KEY_ID = 'canary-key-81d2';

/** Friday, 2026-11-20, 15:35 in New York. */
export const NOW = Date.UTC(2026, 10, 20, 20, 35);

export const FAST = {
  requestMs: 250,
  retryMs: 2_000,
  retriesMax: 3,
  delayMsFirst: 2,
  delayMsMax: 10,
  breakerFailures: 50,
  breakerOpenMs: 100,
};

export interface AlpacaWorld {
  readonly broker: Broker;
  readonly marketData: MarketData;
  readonly server: ScriptedServer;
  readonly reports: readonly ExchangeReport[];
}

const servers: ScriptedServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

export async function anAlpaca(script: (asked: Asked, nth: number) => Reply, options: Partial<AlpacaOptions> = {}): Promise<AlpacaWorld> {
  const server = await scriptedServer(script);
  servers.push(server);
  const reports: ExchangeReport[] = [];
  const complete = optionsFor(server.url, { onExchange: (report) => reports.push(report), ...options });
  return { broker: alpacaBroker(complete), marketData: alpacaMarketData(complete), server, reports };
}

export function optionsFor(url: string, options: Partial<AlpacaOptions> = {}): AlpacaOptions {
  return {
    credentials: async () => ({ keyId: KEY_ID, secretKey: SECRET }),
    tradingUrl: url,
    dataUrl: url,
    feed: 'iex',
    clock: { now: () => NOW },
    random: () => 0.5,
    resilience: FAST,
    ...options,
  };
}

export function anIntent(changes: Partial<OrderIntent> = {}): OrderIntent {
  return {
    clientOrderId: 'sixty-forty_2026-11-20_close_SPY_buy_0_0',
    symbol: 'SPY',
    side: 'buy',
    quantity: shares('1.5'),
    limitPrice: usd('600.10'),
    timeInForce: 'day',
    ...changes,
  };
}

export function orderBody(changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    id: '904837e3-3b76-47ec-b432-046db621571b',
    client_order_id: 'sixty-forty_2026-11-20_close_SPY_buy_0_0',
    created_at: '2026-11-20T20:35:00.123456789Z',
    submitted_at: '2026-11-20T20:35:00.123456789Z',
    symbol: 'SPY',
    asset_class: 'us_equity',
    qty: '1.5',
    filled_qty: '0',
    filled_avg_price: null,
    order_class: '',
    type: 'limit',
    side: 'buy',
    time_in_force: 'day',
    limit_price: '600.1',
    status: 'pending_new',
    ...changes,
  };
}

export function accountBody(changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    id: 'e6fe16f3-64a4-4921-8928-cadf02f92f98',
    account_number: 'PA3NUMBER',
    status: 'ACTIVE',
    currency: 'USD',
    cash: '1234.56',
    equity: '100000.07',
    buying_power: '2469.12',
    trading_blocked: false,
    account_blocked: false,
    trade_suspended_by_user: false,
    ...changes,
  };
}

/** The error a call ends with. */
export async function brokerErrorOf(call: Promise<unknown>): Promise<BrokerError> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome && outcome.error instanceof BrokerError) return outcome.error;
  throw new Error(`expected a BrokerError, got ${String('error' in outcome ? outcome.error : outcome.value)}`);
}
