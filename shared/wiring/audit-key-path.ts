// Where the audit key of a state folder is kept: beside the store, not in it.
import { join } from 'node:path';

export function auditKeyPath(folder: string): string {
  return join(folder, 'audit-key');
}
