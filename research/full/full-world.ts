// The world of a full backtest: the real workflow's ports on stores in memory and on the exchange's matching in this process, in
// time that stands still until it is moved.
import { advanceTo } from '../../exchange/matching/advance.ts';
import { type Book, openBook } from '../../exchange/matching/book.ts';
import type { Surroundings } from '../../exchange/matching/surroundings.ts';
import { MemoryArtifactStore } from '../../shared/adapters/local/memory-artifact-store.ts';
import { MemoryHighWaterMarks } from '../../shared/adapters/local/memory-high-water-marks.ts';
import { MemoryKillSwitch } from '../../shared/adapters/local/memory-kill-switch.ts';
import { MemoryLedgerStore } from '../../shared/adapters/local/memory-ledger-store.ts';
import { MemoryNotifier } from '../../shared/adapters/local/memory-notifier.ts';
import { MemoryRunStore } from '../../shared/adapters/local/memory-run-store.ts';
import { QueuedEngine } from '../../shared/adapters/local/queued-engine.ts';
import { simulatedBroker } from '../../shared/adapters/simulated/broker.ts';
import { quadraticSolver } from '../../shared/adapters/solvers/quadratic-solver.ts';
import { refuseDate } from '../../shared/core/market/new-york-time.ts';
import { sessionOn } from '../../shared/core/market/nyse-calendar.ts';
import type { EpochMs } from '../../shared/core/values/time.ts';
import type { RunPorts } from '../../shared/workflow/world.ts';
import type { FullOptions } from './full-options.ts';
import { type TableMarket, type TableMarketOptions, tableMarket } from './table-market.ts';

export interface FullWorld {
  readonly ports: RunPorts & { readonly engine: QueuedEngine };
  readonly book: Book;
  readonly market: TableMarket;
  /** Time goes on, never back; the book lives through what is due until then. */
  moveTo(at: EpochMs): void;
}

export interface FullWorldOptions extends Omit<TableMarketOptions, 'clock' | 'halfSpreadBps'> {
  readonly options: FullOptions;
  readonly accountNumber: string;
}

const MICROS_A_CENT = 10_000;
const CENTS = 100;
/** Nobody reads what a simulated run tells of itself. */
const SILENT: RunPorts['telemetry'] = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  count: () => undefined,
  measure: () => undefined,
};

export function fullWorld({ options, accountNumber, ...table }: FullWorldOptions): FullWorld {
  const time = { now: 0 };
  const clock = { now: (): EpochMs => time.now };
  const market = tableMarket({ ...table, halfSpreadBps: options.halfSpreadBps, clock });
  time.now = market.sessions[0]?.open ?? 0;
  const around: Surroundings = {
    venue: market.venue,
    sessions: (date) => (refuseDate(date) === undefined ? sessionOn(date) : undefined),
    mischief: { take: () => false, isHalted: () => false },
    seed: options.seed,
    partialFillPpm: options.partialFillPpm,
  };
  const cash = BigInt(Math.round(options.equity * CENTS) * MICROS_A_CENT);
  const book = openBook({ accountNumber, cash, at: time.now });
  return {
    book,
    market,
    moveTo(at) {
      time.now = Math.max(time.now, at);
      advanceTo(book, around, time.now);
    },
    ports: {
      broker: simulatedBroker({ book, around, clock }),
      marketData: market.marketData,
      runStore: new MemoryRunStore(),
      artifacts: new MemoryArtifactStore(),
      killSwitch: new MemoryKillSwitch(),
      highWaterMarks: new MemoryHighWaterMarks(),
      ledgers: new MemoryLedgerStore(),
      engine: new QueuedEngine(),
      clock,
      notifier: new MemoryNotifier(),
      telemetry: SILENT,
      solvers: quadraticSolver,
    },
  };
}
