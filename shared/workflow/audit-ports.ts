// What an audit chain is written with.
import type { AuditKeys } from '../ports/audit-keys.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { LedgerStore } from '../ports/ledger-store.ts';
import type { RunStore } from '../ports/run-store.ts';

export interface AuditPorts {
  readonly runStore: RunStore;
  readonly ledgers: LedgerStore;
  readonly trail: AuditTrail;
  readonly auditKeys: AuditKeys;
}
