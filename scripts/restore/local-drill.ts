// The drill without a deployment: the state of a demo is copied twice, one copy is damaged, and restored from the other.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from '../../shared/adapters/aws/client-settings.ts';
import { S3ArtifactStore } from '../../shared/adapters/aws/s3-artifact-store.ts';
import { auditKeyFile } from '../../shared/adapters/local/audit-key-file.ts';
import { type EmbeddedAws, startEmbeddedAws } from '../../shared/adapters/local/embedded-aws.ts';
import { holdFolder } from '../../shared/adapters/local/folder-hold.ts';
import type { AuditHead } from '../../shared/contracts/audit-head.ts';
import { auditKeyPath } from '../../shared/wiring/audit-key-path.ts';
import { type AuditVerification, verifyAudit } from '../../shared/workflow/verify-audit.ts';
import { damage } from './damage.ts';
import { type Drilled, drill } from './drill.ts';
import { localBackups } from './local-backups.ts';
import { tablePorts } from './table-ports.ts';

export interface LocallyDrilled extends Drilled {
  /** Where the copies are, or were. */
  readonly folder: string;
  readonly damages: readonly string[];
  /** Of the damaged copy: a drill that finds nothing there proves nothing. */
  readonly damaged: readonly AuditVerification[];
  readonly before: readonly AuditVerification[];
}

/**
 * @param state the folder of a demo that does not run.
 * @throws FolderInUse while it runs.
 */
export async function localDrill(state: string, isDeleted: boolean, say: (text: string) => void): Promise<LocallyDrilled> {
  const folder = await copiedTwice(state);
  const auditKeys = auditKeyFile(auditKeyPath(join(folder, 'backup')));
  const backup = await startEmbeddedAws(join(folder, 'backup', 'aws'));
  try {
    const damaged = await startEmbeddedAws(join(folder, 'damaged', 'aws'));
    try {
      const before = await verified(backup, auditKeys, new Map());
      const anchors = new Map(before.flatMap(({ portfolio, head }) => (head === undefined ? [] : [[portfolio, head]])));
      const damages = await damage(damaged);
      for (const each of damages) say(`damaged: ${each}`);
      const found = await verified(damaged, auditKeys, anchors);
      const backups = localBackups({ backup, damaged, auditKeys, anchors });
      const drilled = await drill(backups, { table: 'evenkeel-restored', isDeleted, say });
      const isSeen = found.some(({ findings }) => findings.length > 0);
      return { ...drilled, isWhole: drilled.isWhole && isSeen, folder, damages, damaged: found, before };
    } finally {
      await damaged.close();
    }
  } finally {
    await backup.close();
    if (isDeleted) rmSync(folder, { recursive: true });
  }
}

/** @returns the folder of both copies. */
async function copiedTwice(state: string): Promise<string> {
  const letGo = await holdFolder(join(state, 'aws'));
  try {
    const folder = mkdtempSync(join(tmpdir(), 'evenkeel-restore-drill-'));
    for (const name of ['backup', 'damaged']) {
      mkdirSync(join(folder, name));
      cpSync(join(state, 'aws'), join(folder, name, 'aws'), { recursive: true });
    }
    cpSync(auditKeyPath(state), auditKeyPath(join(folder, 'backup')));
    return folder;
  } finally {
    await letGo();
  }
}

async function verified(
  { endpoints, table, bucket }: EmbeddedAws,
  auditKeys: ReturnType<typeof auditKeyFile>,
  anchors: ReadonlyMap<string, AuditHead>,
): Promise<readonly AuditVerification[]> {
  const dynamo = new DynamoDBClient(clientSettings({ endpoint: endpoints.dynamodb }));
  const s3 = new S3Client(clientSettings({ endpoint: endpoints.s3 }));
  const { portfolios, ...ports } = tablePorts(dynamo, table, auditKeys);
  const all: AuditVerification[] = [];
  for (const name of await portfolios())
    all.push(await verifyAudit(name, anchors.get(name), { ...ports, artifacts: new S3ArtifactStore(s3, bucket) }));
  dynamo.destroy();
  s3.destroy();
  return all;
}
