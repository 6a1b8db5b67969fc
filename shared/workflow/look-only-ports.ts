// The ports of a run behind which nothing can be changed: what is read is real, what is written is kept here and forgotten.
// A preview takes the very way of a run on them.
import type { LedgerRecord } from '../contracts/ledger-record.ts';
import type { SwitchedOn } from '../contracts/switch-turn.ts';
import type { BreakerStanding } from '../core/risk/breaker.ts';
import type { Broker } from '../ports/broker.ts';
import type { Notice } from '../ports/notifier.ts';
import type { RunPorts } from './world.ts';

/** What has to be there to look. */
export type LookedAt = Pick<
  RunPorts,
  'runStore' | 'artifacts' | 'killSwitch' | 'highWaterMarks' | 'ledgers' | 'clock' | 'marketData' | 'solvers'
> & {
  readonly broker: Omit<Broker, 'submit' | 'cancel'>;
};

export interface LookOnlyPorts extends RunPorts {
  /** What a run would have told its owner, in its order. */
  readonly told: readonly Notice[];
}

export function lookOnlyPorts(ports: LookedAt): LookOnlyPorts {
  const told: Notice[] = [];
  return {
    clock: ports.clock,
    marketData: ports.marketData,
    ...(ports.solvers === undefined ? {} : { solvers: ports.solvers }),
    broker: { ...readingBroker(ports.broker), submit: () => refuse('submits nothing'), cancel: () => refuse('cancels nothing') },
    runStore: {
      load: (runId) => ports.runStore.load(runId),
      list: (portfolio, limit) => ports.runStore.list(portfolio, limit),
      claim: () => refuse('claims nothing'),
      save: () => refuse('saves no run'),
    },
    artifacts: artifactsOver(ports),
    ledgers: ledgersOver(ports),
    highWaterMarks: marksOver(ports),
    killSwitch: {
      read: (portfolio) => ports.killSwitch.read(portfolio),
      readOne: (portfolio) => ports.killSwitch.readOne(portfolio),
      turns: (portfolio, limit) => ports.killSwitch.turns(portfolio, limit),
      // The breaker of a run would turn it on. The review then denies the plan, which is what is to be seen.
      turnOn: async (_, { reason, by, at, openOrders }) => {
        const state: SwitchedOn = { kind: 'on', reason, by, since: at, openOrders };
        return { state, wasOn: false };
      },
      turnOff: () => refuse('turns no switch off'),
    },
    engine: { start: () => refuse('starts nothing') },
    notifier: { notify: async (notice) => void told.push(notice) },
    telemetry: { info: () => undefined, warn: () => undefined, error: () => undefined, count: () => undefined, measure: () => undefined },
    told,
  };
}

/** Nothing in the way of a preview asks for it: if it ever does, that is a fault of ours and must not pass. */
async function refuse(what: string): Promise<never> {
  throw new Error(`a preview ${what}`);
}

function readingBroker(broker: LookedAt['broker']): LookedAt['broker'] {
  return {
    capabilities: broker.capabilities,
    account: () => broker.account(),
    positions: () => broker.positions(),
    openOrders: () => broker.openOrders(),
    orderByClientOrderId: (id) => broker.orderByClientOrderId(id),
    calendar: (from, to) => broker.calendar(from, to),
    assets: (symbols) => broker.assets(symbols),
    activities: (from) => broker.activities(from),
  };
}

function artifactsOver({ artifacts }: LookedAt): RunPorts['artifacts'] {
  const written = new Map<string, string>();
  return {
    put: async (hash, text) => void written.set(hash, text),
    get: async (hash) => written.get(hash) ?? (await artifacts.get(hash)),
  };
}

function ledgersOver({ ledgers }: LookedAt): RunPorts['ledgers'] {
  const written = new Map<string, LedgerRecord>();
  return {
    load: async (portfolio) => written.get(portfolio) ?? (await ledgers.load(portfolio)),
    save: async (record) => {
      written.set(record.portfolio, record);
      return 'saved';
    },
  };
}

function marksOver({ highWaterMarks }: LookedAt): RunPorts['highWaterMarks'] {
  const moved = new Map<string, BreakerStanding>();
  return {
    read: async (portfolio) => moved.get(portfolio) ?? (await highWaterMarks.read(portfolio)),
    move: async (portfolio, _, after) => {
      moved.set(portfolio, after);
      return 'moved';
    },
  };
}
