// --audit-key: the key of the audit chain in a file, as the secret holds it or as a demo keeps it. Its content is never said.
import { AUDIT_KEY_LENGTH_MIN, type AuditKeyring } from '../../shared/contracts/audit-link.ts';
import { jsonObjectOf } from '../../shared/contracts/json-of.ts';
import type { AuditKeys } from '../../shared/ports/audit-keys.ts';
import { CommandFailure } from '../failure.ts';
import { readFileText } from '../file-text.ts';

const EXPECTED = { file: 'a file with the audit key', content: 'a text in UTF-8', bytesMax: 100_000 };

/** @throws CommandFailure, exit 2. */
export async function auditKeyOption(file: string | undefined): Promise<AuditKeys | undefined> {
  if (file === undefined) return undefined;
  const read = await readFileText(file, EXPECTED);
  if (read.kind === 'refused') throw new CommandFailure('usage', '--audit-key cannot be read', { exitCode: 2, problems: [read.problem] });
  const keyring = keyringOf(read.text.trim());
  if (keyring === undefined)
    throw new CommandFailure(
      'usage',
      `--audit-key ${file}: expected {"key": "…", "retired": []} or the key alone, of at least ${AUDIT_KEY_LENGTH_MIN} characters`,
      { exitCode: 2 },
    );
  return { keyring: async () => keyring };
}

function keyringOf(text: string): AuditKeyring | undefined {
  if (!text.startsWith('{')) return isKey(text) ? { key: text, retired: [] } : undefined;
  const { key, retired = [] } = jsonObjectOf(text) ?? {};
  return isKey(key) && Array.isArray(retired) && retired.every(isKey) ? { key, retired } : undefined;
}

function isKey(value: unknown): value is string {
  return typeof value === 'string' && value.length >= AUDIT_KEY_LENGTH_MIN && /^\S+$/.test(value);
}
