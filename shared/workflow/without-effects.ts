// The same world, to look at: what is written is read again by whoever wrote it, and is gone with him. Orders, runs and
// switches are out of reach: who tries them has not understood where he is.
import type { LedgerRecord } from '../contracts/ledger-record.ts';
import type { BreakerStanding } from '../core/risk/breaker.ts';
import type { ContentHash } from '../core/values/identity.ts';
import type { RunPorts } from './world.ts';

export function withoutEffects(ports: RunPorts): RunPorts {
  const { broker, runStore, artifacts, killSwitch, highWaterMarks, ledgers, telemetry } = ports;
  const written = new Map<ContentHash, string>();
  const ledger = new Map<string, LedgerRecord>();
  const marks = new Map<string, BreakerStanding>();
  return {
    ...ports,
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
      claim: refuse,
      save: refuse,
      load: (runId) => runStore.load(runId),
      list: (portfolio, limit) => runStore.list(portfolio, limit),
    },
    artifacts: {
      put: async (hash, text) => void written.set(hash, text),
      get: async (hash) => written.get(hash) ?? artifacts.get(hash),
    },
    killSwitch: {
      read: (portfolio) => killSwitch.read(portfolio),
      readOne: (portfolio) => killSwitch.readOne(portfolio),
      turns: (portfolio, limit) => killSwitch.turns(portfolio, limit),
      // The breaker turns it where too much was lost. The run will; whoever only looks goes on.
      turnOn: async (_, { reason, at, by, openOrders }) => ({ state: { kind: 'on', reason, since: at, by, openOrders }, wasOn: false }),
      turnOff: refuse,
    },
    highWaterMarks: {
      read: async (portfolio) => marks.get(portfolio) ?? highWaterMarks.read(portfolio),
      move: async (portfolio, _, after) => {
        marks.set(portfolio, after);
        return 'moved';
      },
    },
    ledgers: {
      load: async (portfolio) => ledger.get(portfolio) ?? ledgers.load(portfolio),
      save: async (record) => {
        ledger.set(record.portfolio, record);
        return 'saved';
      },
    },
    engine: { start: refuse },
    notifier: { notify: async () => undefined },
    telemetry: {
      ...silent,
      warn: (message, fields) => telemetry.warn(message, fields),
      error: (message, fields) => telemetry.error(message, fields),
    },
  };
}

async function refuse(): Promise<never> {
  throw new Error('nothing is sent and no run is written by whoever only looks');
}

/** What a trial counts is no run. */
const silent = { info: () => undefined, count: () => undefined, measure: () => undefined };
