// Which code judged, as far as a program can say of itself: a hash of the sources that read, decide, price and judge, from the disk
// it runs from. Packages and Node are named by nothing but the release.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, contentHash } from '../../contracts/canonical-json.ts';
import type { ContentHash } from '../../core/values/identity.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** All of `shared`: the adapters solve what a construction asks, and say what a close is, before the core decides by it. */
const FOLDERS = ['research', 'shared'];

/** @param root of the checkout. */
export function sourceHash(root: string = ROOT): ContentHash {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path.replaceAll('\\', '/')}`),
  ).filter((path) => path.endsWith('.ts'));
  return contentHash(canonicalJson(Object.fromEntries(files.map((path) => [path, contentHash(readFileSync(join(root, path), 'utf8'))]))));
}
