// Where records are read: of a deployment with its owner's credentials, or in the state folder of a demo while that demo
// does not run. Nothing can be written here.
import type { ArtifactStore } from '../../shared/ports/artifact-store.ts';
import type { AuditKeys } from '../../shared/ports/audit-keys.ts';
import type { AuditTrail } from '../../shared/ports/audit-trail.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Digests } from '../../shared/ports/digests.ts';
import type { HighWaterMarks } from '../../shared/ports/high-water-marks.ts';
import type { KillSwitch } from '../../shared/ports/kill-switch.ts';
import type { LedgerStore } from '../../shared/ports/ledger-store.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import { awsDigests } from '../../shared/wiring/aws-digests.ts';
import { deployedPortfolios, openDeployment } from '../deployment.ts';
import { chooseWorld, type WorldOptions } from './choose-world.ts';
import { openDemoState } from './demo-state.ts';
import { type WorldDocument, worldDocument, worldText } from './world-text.ts';

export interface RecordDesk {
  readonly world: WorldDocument;
  /** The same in words. */
  readonly worldText: string;
  readonly runStore: Pick<RunStore, 'load' | 'list'>;
  readonly artifacts: Pick<ArtifactStore, 'get'>;
  readonly ledgers: Pick<LedgerStore, 'load'>;
  readonly trail: Pick<AuditTrail, 'latest'>;
  readonly auditKeys: AuditKeys;
  readonly killSwitch: Pick<KillSwitch, 'turns'>;
  readonly highWaterMarks: Pick<HighWaterMarks, 'read'>;
  readonly digests: Pick<Digests, 'latest'>;
  readonly clock: Clock;
  /** On a deployment those whose files are here; of a demo those that have runs. */
  portfolioNames(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** @throws CommandFailure: exit 2 when there is no such state or deployment, exit 1 when another process works there. */
export async function openRecordDesk(options: WorldOptions): Promise<RecordDesk> {
  const choice = chooseWorld(options);
  if (choice.kind === 'deployment') {
    const world = openDeployment();
    const { stage, runStore, artifacts, ledgers, audit, killSwitch, highWaterMarks, clock, portfolios } = world;
    return {
      world: worldDocument(choice, stage),
      worldText: worldText(choice, stage),
      runStore,
      artifacts,
      ledgers,
      trail: audit.trail,
      auditKeys: audit.auditKeys,
      killSwitch,
      highWaterMarks,
      digests: awsDigests(world.environment.table),
      clock,
      portfolioNames: () => deployedPortfolios({ stage, portfolios }),
      close: async () => undefined,
    };
  }
  const state = await openDemoState(choice.folder);
  const { runStore, artifacts, ledgers, trail, auditKeys, killSwitch, highWaterMarks, digests, clock } = state;
  return {
    world: worldDocument(choice, undefined),
    worldText: worldText(choice, undefined),
    runStore,
    artifacts,
    ledgers,
    trail,
    auditKeys,
    killSwitch,
    highWaterMarks,
    digests,
    clock,
    portfolioNames: () => state.portfolios(),
    close: () => state.close(),
  };
}
