// The audit key of an embedded run: a file of its own, beside the folder of the store and not in it. Who can read this disk
// has it, so at home the chain shows what was damaged, and is no proof against whoever owns the machine.
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { AUDIT_KEY_LENGTH_MIN } from '../../contracts/audit-link.ts';
import type { AuditKeys } from '../../ports/audit-keys.ts';
import { OutsideError } from '../../ports/outside-error.ts';

const KEY_BYTES = 32;

export function auditKeyFile(file: string): AuditKeys {
  return {
    async keyring() {
      const key = readKey(file);
      if (key === undefined) throw new OutsideError(`there is no audit key in ${file}`, { effect: 'none', code: 'secret-missing' });
      return { key, retired: [] };
    },
  };
}

/** Made once; whoever comes second keeps the first. */
export function makeAuditKey(file: string): void {
  try {
    writeFileSync(file, `${randomBytes(KEY_BYTES).toString('hex')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!isFileError(error, 'EEXIST')) throw error;
  }
}

function readKey(file: string): string | undefined {
  try {
    const key = readFileSync(file, 'utf8').trim();
    if (key.length >= AUDIT_KEY_LENGTH_MIN) return key;
  } catch (error) {
    if (isFileError(error, 'ENOENT')) return undefined;
    throw error;
  }
  throw new OutsideError(`${file} is no audit key`, { effect: 'none', code: 'secret-malformed' });
}

function isFileError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
