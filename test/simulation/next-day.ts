// The session after a simulated day, undisturbed: whether the first is over for good, what the ledger says of the account, and whether the next run may
// begin. Between the two sessions nothing happens, or a person trades by hand, or a fill is told late.
import { openEntries } from '../../shared/contracts/ledger-entries.ts';
import type { LedgerRecord } from '../../shared/contracts/ledger-record.ts';
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import type { FillActivity } from '../../shared/core/ledger/activity.ts';
import { fold } from '../../shared/core/ledger/ledger.ts';
import { isReconciled } from '../../shared/core/ledger/reconcile.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import type { Quote } from '../../shared/core/market/quote.ts';
import { NANOS_PER_SHARE } from '../../shared/core/values/shares.ts';
import { DAY_MS, type EpochMs, MINUTE_MS } from '../../shared/core/values/time.ts';
import { adoptDifferences } from '../../shared/workflow/adopt-differences.ts';
import { viewLedger } from '../../shared/workflow/ledger-view.ts';
import { runSignal, type SignalResult } from '../../shared/workflow/signal-run.ts';
import { claimOf, portfolioSymbols } from '../../shared/workflow/take-snapshot.ts';
import type { RunPorts } from '../../shared/workflow/world.ts';
import { BY_HAND } from './broker-books.ts';
import { type CalmSession, playCalmly } from './calm-session.ts';
import { Chance } from './chance.ts';
import { type DayParts, type DayStores, LENT } from './day-ports.ts';
import { SYMBOLS } from './drawn-policy.ts';
import { brokenArtifacts, brokenRepetition } from './ended-run.ts';
import { type Faults, NO_FAULTS } from './faults.ts';
import { codesOf } from './focus.ts';
import { sourceOf } from './real-money.ts';
import type { SimulatedDay } from './simulated-day.ts';
import { DUE_BEFORE_CLOSE_MS } from './world.ts';

export type Between = 'nothing' | 'trade-by-hand' | 'late-fill';

export interface NextDay {
  readonly broken: readonly string[];
  /** What there was to tell of it. */
  readonly words: readonly string[];
  /** How many sessions were played. */
  readonly sessions: number;
  readonly record: RunRecord | undefined;
}

const SILENT: RunPorts['telemetry'] = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  count: () => undefined,
  measure: () => undefined,
};

/** The session after a Friday's is on Monday. */
function dueAfter(due: EpochMs): EpochMs {
  return due + (new Date(due).getUTCDay() === 5 ? 3 : 1) * DAY_MS;
}

export interface ReadyAgain {
  readonly broken: readonly string[];
  /** When the next session's event is due: now. */
  readonly due: EpochMs;
}

/** The session is over for good, and a person looks at everything before the next, in which things go wrong again. */
export async function readyAgain(day: SimulatedDay, faults: Faults): Promise<ReadyAgain> {
  const ports = calmPorts(day.parts, day.stores);
  const due = dueAfter(day.due);
  const over = day.record === undefined ? [] : await brokenForGood(day, day.record, day.due, ports);
  await startOver(day, due, faults);
  moveOvernight(day);
  const record = await day.stores.ledgers.load(day.policy.name);
  if (record === undefined) return { broken: over, due };
  const broken = [...over, ...(await brokenChain(record, day.stores)), ...brokenLedger(record, day)];
  await adoptDifferences(claimOf(day.policy), { who: 'somebody', reason: 'simulated' }, ports);
  return { broken, due };
}

/** So that there is something to trade again. Where something is short, or the file minds, prices are left alone. */
function moveOvernight({ seed, focus, broker, parts: { market } }: SimulatedDay): void {
  if (broker.canShort !== undefined || codesOf(focus).length > 0) return;
  const chance = new Chance(seed ^ 0x717e);
  for (const symbol of SYMBOLS) market.jump(symbol, chance.between(300, 900) * chance.pick([1, -1] as const));
}

