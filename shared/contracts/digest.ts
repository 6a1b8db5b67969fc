// What a session of a portfolio came to, as it is told to its owner and kept: the words, and what anchors them.
import * as z from 'zod';
import { canonicalJson } from './canonical-json.ts';
import { contentHashText, instantText, newYorkDateText, runIdText } from './codecs.ts';
import { jsonOf } from './json-of.ts';

export const DIGEST_SCHEMA = 1;

const digest = z.strictObject({
  schemaVersion: z.literal(DIGEST_SCHEMA),
  portfolio: z.string(),
  session: newYorkDateText,
  at: instantText,
  text: z.string(),
  /** Heads of what is stored: whoever has the mail can tell later whether that was written anew. */
  anchors: z.strictObject({
    /** The last artifact of each run, and the version of its record. */
    runs: z.array(z.strictObject({ runId: runIdText, version: z.int().positive(), head: contentHashText.exactOptional() })),
    /** Of the audit chain: what `evenkeel audit verify --anchor` takes. */
    audit: z.string().exactOptional(),
    ledger: z.strictObject({ version: z.int().positive(), head: contentHashText }).exactOptional(),
  }),
});
export type Digest = z.output<typeof digest>;

export function encodeDigest(each: Digest): string {
  return canonicalJson(z.encode(digest, each));
}

/** undefined for a text that is no digest of this release. */
export function decodeDigest(text: string): Digest | undefined {
  const parsed = z.safeDecode(digest, jsonOf(text) as z.input<typeof digest>);
  return parsed.success ? parsed.data : undefined;
}
