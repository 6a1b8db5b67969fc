// A restore drill: bring the table back under a new name, read each document from a version that has its bytes, and hold
// audit chain and ledger of every portfolio against that. Nothing of what is live is written.
import type { AuditHead } from '../../shared/contracts/audit-head.ts';
import { type AuditVerification, type VerifyPorts, verifyAudit } from '../../shared/workflow/verify-audit.ts';
import { type DocumentVersions, type ReadVersion, versionedArtifacts } from './versioned-artifacts.ts';

export interface Backups {
  /** Restores the table under this name. Done when it can be read. */
  restoreTable(name: string): Promise<void>;
  readonly versions: DocumentVersions;
  /** Over a restored table. */
  portsOf(name: string): Omit<VerifyPorts, 'artifacts'> & { portfolios(): Promise<readonly string[]> };
  /** A head that was kept outside the store: shows whether the restored chain ends too early. */
  anchorOf(portfolio: string): Pick<AuditHead, 'sequence' | 'mac'> | undefined;
  deleteTable(name: string): Promise<void>;
}

export interface Drilled {
  /** What was restored, under its new name. */
  readonly table: string;
  readonly isDeleted: boolean;
  readonly portfolios: readonly AuditVerification[];
  /** Documents whose newest version was not what its name says, and the version that was. */
  readonly fromOlder: readonly ReadVersion[];
  /** Every portfolio has a chain, and nothing of it is wrong. */
  readonly isWhole: boolean;
}

export interface DrillOptions {
  readonly table: string;
  /** The copy is deleted at the end, whatever was found in it. */
  readonly isDeleted: boolean;
  readonly say: (text: string) => void;
}

/** @throws whatever keeps the drill from being made: then nothing is known of the backups. */
export async function drill(backups: Backups, { table, isDeleted, say }: DrillOptions): Promise<Drilled> {
  say(`restoring the table as ${table} …`);
  await backups.restoreTable(table);
  const { portfolios, ...ports } = backups.portsOf(table);
  const artifacts = versionedArtifacts(backups.versions);
  const verified: AuditVerification[] = [];
  for (const name of await portfolios()) {
    say(`verifying ${name} …`);
    verified.push(await verifyAudit(name, backups.anchorOf(name), { ...ports, artifacts }));
  }
  if (isDeleted) await backups.deleteTable(table);
  return {
    table,
    isDeleted,
    portfolios: verified,
    fromOlder: artifacts.fromOlder,
    isWhole: verified.length > 0 && verified.every(({ links, findings }) => links > 0 && findings.length === 0),
  };
}