export async function nextDay(day: SimulatedDay): Promise<NextDay> {
  const { stores, parts, policy, seed } = day;
  const next = dueAfter(day.due);
  const chance = new Chance(seed ^ 0x5eed);
  const ports = calmPorts(parts, stores);
  const over = day.record === undefined ? [] : await brokenForGood(day, day.record, day.due, ports);
  await startOver(day, next, NO_FAULTS);
  const claim = claimOf(policy);
  const record = await stores.ledgers.load(policy.name);
  if (record === undefined) return { broken: over, words: ['no-ledger'], sessions: 1, record: undefined };

  const broken = [...over, ...(await brokenChain(record, stores)), ...brokenLedger(record, day)];
  const wasTraded = handTrades(record, day).length > 0;
  const between = chance.pick<Between>(['nothing', 'trade-by-hand', 'late-fill', 'late-fill']);
  const words: string[] = [];
  if (between === 'trade-by-hand') {
    const symbol = chance.pick(portfolioSymbols(policy));
    parts.broker.tradeByHand(symbol, chance.pick(['buy', 'sell'] as const), NANOS_PER_SHARE * BigInt(chance.between(1, 9)));
    words.push('trade-by-hand');
  }
  if (between === 'late-fill' && parts.broker.fillLate()) words.push('late-fill');

  const view = await viewLedger(claim, 'SIM', ports);
  if (view.kind !== 'held-against') return { broken: [...broken, `the ledger is ${view.kind}`], words, sessions: 1, record: undefined };
  const isBlocked = between === 'trade-by-hand' || wasTraded;
  if (isReconciled(view.reconciliation) === isBlocked)
    broken.push(
      `after ${between} the ledger says ${JSON.stringify(view.reconciliation, (_, value) => (typeof value === 'bigint' ? `${value}` : value))}`,
    );
  words.push(...view.reconciliation.entries.map(({ kind }) => kind));

  const second = await signal(day, next, ports);
  // A stray that is still open is looked at first, and refuses as well.
  const isRefused = isUnreconciled(second) || (isBlocked && second.kind === 'refused' && second.code === 'open-orders');
  if (isRefused !== isBlocked) broken.push(`after ${between} the next run was ${isBlocked ? `not refused: ${second.kind}` : 'refused'}`);
  if (!isBlocked) {
    const calm = await playOut(second, day, ports);
    return { broken: [...broken, ...calm.broken], words, sessions: 2, record: calm.record };
  }
  const adoption = await adoptDifferences(claim, { who: 'somebody', reason: 'simulated' }, ports);
  words.push(adoption.kind);
  await startOver(day, dueAfter(next), NO_FAULTS);
  const third = await signal(day, dueAfter(next), ports);
  if (isUnreconciled(third)) broken.push('a trade by hand stops runs after it was adopted');
  const calm = await playOut(third, day, ports);
  return { broken: [...broken, ...calm.broken], words, sessions: 3, record: calm.record };
}

/** The first session's run is over: its chain holds, and nothing that is said of it again changes it. */
async function brokenForGood(day: SimulatedDay, record: RunRecord, due: number, ports: RunPorts): Promise<string[]> {
  const { stores, parts } = day;
  const repeated = await brokenRepetition(record, parts.broker, ports, () => signal(day, due, ports));
  return [...(await brokenArtifacts(record, stores)), ...repeated];
}

async function playOut(result: SignalResult, { parts, stores, struck, focus }: SimulatedDay, ports: RunPorts): Promise<CalmSession> {
  if (result.kind === 'not-due') return { broken: [`not due: ${result.detail}`], record: undefined };
  // Where the account shows money that came or went before the activities do, a breaker takes it for a gain or a loss.
  const mayBreak = struck.has('deposit') || struck.has('withdrawal');
  const { broken, record } = await playCalmly(result.runId, parts, ports, [...codesOf(focus), ...(mayBreak ? ['breaker-stopped'] : [])]);
  return { broken: [...broken, ...(record === undefined ? [] : await brokenArtifacts(record, stores))], record };
}

/** Strays are canceled, nobody says stop, and the account is free. */
async function startOver({ parts, stores, policy }: SimulatedDay, at: EpochMs, faults: Faults): Promise<void> {
  const { broker, market, timeline } = parts;
  await timeline.passTo(at - MINUTE_MS);
  for (const { orderId } of broker.liveOrders()) broker.cancel(orderId);
  broker.isBlocked = false;
  const note = { reason: 'a new day', by: 'somebody', at };
  for (const portfolio of [undefined, policy.name]) await stores.killSwitch.turnOff(portfolio, note);
  await timeline.passTo(at);
  broker.openSession(at + DUE_BEFORE_CLOSE_MS, faults);
  market.openSession(faults);
}

