// What lies beside a live portfolio, or was deployed beside it, to let it trade: signed documents, the keys that may sign them, and
// which code they have to be about.
import * as z from 'zod';
import type { ContentHash } from '../../core/values/identity.ts';
import type { EpochMs } from '../../core/values/time.ts';
import { canonicalJson } from '../canonical-json.ts';
import { jsonOf } from '../json-of.ts';
import { publicKeyText } from './signing-keys.ts';

export interface LiveDocuments {
  /** Of the code beside which they lie. */
  readonly source: ContentHash;
  /** Public keys whose signatures count. */
  readonly keys: readonly string[];
  /** Signed verdicts and policy checks, as they are written; `name` is that of the file, for people. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** When they were looked at; left out of what is deployed, which was looked at before. */
  readonly asOf?: EpochMs;
}

/** Beside the portfolio files of a deployment; in it, under the name of each. */
export const LIVE_DOCUMENTS_FOLDER = 'live';

export const NO_DOCUMENTS: LiveDocuments = { source: '', keys: [], files: [] };

const liveDocuments = z.strictObject({
  source: z.string().regex(/^[0-9a-f]{64}$/),
  keys: z.array(publicKeyText),
  files: z.array(z.strictObject({ name: z.string(), text: z.string() })),
});

export function encodeLiveDocuments({ source, keys, files }: LiveDocuments): string {
  return `${canonicalJson({ source, keys, files })}\n`;
}

/** undefined for a text that is none. */
export function decodeLiveDocuments(text: string): LiveDocuments | undefined {
  return liveDocuments.safeParse(jsonOf(text)).data;
}
