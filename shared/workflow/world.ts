// What a workflow may reach: the ports of one account, and the world that hands them out.
import type { PortfolioPolicy } from '../contracts/portfolio-policy.ts';
import type { Solvers } from '../core/strategy/construction/solvers.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';
import type { Broker } from '../ports/broker.ts';
import type { Clock } from '../ports/clock.ts';
import type { Engine } from '../ports/engine.ts';
import type { HighWaterMarks } from '../ports/high-water-marks.ts';
import type { KillSwitch } from '../ports/kill-switch.ts';
import type { LedgerStore } from '../ports/ledger-store.ts';
import type { MarketData } from '../ports/market-data.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Portfolios } from '../ports/portfolios.ts';
import type { RunStore } from '../ports/run-store.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { AuditPorts } from './audit-ports.ts';

export interface RunPorts {
  readonly broker: Broker;
  readonly marketData: MarketData;
  readonly runStore: RunStore;
  readonly artifacts: ArtifactStore;
  readonly killSwitch: KillSwitch;
  readonly highWaterMarks: HighWaterMarks;
  readonly ledgers: LedgerStore;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly notifier: Notifier;
  readonly telemetry: Telemetry;
  /** Of portfolios that construct by one; the others have none. */
  readonly solvers?: Solvers;
}

export interface World {
  readonly portfolios: Portfolios;
  /** The ports of the account that this portfolio names, for one event or turn and by one set of keys, with log lines that carry `runId`. */
  portsFor(policy: PortfolioPolicy, runId: string): RunPorts;
  /** The audit chains, for after the end of a run. */
  readonly audit: AuditPorts;
  /** Sends the metrics that were counted. */
  flush(): void;
}
