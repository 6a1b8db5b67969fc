// The broker of the emulated worlds: the local exchange over two quiet funds, in a time that runs and can be moved on, and
// the file in which functions read both.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runningClock } from '../../exchange/clock.ts';
import type { Fault } from '../../exchange/faults/fault.ts';
import type { DailySeries } from '../../shared/core/market/bar.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import { usd } from '../../shared/core/values/money.ts';
import { formatShares } from '../../shared/core/values/shares.ts';
import type { EpochMs, NewYorkDate } from '../../shared/core/values/time.ts';
import { type LocalExchange, startLocalExchange } from '../../shared/wiring/local-exchange.ts';

/** What the account takes. */
export const CREDENTIALS = { keyId: 'EMULATED-KEY', secretKey: 'emulated-secret-key' };

export class EmulatedMarket {
  readonly exchange: LocalExchange;
  /** Where functions read the address and the time. */
  readonly settingFile: string;

  constructor(exchange: LocalExchange, settingFile: string) {
    this.exchange = exchange;
    this.settingFile = settingFile;
    this.#keepTime();
  }

  now(): EpochMs {
    return this.exchange.clock.now();
  }

  /** Time goes on for the exchange and for every function. Never back. */
  goTo(at: EpochMs): void {
    this.exchange.clock.set(at);
    this.#keepTime();
  }

  pass(ms: number): void {
    this.exchange.clock.advance(ms);
    this.#keepTime();
  }

  /** Every order that the exchange ever accepted, as "buy SPY". */
  orders(): readonly string[] {
    return [...this.exchange.desk.book.orders.values()].map(({ side, symbol }) => `${side} ${symbol}`).sort();
  }

  /** The status of every order that the exchange ever accepted, by its name. */
  statuses(): ReadonlyMap<string, string> {
    return new Map([...this.exchange.desk.book.orders.values()].map(({ clientOrderId, status }) => [clientOrderId, status]));
  }

  /** The owner buys by hand, on the broker's page, far below the market: it does not fill. */
  async orderByHand(clientOrderId: string): Promise<void> {
    const order = { symbol: 'TLT', qty: '1', side: 'buy', type: 'limit', limit_price: '1', time_in_force: 'gtc' };
    const headers = {
      'content-type': 'application/json',
      'apca-api-key-id': CREDENTIALS.keyId,
      'apca-api-secret-key': CREDENTIALS.secretKey,
    };
    const body = JSON.stringify({ ...order, client_order_id: clientOrderId });
    const answer = await fetch(`${this.exchange.url}/v2/orders`, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(`the order was not taken: ${await answer.text()}`);
  }

  /** What the account holds, in shares. */
  shares(): Readonly<Record<string, string>> {
    const { holdings } = this.exchange.desk.book;
    return Object.fromEntries([...holdings].sort().map(([symbol, { quantity }]) => [symbol, formatShares(quantity)]));
  }

  async arm(fault: Fault): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${this.exchange.url}/control/v1/faults`, { method: 'POST', headers, body: JSON.stringify(fault) });
    if (answer.status !== 201) throw new Error(`the fault was not armed: ${await answer.text()}`);
  }

  async clearFaults(): Promise<void> {
    await fetch(`${this.exchange.url}/control/v1/faults`, { method: 'DELETE' });
  }

  #keepTime(): void {
    const clockOffsetMs = this.now() - Date.now();
    writeFileSync(this.settingFile, JSON.stringify({ exchangeUrl: this.exchange.url, clockOffsetMs }));
  }
}

/** @param folder for the setting file. @param start of the exchange's time. */
export async function openEmulatedMarket(folder: string, start: EpochMs): Promise<EmulatedMarket> {
  const exchange = await startLocalExchange({
    series: quietPrices(),
    clock: runningClock(start),
    cash: usd('100000'),
    seed: 7,
    spreadBps: 4,
    accountNumber: 'EMULATED01',
    credentials: CREDENTIALS,
    port: 0,
    // A minute of the exchange is shorter than one of ours wherever a test lets time pass.
    requestsPerMinute: Number.POSITIVE_INFINITY,
  });
  return new EmulatedMarket(exchange, join(folder, 'setting.json'));
}

/** SPY moves 4 % a session, to and fro, so that every session has something to trade; TLT stays at $ 50. */
export function quietPrices(): readonly DailySeries[] {
  const seriesOf = (symbol: string, priceOn: (day: number) => number): DailySeries => ({
    symbol,
    bars: sessionsBetween('2019-02-01', '2019-04-12').map(({ date }: { readonly date: NewYorkDate }, day) => {
      const price = priceOn(day);
      return { date, open: price, high: price * 1.0005, low: price * 0.9995, close: price, volume: 5_000_000 };
    }),
  });
  return [seriesOf('SPY', (day) => (day % 2 === 0 ? 100 : 104)), seriesOf('TLT', () => 50)];
}
