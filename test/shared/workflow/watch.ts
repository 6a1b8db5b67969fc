// A small world with a watchdog in it, for its tests.
import { MemoryAuditTrail } from '../../../shared/adapters/local/memory-audit-trail.ts';
import { MemoryDigests } from '../../../shared/adapters/local/memory-digests.ts';
import type { PortfolioPolicy } from '../../../shared/contracts/portfolio-policy.ts';
import { MINUTE_MS } from '../../../shared/core/values/time.ts';
import type { WatchdogPorts, WatchdogWorld } from '../../../shared/workflow/watchdog/watchdog-world.ts';
import { runWatchdog, type WatchdogResult } from '../../../shared/workflow/watchdog-run.ts';
import { CLOSE, WorkflowWorld } from './workflow-world.ts';

/** When the watchdog comes. */
export const AFTER = CLOSE + 45 * MINUTE_MS;

export class Watch extends WorkflowWorld {
  readonly digests = new MemoryDigests();
  keysSince: number | undefined;
  /** The broker's clock less ours. */
  skewMs = 0;
  /** Replaces ports by those of a test. */
  spoil: (ports: WatchdogPorts) => WatchdogPorts = (ports) => ports;

  constructor(policy?: PortfolioPolicy) {
    super(policy);
    this.broker.answer = (intent) => this.broker.takeAndFill(intent);
  }

  get world(): WatchdogWorld {
    const { name } = this.source.policy;
    const { digests, telemetry } = this;
    const clock = { now: () => this.now };
    return {
      portfolios: { names: async () => [name], load: async () => this.source },
      clock,
      telemetry,
      portsFor: () =>
        this.spoil({
          ...this.ports,
          digests,
          brokerClock: { read: async () => this.now + this.skewMs },
          trail: new MemoryAuditTrail(),
          keyAges: { keysSince: async () => this.keysSince },
        }),
      flush: () => undefined,
    };
  }

  /** The run of the day, to its end. */
  async rebalance(): Promise<void> {
    await this.signal();
    await this.drive();
  }

  async watch(at = AFTER): Promise<WatchdogResult> {
    if (this.now < at) this.now = at;
    return runWatchdog({ kind: 'watchdog', scheduledTime: new Date(at).toISOString() }, this.world);
  }

  /** What the watchdog told, without what the run itself did before. */
  async found(): Promise<readonly string[]> {
    const before = this.notifier.notices.length;
    await this.watch();
    return this.notifier.notices.slice(before).flatMap(({ code }) => (code === 'daily-digest' ? [] : [code]));
  }

  async digest(): Promise<string> {
    const [latest] = await this.digests.latest('balanced', 1);
    return latest?.text ?? 'none';
  }
}

export function wrapped(broker: WatchdogPorts['broker'], other: Partial<WatchdogPorts['broker']>): WatchdogPorts['broker'] {
  return {
    account: () => broker.account(),
    positions: () => broker.positions(),
    openOrders: () => broker.openOrders(),
    orderByClientOrderId: (id) => broker.orderByClientOrderId(id),
    activities: (from) => broker.activities(from),
    cancel: (id) => broker.cancel(id),
    ...other,
  };
}
