// The ports of one process of a simulated day: the in-memory stores and the faulty broker, each behind the wire.
import { MemoryArtifactStore } from '../../shared/adapters/local/memory-artifact-store.ts';
import { MemoryHighWaterMarks } from '../../shared/adapters/local/memory-high-water-marks.ts';
import { MemoryKillSwitch } from '../../shared/adapters/local/memory-kill-switch.ts';
import { MemoryNotifier } from '../../shared/adapters/local/memory-notifier.ts';
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import type { Quote } from '../../shared/core/market/quote.ts';
import type { RunId } from '../../shared/core/values/identity.ts';
import { type EpochMs, HOUR_MS } from '../../shared/core/values/time.ts';
import type { Broker } from '../../shared/ports/broker.ts';
import type { KillSwitch } from '../../shared/ports/kill-switch.ts';
import type { MarketData } from '../../shared/ports/market-data.ts';
import { BrokerError, type Effect, StoreError } from '../../shared/ports/outside-error.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import type { RunPorts } from '../../shared/workflow/world.ts';
import type { FaultyBroker } from './faulty-broker.ts';
import type { Market } from './market.ts';
import type { Keys } from './other-account.ts';
import type { Step } from './steps.ts';
import { SwiftLedgerStore, SwiftRunStore } from './swift-stores.ts';
import type { Timeline } from './timeline.ts';
import type { Process, Wire } from './wire.ts';
import type { Witness } from './witness.ts';

const SILENT: RunPorts['telemetry'] = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  count: () => undefined,
  measure: () => undefined,
};

export const LENT = { isShortable: true, isEasyToBorrow: true };

export interface DayParts {
  readonly timeline: Timeline;
  readonly wire: Wire;
  readonly market: Market;
  /** Of the account that every plan is made for. */
  readonly broker: FaultyBroker;
  readonly keys: Keys;
  readonly witness: Witness;
  readonly deadline: EpochMs;
  readonly onStarted: (runId: RunId) => void;
  readonly onStep: (step: Step) => void;
}

/** What outlives every process. */
export class DayStores {
  readonly runs = new SwiftRunStore();
  readonly artifacts = new MemoryArtifactStore();
  readonly marks = new MemoryHighWaterMarks();
  readonly ledgers = new SwiftLedgerStore();
  readonly notifier = new MemoryNotifier();
  readonly killSwitch = new MemoryKillSwitch();
}

export function portsOf(process: Process, parts: DayParts, stores: DayStores): RunPorts {
  const { timeline, wire, onStarted } = parts;
  // A store takes effect at once and answers by a promise, so its effect is begun when the request arrives.
  const store = async <Answer>(begin: () => Promise<Answer>, fate = wire.storeFate()): Promise<Answer> =>
    await (await wire.ask(process, fate, storeFails, () => ({ begun: begin() }))).begun;
  return {
    broker: brokerOf(process, parts),
    marketData: marketDataOf(process, parts),
    runStore: runStoreOf(process, store, parts, stores),
    artifacts: {
      put: (hash, text) => store(() => stores.artifacts.put(hash, text)),
      get: (hash) => store(() => stores.artifacts.get(hash)),
    },
    killSwitch: killSwitchOf(process, (begin) => store(begin, wire.switchFate()), parts, stores),
    highWaterMarks: {
      read: (portfolio) => store(() => stores.marks.read(portfolio)),
      move: (portfolio, before, after) => store(() => stores.marks.move(portfolio, before, after)),
    },
    ledgers: {
      load: (portfolio) => store(() => stores.ledgers.load(portfolio)),
      save: (record) => store(() => stores.ledgers.save(record)),
    },
    engine: {
      start: (runId) =>
        store(async () => {
          onStarted(runId);
          return 'started' as const;
        }),
    },
    clock: { now: () => timeline.now },
    notifier: { notify: (notice) => store(() => stores.notifier.notify(notice)) },
    telemetry: SILENT,
  };
}

