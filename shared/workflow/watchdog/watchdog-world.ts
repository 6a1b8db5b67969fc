// What the watchdog may reach. Of all that can be done to an account it may cancel, and nothing else.
import type { PortfolioPolicy } from '../../contracts/portfolio-policy.ts';
import type { AuditTrail } from '../../ports/audit-trail.ts';
import type { Broker } from '../../ports/broker.ts';
import type { BrokerClock } from '../../ports/broker-clock.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Digests } from '../../ports/digests.ts';
import type { KeyAges } from '../../ports/key-ages.ts';
import type { MarketData } from '../../ports/market-data.ts';
import type { Portfolios } from '../../ports/portfolios.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import type { LedgerPorts } from '../ledger-ports.ts';
import type { RunPorts } from '../world.ts';

export interface WatchdogPorts extends LedgerPorts, Pick<RunPorts, 'killSwitch' | 'highWaterMarks' | 'notifier' | 'telemetry'> {
  readonly broker: LedgerPorts['broker'] & Pick<Broker, 'cancel'>;
  readonly brokerClock: BrokerClock;
  readonly marketData: Pick<MarketData, 'dailyBars'>;
  readonly digests: Digests;
  readonly keyAges: KeyAges;
  readonly trail: Pick<AuditTrail, 'latest'>;
}

export interface WatchdogWorld {
  readonly portfolios: Portfolios;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  /** The ports of the account that this portfolio names. */
  portsFor(policy: PortfolioPolicy): WatchdogPorts;
  /** Sends the metrics that were counted. */
  flush(): void;
}
