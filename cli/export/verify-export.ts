// Says whether an exported folder is as it was written, and its records whole in themselves. It needs nothing but the folder.
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { contentHash } from '../../shared/contracts/canonical-json.ts';
import { decodeManifest, type ExportManifest, MANIFEST_FILE } from '../../shared/contracts/export-manifest.ts';
import { UnreadableRecord } from '../../shared/contracts/run-record.ts';
import { type AuditVerification, verifyAudit } from '../../shared/workflow/verify-audit.ts';
import { anchorOption } from '../audit/anchor-option.ts';
import { verificationDocument, verificationText } from '../audit/verification-text.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import { wrappedText } from '../wrapped-text.ts';
import { auditKeyOption } from './audit-key-option.ts';
import { exportedStores } from './exported-stores.ts';
import { readExported } from './read-exported.ts';

export interface VerifyExportOptions {
  /** A head that was kept elsewhere. */
  readonly anchor?: string;
  /** A file with the key; without it seals are not checked, and all else is. */
  readonly auditKey?: string;
}

interface FileFinding {
  readonly path: string;
  readonly kind: 'edited' | 'missing' | 'not-listed';
}

/** @throws CommandFailure: exit 2 for bad usage and where there is no export, exit 1 when anything is not as it was written. */
export async function verifyExport(
  folder: string,
  portfolio: string | undefined,
  options: VerifyExportOptions,
  output: Output,
): Promise<void> {
  const anchor = anchorOption(portfolio, options.anchor);
  const auditKeys = await auditKeyOption(options.auditKey);
  const { manifest, hash } = await readManifest(folder);
  const names = manifest.portfolios.map((each) => each.portfolio).filter((name) => portfolio === undefined || name === portfolio);
  if (portfolio !== undefined && names.length === 0)
    throw new CommandFailure('no-such-portfolio', `no portfolio ${JSON.stringify(portfolio)} in ${folder}`, { exitCode: 2 });
  const files = await findInFiles(folder, manifest);
  const verified: AuditVerification[] = [];
  const unreadable: string[] = [];
  for (const name of names) {
    try {
      verified.push(await verifyAudit(name, anchor, { ...(await exportedStores(folder, name)), auditKeys }));
    } catch (error) {
      if (!(error instanceof UnreadableRecord)) throw error;
      unreadable.push(`${name}: ${error.message}`);
    }
  }
  const isWhole = files.length === 0 && unreadable.length === 0 && verified.every(({ findings }) => findings.length === 0);
  const { green, red } = output.colors;
  const words = [
    wrappedText(
      '',
      `${manifest.files.length} files, ${files.length === 0 ? green('each as it was written') : red(`${files.length} not as written`)}.`,
    ),
    ...files.slice(0, 40).map(({ path, kind }) => `  ${red(kind)}  ${path}`),
    ...manifest.missing.map((each) => wrappedText('  was not in the store  ', each)),
    ...unreadable.map((each) => wrappedText(`  ${red('unreadable')}  `, each)),
    ...(auditKeys === undefined ? [wrappedText('', 'Seals are not checked: that takes --audit-key. Everything else is.')] : []),
    `Hash of the manifest:\n  ${hash}`,
  ];
  const world = { worldText: `Of the export in ${folder}.`, isAtHome: false };
  output.result(
    {
      folder,
      manifest: hash,
      isWhole,
      isSealChecked: auditKeys !== undefined,
      files: { listed: manifest.files.length, findings: files },
      missing: manifest.missing,
      unreadable,
      portfolios: verified.map((each) => verificationDocument(each, anchor !== undefined)),
    },
    `${verificationText(verified, anchor !== undefined, world, output.colors)}\n\n${words.join('\n')}`,
  );
  if (!isWhole) throw new CommandFailure('not-whole', `${folder} is not as it was written`, { exitCode: 1 });
}

async function readManifest(folder: string): Promise<{ readonly manifest: ExportManifest; readonly hash: string }> {
  const text = await readExported(join(folder, MANIFEST_FILE));
  const manifest = text === undefined ? undefined : decodeManifest(text);
  if (text !== undefined && manifest !== undefined) return { manifest, hash: contentHash(text) };
  const why =
    text === undefined ? `has no ${MANIFEST_FILE}: it is no export, or one that was not finished` : `has a ${MANIFEST_FILE} that is none`;
  throw new CommandFailure('no-export', `${folder} ${why}`, { exitCode: 2 });
}

async function findInFiles(folder: string, { files }: ExportManifest): Promise<readonly FileFinding[]> {
  const found: FileFinding[] = [];
  for (const { path, bytes, sha256 } of files) {
    const text = await readExported(join(folder, path));
    if (text === undefined) found.push({ path, kind: 'missing' });
    else if (Buffer.byteLength(text) !== bytes || contentHash(text) !== sha256) found.push({ path, kind: 'edited' });
  }
  const listed = new Set([MANIFEST_FILE, ...files.map(({ path }) => path)]);
  const there = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of there) {
    const path = relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/');
    if (!entry.isDirectory() && !listed.has(path)) found.push({ path, kind: 'not-listed' });
  }
  return found;
}
