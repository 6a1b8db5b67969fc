import { MemoryArtifactStore } from '../../shared/adapters/local/memory-artifact-store.ts';
import { MemoryAuditTrail } from '../../shared/adapters/local/memory-audit-trail.ts';
import { MemoryHighWaterMarks } from '../../shared/adapters/local/memory-high-water-marks.ts';
import { MemoryKillSwitch } from '../../shared/adapters/local/memory-kill-switch.ts';
import { MemoryLedgerStore } from '../../shared/adapters/local/memory-ledger-store.ts';
import { MemoryNotifier } from '../../shared/adapters/local/memory-notifier.ts';
import { MemoryRunStore } from '../../shared/adapters/local/memory-run-store.ts';
import { artifactStoreContract } from './artifact-store-contract.ts';
import { auditTrailContract } from './audit-trail-contract.ts';
import { highWaterMarksContract } from './high-water-marks-contract.ts';
import { killSwitchContract } from './kill-switch-contract.ts';
import { ledgerStoreContract } from './ledger-store-contract.ts';
import { notifierContract } from './notifier-contract.ts';
import { runStoreContract } from './run-store-contract.ts';

runStoreContract('memory', () => new MemoryRunStore());
auditTrailContract('memory', () => new MemoryAuditTrail());
artifactStoreContract('memory', () => new MemoryArtifactStore());
killSwitchContract('memory', () => new MemoryKillSwitch());
highWaterMarksContract('memory', () => new MemoryHighWaterMarks());
ledgerStoreContract('memory', () => new MemoryLedgerStore());
notifierContract('memory', () => {
  const notifier = new MemoryNotifier();
  const received = async () => notifier.notices.map(({ severity, code, body }) => ({ severity, code, body }));
  return { notifier, received };
});
