// What lies beside a portfolio file to let it trade live: signed verdicts and policy checks, the keys that may sign them, and the
// hash of the code they lie beside.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDocumentName, PUBLIC_KEYS_FILE } from '../../contracts/hypothesis/document-names.ts';
import type { LiveDocuments } from '../../contracts/hypothesis/live-documents.ts';
import { decodePublicKeys } from '../../contracts/hypothesis/signing-keys.ts';
import { sourceHash } from './source-hash.ts';

/** @throws Error for a file of public keys that is none. */
export function liveDocumentsBeside(portfolioFile: string): LiveDocuments {
  const folder = dirname(portfolioFile);
  const files = readdirSync(folder)
    .filter(isDocumentName)
    .sort()
    .map((name) => ({ name, text: textOf(join(folder, name)) }));
  return { source: sourceHash(), keys: keysIn(join(folder, PUBLIC_KEYS_FILE)), files, asOf: Date.now() };
}

/** '' of a folder, which is refused as any other text that is no document. */
function textOf(path: string): string {
  return statSync(path).isDirectory() ? '' : readFileSync(path, 'utf8');
}

/** None where there is no file: then nobody's signature counts. */
function keysIn(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  const keys = decodePublicKeys(readFileSync(file, 'utf8'));
  if (keys === undefined) throw new Error(`${file} is no file of public keys, as evenkeel hypothesis keys writes it`);
  return keys.map((each) => each.public);
}