function signal({ seed, policy }: SimulatedDay, due: number, ports: RunPorts): Promise<SignalResult> {
  const event = { portfolio: policy.name, schedule: 'daily', scheduledTime: new Date(due).toISOString() };
  return runSignal(event, sourceOf(seed, policy), ports);
}

function isUnreconciled(result: SignalResult): boolean {
  return result.kind === 'refused' && result.code === 'unreconciled';
}

/** What a ledger says is the sum of its entries, back to the first. */
async function brokenChain(record: LedgerRecord, { artifacts }: DayStores): Promise<string[]> {
  const nothing = { ...record.ledger, holdings: [], cash: {} };
  const entries = [];
  for (let hash: string | undefined = record.head; hash !== undefined; ) {
    const text = await artifacts.get(hash);
    if (text === undefined) return [`the ledger's chain is broken at ${hash}`];
    const batch = openEntries(text);
    entries.unshift(...batch.entries);
    hash = batch.previous;
  }
  const told = fold(nothing, entries);
  const isSame = JSON.stringify([told.holdings, told.cash], text) === JSON.stringify([record.ledger.holdings, record.ledger.cash], text);
  return isSame ? [] : ['the ledger is not the sum of its entries'];
}

function text(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}`;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value;
}

/** What a person traded without us since the ledger was opened. Nothing of it may be on the ledger before he says so. */
function handTrades({ ledger }: LedgerRecord, { broker }: SimulatedDay): FillActivity[] {
  const seen = new Set(ledger.activities.seen.map(({ id }) => id));
  // What no sleeve names is the portfolio's only once a run has taken it over to sell it.
  const known = new Set(ledger.holdings.map(({ symbol }) => symbol));
  return broker
    .activities(0)
    .flatMap((activity) =>
      activity.kind === 'fill' && activity.clientOrderId === BY_HAND && known.has(activity.symbol) && !seen.has(activity.id)
        ? [activity]
        : [],
    );
}

/** A run that is told to the end leaves a ledger that equals the account, without a word of the broker's activities. */
function brokenLedger(kept: LedgerRecord, day: SimulatedDay): string[] {
  const { ledger } = kept;
  const { record, broker } = day;
  const isTold = record?.phase.kind === 'ended' && record.phase.ending.kind !== 'unresolved';
  if (!isTold) return [];
  const found = new Map(broker.positions().map(({ symbol, quantity }) => [symbol, quantity]));
  const before = new Map(found);
  for (const { symbol, side, quantity } of handTrades(kept, day))
    before.set(symbol, (before.get(symbol) ?? 0n) + (side === 'buy' ? -quantity : quantity));
  // A ledger that was opened after a trade by hand, of which the broker told late, has it in its positions.
  return ledger.holdings
    .filter(({ symbol, quantity }) => quantity !== (found.get(symbol) ?? 0n) && quantity !== (before.get(symbol) ?? 0n))
    .map(({ symbol, quantity }) => `${symbol}: the ledger says ${quantity}, the account ${found.get(symbol) ?? 0n}`);
}

/** The same world without a wire: nothing is lost, late or stale. */
function calmPorts({ timeline, market, broker }: DayParts, stores: DayStores): RunPorts {
  return {
    broker: {
      capabilities: { auctions: ['close'] },
      account: async () => broker.account(),
      positions: async () => broker.positions(),
      openOrders: async () => broker.openOrders(0),
      orderByClientOrderId: async (id) => broker.order(id, 0),
      submit: async (intent) => broker.submit(intent),
      cancel: async (orderId) => broker.cancel(orderId),
      calendar: async (from, to) => sessionsBetween(from, to),
      assets: async (symbols) =>
        symbols.map((symbol) => ({ symbol, isTradable: true, isFractionable: true, ...(broker.canShort === undefined ? {} : LENT) })),
      activities: async (from) => broker.activities(from),
    },
    marketData: {
      dailyBars: async (symbols, from, to) => market.dailyBars(symbols, from, to),
      latestQuotes: async (symbols) => new Map(symbols.map((symbol): [string, Quote] => [symbol, market.quoteAt(symbol, timeline.now)])),
    },
    runStore: stores.runs,
    artifacts: stores.artifacts,
    killSwitch: stores.killSwitch,
    highWaterMarks: stores.marks,
    ledgers: stores.ledgers,
    engine: { start: async () => 'started' },
    clock: { now: () => timeline.now },
    notifier: stores.notifier,
    telemetry: SILENT,
  };
}
