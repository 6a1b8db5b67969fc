// One deployment of the product to the emulator, and the local exchange it trades on: deployed, fired, looked at, destroyed.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { runningClock } from '../../exchange/clock.ts';
import type { Fault } from '../../exchange/faults/fault.ts';
import type { DailySeries } from '../../shared/core/market/bar.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import { usd } from '../../shared/core/values/money.ts';
import { formatShares } from '../../shared/core/values/shares.ts';
import type { EpochMs, NewYorkDate } from '../../shared/core/values/time.ts';
import { type LocalExchange, startLocalExchange } from '../../shared/wiring/local-exchange.ts';
import { type Emulator, startEmulator } from './ministack.ts';
import { SETTING_VARIABLE } from './setting-variable.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** What the account takes. */
export const CREDENTIALS = { keyId: 'EMULATED-KEY', secretKey: 'emulated-secret-key' };

export class EmulatedDeployment {
  readonly folder: string;
  readonly emulator: Emulator;
  readonly exchange: LocalExchange;
  readonly #accepted: { keyId: string; secretKey: string };

  constructor(folder: string, emulator: Emulator, exchange: LocalExchange, accepted: { keyId: string; secretKey: string }) {
    this.folder = folder;
    this.emulator = emulator;
    this.exchange = exchange;
    this.#accepted = accepted;
  }

  /** From now on the broker refuses our keys. */
  revokeKeys(): void {
    this.#accepted.secretKey = 'another-secret-key';
  }

  restoreKeys(): void {
    this.#accepted.secretKey = CREDENTIALS.secretKey;
  }

  /** Every order that the exchange ever accepted, as "buy SPY". */
  orders(): readonly string[] {
    return [...this.exchange.desk.book.orders.values()].map(({ side, symbol }) => `${side} ${symbol}`).sort();
  }

  /** What the account holds, in shares. */
  shares(): Readonly<Record<string, string>> {
    const { holdings } = this.exchange.desk.book;
    return Object.fromEntries([...holdings].sort().map(([symbol, { quantity }]) => [symbol, formatShares(quantity)]));
  }

  /** What a process needs to work on this deployment. */
  get environment(): Readonly<Record<string, string>> {
    return {
      PATH: [join(ROOT, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter),
      HOME: this.folder,
      ...this.emulator.environment,
      EVENKEEL_EMULATED_PORTFOLIOS: join(this.folder, 'portfolios'),
      [SETTING_VARIABLE]: this.#setting,
      NO_COLOR: '1',
      CI: 'true',
    };
  }

  get #setting(): string {
    return join(this.folder, 'setting.json');
  }

  /** The CDK over the emulated app. @returns what it printed. @throws Error with that, when it fails. */
  cdk(...words: readonly string[]): string {
    const app = `node ${join(import.meta.dirname, 'emulated-app.ts')}`;
    const program = join(ROOT, 'node_modules/.bin/cdk');
    const stated = ['--app', app, '--output', join(this.folder, 'cdk.out'), '--progress', 'events', ...words];
    return execFileSync(program, stated, { cwd: ROOT, env: this.environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** Time goes on for the exchange and for every function. Never back. */
  goTo(at: EpochMs): void {
    this.exchange.clock.set(at);
    this.#keepTime();
  }

  #keepTime(): void {
    const clockOffsetMs = this.exchange.clock.now() - Date.now();
    writeFileSync(this.#setting, JSON.stringify({ exchangeUrl: this.exchange.url, clockOffsetMs }));
  }

  async arm(fault: Fault): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${this.exchange.url}/control/v1/faults`, { method: 'POST', headers, body: JSON.stringify(fault) });
    if (answer.status !== 201) throw new Error(`the fault was not armed: ${await answer.text()}`);
  }

  async clearFaults(): Promise<void> {
    await fetch(`${this.exchange.url}/control/v1/faults`, { method: 'DELETE' });
  }

  log(): string {
    return readFileSync(this.emulator.logFile, 'utf8');
  }

  async close(): Promise<void> {
    await this.emulator.stop();
    await this.exchange.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Emulator and exchange are up; nothing is deployed yet. @param start of the exchange's time. */
export async function openEmulatedDeployment(start: EpochMs): Promise<EmulatedDeployment> {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-deploy-'));
  mkdirSync(join(folder, 'portfolios'));
  cpSync(join(import.meta.dirname, 'portfolio.yaml'), join(folder, 'portfolios/pair.yaml'));
  const accepted = { ...CREDENTIALS };
  const exchange = await startLocalExchange({
    series: quietPrices(),
    clock: runningClock(start),
    cash: usd('100000'),
    seed: 7,
    spreadBps: 4,
    accountNumber: 'EMULATED01',
    credentials: accepted,
    port: 0,
  });
  const deployment = new EmulatedDeployment(folder, await startEmulator(folder), exchange, accepted);
  deployment.goTo(exchange.clock.now() + 1);
  return deployment;
}

/** SPY moves 4 % a session, to and fro, so that every session has something to trade; TLT stays at $ 50. */
function quietPrices(): readonly DailySeries[] {
  const seriesOf = (symbol: string, priceOn: (day: number) => number): DailySeries => ({
    symbol,
    bars: sessionsBetween('2019-02-01', '2019-04-12').map(({ date }: { readonly date: NewYorkDate }, day) => {
      const price = priceOn(day);
      return { date, open: price, high: price * 1.0005, low: price * 0.9995, close: price, volume: 5_000_000 };
    }),
  });
  return [seriesOf('SPY', (day) => (day % 2 === 0 ? 100 : 104)), seriesOf('TLT', () => 50)];
}
