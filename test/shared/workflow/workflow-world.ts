// A small world for workflow tests: the in-memory ports, a clock that the test moves, and a broker whose books lie
// open. 80 shares of SPY and 2,000 dollars, everything at 100 dollars, for targets of 58.8 % SPY and 39.2 % TLT:
// the plan sells 22 SPY (58 of 58.8 stay) and buys 39 TLT (of 39.2).
import { CollectingTelemetry } from '../../../shared/adapters/local/collecting-telemetry.ts';
import { MemoryArtifactStore } from '../../../shared/adapters/local/memory-artifact-store.ts';
import { MemoryHighWaterMarks } from '../../../shared/adapters/local/memory-high-water-marks.ts';
import { MemoryKillSwitch } from '../../../shared/adapters/local/memory-kill-switch.ts';
import { MemoryLedgerStore } from '../../../shared/adapters/local/memory-ledger-store.ts';
import { MemoryNotifier } from '../../../shared/adapters/local/memory-notifier.ts';
import { MemoryRunStore } from '../../../shared/adapters/local/memory-run-store.ts';
import { QueuedEngine } from '../../../shared/adapters/local/queued-engine.ts';
import type { ScheduleEvent } from '../../../shared/contracts/events.ts';
import type { PortfolioPolicy } from '../../../shared/contracts/portfolio-policy.ts';
import type { RunRecord } from '../../../shared/contracts/run-record.ts';
import { isTerminal, type Order, type OrderIntent, type OrderStatus } from '../../../shared/core/execution/order.ts';
import type { Activity } from '../../../shared/core/ledger/activity.ts';
import type { PriceAdjustment } from '../../../shared/core/market/bar.ts';
import { sessionsBetween } from '../../../shared/core/market/nyse-calendar.ts';
import type { Quote } from '../../../shared/core/market/quote.ts';
import type { Account } from '../../../shared/core/portfolio/portfolio.ts';
import { DEFAULT_OPTIONS } from '../../../shared/core/strategy/options.ts';
import type { Side } from '../../../shared/core/values/identity.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { type NanoShares, notional, shares } from '../../../shared/core/values/shares.ts';
import { type EpochMs, MINUTE_MS, type NewYorkDate } from '../../../shared/core/values/time.ts';
import { percent, WHOLE } from '../../../shared/core/values/weight.ts';
import type { Asset, Broker, BrokerSession, CancelResult, SubmissionResult } from '../../../shared/ports/broker.ts';
import type { MarketData } from '../../../shared/ports/market-data.ts';
import type { PortfolioSource } from '../../../shared/ports/portfolios.ts';
import { advanceRun } from '../../../shared/workflow/execution-run.ts';
import { runSignal, type SignalResult } from '../../../shared/workflow/signal-run.ts';
import type { RunPorts } from '../../../shared/workflow/world.ts';
import { EVERY_RUN } from '../../builders/strategy.ts';

/** 16:00 in New York on a regular day. */
export const CLOSE = Date.UTC(2026, 10, 20, 21);
export const DUE = CLOSE - 25 * MINUTE_MS;
export const RUN_ID = 'balanced/2026-11-20/daily';
export const DUE_EVENT: ScheduleEvent = { portfolio: 'balanced', schedule: 'daily', scheduledTime: new Date(DUE).toISOString() };

export function aPolicy(stated: Partial<PortfolioPolicy> = {}): PortfolioPolicy {
  const children = (['SPY', 'TLT'] as const).map((symbol) => ({
    weight: percent(symbol === 'SPY' ? '60%' : '40%'),
    child: { kind: 'asset' as const, symbol },
  }));
  return {
    name: 'balanced',
    account: { name: 'main', mode: 'paper' },
    schedules: [
      {
        name: 'daily',
        at: { anchor: 'close', offsetMinutes: -25 },
        every: 'day',
        on: 'last',
        band: { absolute: percent('5%') },
        approve: false,
      },
    ],
    sleeves: [
      {
        name: 'core',
        capital: WHOLE,
        strategy: { kind: 'specified', children },
        rebalance: EVERY_RUN,
        decideOn: 'last-close',
        options: DEFAULT_OPTIONS,
      },
    ],
    cashReserve: percent('2%'),
    minimumTrade: usd('25'),
    shareUnit: 'whole',
    limits: { orderNotionalMax: usd('100000'), ordersMax: 50, positionMax: percent('65%'), shortMax: 0n, turnoverMax: WHOLE },
    execution: {
      style: 'marketable',
      pegsMax: 3,
      pegWaitMs: 30_000,
      collarBps: 20,
      approvalBpsMax: 100,
      deadlineBeforeCloseMs: 5 * MINUTE_MS,
      quote: { quoteAgeMsMax: 30_000, spreadBpsMax: 50 },
    },
    ...stated,
  };
}

