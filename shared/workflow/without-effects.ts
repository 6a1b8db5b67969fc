// The same world, to look at: what is written is read again by whoever wrote it, and is gone with him. A preview and a dry run
// take the very way of a run on it. Orders, runs and switches are out of reach: who tries them has not understood where he is.
import type { LedgerRecord } from '../contracts/ledger-record.ts';
import type { BreakerStanding } from '../core/risk/breaker.ts';
import type { ContentHash } from '../core/values/identity.ts';
import type { Broker } from '../ports/broker.ts';
import type { Notice } from '../ports/notifier.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { RunPorts } from './world.ts';

/** What has to be there to look. */
export interface LookedAt
  extends Pick<RunPorts, 'runStore' | 'artifacts' | 'killSwitch' | 'highWaterMarks' | 'ledgers' | 'clock' | 'marketData' | 'solvers'> {
  readonly broker: Omit<Broker, 'submit' | 'cancel'>;
  /** Left out: what goes wrong is told to nobody but the caller. */
  readonly telemetry?: Pick<Telemetry, 'warn' | 'error'>;
}

export interface LookOnlyPorts extends RunPorts {
  /** What a run would have told its owner, in its order. */
  readonly told: readonly Notice[];
}

/** Every port is written out: one that a run comes to use later is not passed on unseen. */
export function withoutEffects(ports: LookedAt): LookOnlyPorts {
  const { broker, runStore, killSwitch, telemetry } = ports;
  const told: Notice[] = [];
  return {
    clock: ports.clock,
    marketData: ports.marketData,
    ...(ports.solvers === undefined ? {} : { solvers: ports.solvers }),
    broker: {
      capabilities: broker.capabilities,
      account: () => broker.account(),
      positions: () => broker.positions(),
      openOrders: () => broker.openOrders(),
      orderByClientOrderId: (id) => broker.orderByClientOrderId(id),
      calendar: (from, to) => broker.calendar(from, to),
      assets: (symbols) => broker.assets(symbols),
      activities: (from) => broker.activities(from),
      submit: refuse,
      cancel: refuse,
    },
    runStore: {
      load: (runId) => runStore.load(runId),
      list: (portfolio, limit) => runStore.list(portfolio, limit),
      claim: refuse,
      save: refuse,
    },
    artifacts: artifactsOver(ports),
    ledgers: ledgersOver(ports),
    highWaterMarks: marksOver(ports),
    killSwitch: {
      read: (portfolio) => killSwitch.read(portfolio),
      readOne: (portfolio) => killSwitch.readOne(portfolio),
      turns: (portfolio, limit) => killSwitch.turns(portfolio, limit),
      // The breaker turns it where too much was lost. The run will; whoever only looks goes on, and the review denies the plan.
      turnOn: async (_, { reason, at, by, openOrders }) => ({ state: { kind: 'on', reason, since: at, by, openOrders }, wasOn: false }),
      turnOff: refuse,
    },
    engine: { start: refuse },
    notifier: { notify: async (notice) => void told.push(notice) },
    // What a trial counts is no run.
    telemetry: {
      info: () => undefined,
      warn: (message, fields) => telemetry?.warn(message, fields),
      error: (message, fields) => telemetry?.error(message, fields),
      count: () => undefined,
      measure: () => undefined,
    },
    told,
  };
}

async function refuse(): Promise<never> {
  throw new Error('nothing is sent and no run is written by whoever only looks');
}

function artifactsOver({ artifacts }: LookedAt): RunPorts['artifacts'] {
  const written = new Map<ContentHash, string>();
  return {
    put: async (hash, text) => void written.set(hash, text),
    get: async (hash) => written.get(hash) ?? artifacts.get(hash),
  };
}

function ledgersOver({ ledgers }: LookedAt): RunPorts['ledgers'] {
  const written = new Map<string, LedgerRecord>();
  return {
    load: async (portfolio) => written.get(portfolio) ?? ledgers.load(portfolio),
    save: async (record) => {
      written.set(record.portfolio, record);
      return 'saved';
    },
  };
}

function marksOver({ highWaterMarks }: LookedAt): RunPorts['highWaterMarks'] {
  const moved = new Map<string, BreakerStanding>();
  return {
    read: async (portfolio) => moved.get(portfolio) ?? highWaterMarks.read(portfolio),
    move: async (portfolio, _, after) => {
      moved.set(portfolio, after);
      return 'moved';
    },
  };
}
