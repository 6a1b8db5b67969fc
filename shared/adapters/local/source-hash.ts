// Which code judged, as far as a program can say of itself: a hash of the sources that decide, price and judge, read from the
// disk it runs from. Packages and Node are named by nothing but the release.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, contentHash } from '../../contracts/canonical-json.ts';
import type { ContentHash } from '../../core/values/identity.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** `shared/workflow` puts sleeves together, sizes what is held and makes the plan: a run decides there as much as in the core. */
const FOLDERS = ['research', 'shared/contracts', 'shared/core', 'shared/workflow'];

/** @param root of the checkout. */
export function sourceHash(root: string = ROOT): ContentHash {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path.replaceAll('\\', '/')}`),
  ).filter((path) => path.endsWith('.ts'));
  return contentHash(canonicalJson(Object.fromEntries(files.map((path) => [path, contentHash(readFileSync(join(root, path), 'utf8'))]))));
}
