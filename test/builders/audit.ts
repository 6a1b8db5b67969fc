// What an audit chain is written with, in memory.
import { MemoryAuditTrail } from '../../shared/adapters/local/memory-audit-trail.ts';
import { MemoryLedgerStore } from '../../shared/adapters/local/memory-ledger-store.ts';
import { MemoryRunStore } from '../../shared/adapters/local/memory-run-store.ts';
import type { AuditKeys } from '../../shared/ports/audit-keys.ts';
import type { AuditPorts } from '../../shared/workflow/audit-ports.ts';

export const AUDIT_KEY = 'k'.repeat(32);

export function auditKeysOf(key: string = AUDIT_KEY, retired: readonly string[] = []): AuditKeys {
  return { keyring: async () => ({ key, retired }) };
}

export function anEmptyAudit(): AuditPorts {
  return { runStore: new MemoryRunStore(), ledgers: new MemoryLedgerStore(), trail: new MemoryAuditTrail(), auditKeys: auditKeysOf() };
}