/** One process has one set of keys, from its first request on. */
function brokerOf(process: Process, { timeline, wire, broker: own, keys, witness, deadline, onStep }: DayParts): Broker {
  let kept: FaultyBroker | undefined;
  const answering = (): FaultyBroker => {
    kept ??= keys.answering;
    return kept;
  };
  const read = <Answer>(look: (broker: FaultyBroker) => Answer): Promise<Answer> => {
    const broker = answering();
    return wire.ask(process, wire.readFate(), brokerFails, () => look(broker));
  };
  return {
    capabilities: { auctions: ['close'] },
    account: () =>
      read((broker) => {
        const account = broker.account();
        const { accountNumber: number, isBlocked, equity } = account;
        onStep({ kind: 'account-told', process, number, isBlocked, equity });
        return account;
      }),
    positions: () =>
      read((broker) => {
        const positions = broker.positions();
        onStep({ kind: 'positions-told', process, held: new Map(positions.map(({ symbol, quantity }) => [symbol, quantity])) });
        return positions;
      }),
    openOrders: () =>
      read((broker) => {
        const orders = broker.openOrders(wire.staleness());
        onStep({ kind: 'orders-told', process, others: orders.filter(({ orderId }) => broker.strays.has(orderId)) });
        return orders;
      }),
    orderByClientOrderId: (id) => read((broker) => broker.order(id, wire.staleness())),
    submit: (intent) => {
      const broker = answering();
      if (!process.isDead) {
        onStep({ kind: 'sent', process, intent });
        witness.seeAccount(intent.clientOrderId, broker, own);
        witness.seeSent(process, intent, timeline, deadline);
        witness.seeSize(intent, own);
      }
      return wire.ask(process, wire.drawFate(), brokerFails, () => broker.submit(intent));
    },
    cancel: (orderId) => {
      const broker = answering();
      if (!process.isDead) witness.seeAccount(`the cancel of ${orderId}`, broker, own);
      if (!process.isDead && broker.strays.has(orderId)) witness.report(`${orderId} was to be canceled, and is none of ours`);
      if (!process.isDead) witness.seeCancel(process, orderId, timeline.passed, broker.isBlocked || timeline.now >= deadline);
      return wire.ask(process, wire.drawFate(), brokerFails, () => broker.cancel(orderId));
    },
    calendar: (from, to) =>
      read(() => {
        const sessions = sessionsBetween(from, to);
        if (!wire.isCalendarWrong()) return sessions;
        onStep({ kind: 'calendar-lied', process });
        return sessions.map((session) => ({ ...session, close: session.close - 3 * HOUR_MS }));
      }),
    assets: (symbols) =>
      read((broker) =>
        symbols.map((symbol) => ({
          symbol,
          isTradable: !broker.isHalted(symbol),
          isFractionable: true,
          ...(broker.canShort === undefined ? {} : LENT),
        })),
      ),
    activities: (from) => read((broker) => broker.activities(from, wire.staleness())),
  };
}

function marketDataOf(process: Process, { timeline, wire, market, onStep }: DayParts): MarketData {
  const read = <Answer>(look: () => Answer): Promise<Answer> => wire.ask(process, wire.readFate(), brokerFails, look);
  return {
    dailyBars: (symbols, from, to) => read(() => market.dailyBars(symbols, from, to)),
    latestQuotes: (symbols) =>
      read(() => {
        const quotes = symbols.flatMap((symbol) => market.readQuote(symbol, timeline.now) ?? []);
        const told = new Map(quotes.map((quote): [string, Quote] => [quote.symbol, quote]));
        onStep({ kind: 'quoted', process, asked: symbols, quotes: told });
        return told;
      }),
  };
}

function killSwitchOf(process: Process, store: Store, { timeline, witness }: DayParts, { killSwitch }: DayStores): KillSwitch {
  return {
    read: async (portfolio) => {
      try {
        const [at, state] = await store(async () => [timeline.passed, await killSwitch.read(portfolio)] as const);
        witness.seeSwitch(process, { at, state });
        return state;
      } catch (error) {
        witness.seeSwitch(process, undefined);
        throw error;
      }
    },
    readOne: (portfolio) => store(() => killSwitch.readOne(portfolio)),
    turnOn: (portfolio, note) => store(() => killSwitch.turnOn(portfolio, note)),
    turnOff: (portfolio, note) => store(() => killSwitch.turnOff(portfolio, note)),
    turns: (portfolio, limit) => store(() => killSwitch.turns(portfolio, limit)),
  };
}

type Store = <Answer>(begin: () => Promise<Answer>) => Promise<Answer>;

function runStoreOf(process: Process, store: Store, { witness, onStep }: DayParts, { runs }: DayStores): RunStore {
  const seen = async (record: RunRecord, wrote: Promise<'saved' | 'stale'>): Promise<'saved' | 'stale'> => {
    if ((await wrote) === 'saved') {
      onStep({ kind: 'stored', process, record });
      witness.seeStored(record);
    }
    return wrote;
  };
  const claimed = async (record: RunRecord): ReturnType<RunStore['claim']> => {
    const claim = await runs.claim(record);
    if (claim.kind === 'claimed') onStep({ kind: 'stored', process, record });
    return claim;
  };
  return {
    claim: (record) => store(() => claimed(record)),
    load: (runId) => store(() => runs.load(runId)),
    save: (record) => store(() => seen(record, runs.save(record))),
    list: (portfolio, limit) => store(() => runs.list(portfolio, limit)),
  };
}

function brokerFails(effect: Effect, code: string): BrokerError {
  return new BrokerError(`the broker failed: ${code}`, { effect, code });
}

function storeFails(effect: Effect, code: string): StoreError {
  return new StoreError(`the store failed: ${code}`, { effect, code });
}