/** A run of the same portfolio that somebody claimed and got no further with. */
export function aClaim(schedule: string, session: NewYorkDate): RunRecord {
  return {
    schemaVersion: 1,
    runId: `balanced/${session}/${schedule}`,
    version: 1,
    portfolio: 'balanced',
    schedule,
    session,
    scheduledTime: DUE,
    claimedAt: DUE,
    updatedAt: DUE,
    artifacts: {},
    phase: { kind: 'claimed' },
  };
}

/** Takes every order and fills nothing, until the test says otherwise. */
export class OpenBroker implements Broker {
  capabilities: Broker['capabilities'] = { auctions: [] };
  isBlocked = false;
  /** A margin account; whether it may sell short is not said. */
  margin: Pick<Account, 'canShort' | 'multiplier' | 'lastEquity'> = { multiplier: 2 };
  cash = usd('2000');
  accountNumber = 'PA1';
  readonly held = new Map<string, NanoShares>([['SPY', shares('80')]]);
  readonly books = new Map<string, Order>();
  /** Every submission that arrived, in order. */
  readonly arrived: OrderIntent[] = [];
  readonly canceled: string[] = [];
  /** What the broker tells of the account. */
  readonly happened: Activity[] = [];
  listed: readonly Asset[] = ['SPY', 'TLT'].map((symbol) => ({ symbol, isTradable: true, isFractionable: true }));
  sessions: (from: NewYorkDate, to: NewYorkDate) => readonly BrokerSession[] = sessionsBetween;
  /** Replaced by a test that wants another answer; `take` puts the order on the books. */
  answer: (intent: OrderIntent) => SubmissionResult = (intent) => this.take(intent);

  async account(): Promise<Account> {
    const value = [...this.held.values()].reduce((sum, quantity) => sum + notional(usd('100'), quantity, 'floor'), 0n);
    return {
      accountNumber: this.accountNumber,
      equity: this.cash + value,
      cash: this.cash,
      buyingPower: this.cash,
      isBlocked: this.isBlocked,
      ...this.margin,
      ...(this.margin.canShort === undefined ? {} : { shortValue: this.#shortValue() }),
    };
  }

  /** At 100 dollars a share. */
  #shortValue() {
    return [...this.held.values()].reduce((sum, quantity) => (quantity < 0n ? sum - notional(usd('100'), quantity, 'floor') : sum), 0n);
  }

  async positions() {
    return [...this.held]
      .filter(([, quantity]) => quantity !== 0n)
      .map(([symbol, quantity]) => ({ symbol, quantity, available: quantity > 0n ? quantity : 0n }));
  }

  async openOrders() {
    return [...this.books.values()].filter(({ status }) => !isTerminal(status));
  }

  async orderByClientOrderId(id: string) {
    return this.books.get(id);
  }

  async submit(intent: OrderIntent) {
    this.arrived.push(intent);
    return this.answer(intent);
  }

  async cancel(orderId: string): Promise<CancelResult> {
    this.canceled.push(orderId);
    const order = [...this.books.values()].find((each) => each.orderId === orderId);
    if (order === undefined) return 'not-found';
    if (isTerminal(order.status)) return 'already-terminal';
    this.books.set(order.clientOrderId, { ...order, status: 'canceled' });
    return 'requested';
  }

  async calendar(from: NewYorkDate, to: NewYorkDate) {
    return this.sessions(from, to);
  }

  async assets(symbols: readonly string[]) {
    return this.listed.filter(({ symbol }) => symbols.includes(symbol));
  }

  async activities(from: EpochMs) {
    return this.happened.filter(({ at }) => at >= from);
  }

  /** A person trades, at 100 dollars. */
  tradeByHand(symbol: string, side: Side, quantity: NanoShares): void {
    this.#happen(symbol, side, quantity, 'by-hand');
  }

  take(intent: OrderIntent): SubmissionResult {
    if (this.books.has(intent.clientOrderId)) return { kind: 'duplicate' };
    const { clientOrderId, symbol, side, quantity } = intent;
    const order: Order = {
      orderId: `order-${this.books.size}`,
      clientOrderId,
      symbol,
      side,
      quantity,
      filledQuantity: 0n,
      status: 'working',
    };
    this.books.set(clientOrderId, order);
    return { kind: 'accepted', order };
  }

  /** At 100 dollars a share. */
  takeAndFill(intent: OrderIntent): SubmissionResult {
    const taken = this.take(intent);
    if (taken.kind === 'accepted') this.fill(intent.clientOrderId, intent.quantity);
    return taken;
  }

  fill(id: string, quantity: NanoShares, after: OrderStatus = 'filled'): void {
    const order = this.books.get(id);
    if (order === undefined) throw new RangeError(`no order ${id}`);
    this.#happen(order.symbol, order.side, quantity, id);
    this.books.set(id, { ...order, filledQuantity: order.filledQuantity + quantity, averageFillPrice: usd('100'), status: after });
  }

  /** A deposit, or below zero a withdrawal. */
  transfer(amount: bigint, at: EpochMs): void {
    this.cash += amount;
    this.happened.push({ kind: 'transfer', id: `activity-${this.happened.length}`, at, word: amount > 0n ? 'CSD' : 'CSW', amount });
  }

  #happen(symbol: string, side: Side, quantity: NanoShares, clientOrderId: string): void {
    const sign = side === 'buy' ? 1n : -1n;
    this.cash -= sign * notional(usd('100'), quantity, 'floor');
    this.held.set(symbol, (this.held.get(symbol) ?? 0n) + sign * quantity);
    const id = `activity-${this.happened.length}`;
    this.happened.push({ kind: 'fill', id, at: DUE, word: 'FILL', clientOrderId, symbol, side, quantity, price: usd('100') });
  }
}

export class WorkflowWorld {
  readonly broker = new OpenBroker();
  readonly runStore = new MemoryRunStore();
  readonly artifacts = new MemoryArtifactStore();
  readonly killSwitch = new MemoryKillSwitch();
  readonly highWaterMarks = new MemoryHighWaterMarks();
  readonly ledgers = new MemoryLedgerStore();
  readonly notifier = new MemoryNotifier();
  readonly engine = new QueuedEngine();
  readonly telemetry = new CollectingTelemetry();
  now = DUE + 5_000;
  quotes: (symbol: string) => Quote | undefined = (symbol) => ({ symbol, bid: usd('99.99'), ask: usd('100.01'), at: this.now });
  /** No closes at all when false. */
  hasCloses = true;
  closeOf: (symbol: string, date: NewYorkDate) => number = () => 100;
  /** What closes were asked for, in the order of the questions. */
  readonly adjustments: PriceAdjustment[] = [];
  source: PortfolioSource;

  constructor(policy = aPolicy()) {
    this.source = { text: 'portfolio: balanced', policy };
  }

  get ports(): RunPorts {
    const { broker, runStore, artifacts, killSwitch, highWaterMarks, ledgers, notifier, engine, telemetry } = this;
    return {
      broker,
      runStore,
      artifacts,
      killSwitch,
      highWaterMarks,
      ledgers,
      notifier,
      engine,
      telemetry,
      marketData: this.#marketData(),
      clock: { now: () => this.now },
    };
  }

  signal(event = DUE_EVENT, ports = this.ports): Promise<SignalResult> {
    return runSignal(event, this.source, ports);
  }

  advance(ports = this.ports) {
    return advanceRun(RUN_ID, ports);
  }

  async record(): Promise<RunRecord> {
    const record = await this.runStore.load(RUN_ID);
    if (record === undefined) throw new Error('no record');
    return record;
  }

  /** Turns the crank in virtual time until the run is done. */
  async drive(turnsMax = 2_000): Promise<void> {
    for (let turn = 0; turn < turnsMax; turn += 1) {
      const { done, waitSeconds } = await this.advance();
      if (done) return;
      this.now += waitSeconds * 1_000;
    }
    throw new Error(`not done after ${turnsMax} turns`);
  }

  #marketData(): MarketData {
    return {
      latestQuotes: async (symbols) =>
        new Map(symbols.flatMap((symbol) => this.quotes(symbol) ?? []).map((quote): [string, Quote] => [quote.symbol, quote])),
      dailyBars: async (symbols, from, to, adjustment) => {
        this.adjustments.push(adjustment);
        return symbols.map((symbol) => ({
          symbol,
          bars: this.hasCloses
            ? sessionsBetween(from, to).map(({ date }) => {
                const close = this.closeOf(symbol, date);
                return { date, close, high: close + 2, low: close - 1, volume: 300 };
              })
            : [],
        }));
      },
    };
  }
}
