// A link of a portfolio's audit chain: what a run had become when it ended, where in the chain it stands, and what stood
// before it, under a key that the store of the chain does not hold. Who can write the store, and nothing else, can forge none.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { type ContentHash, type RunId, SHA256_PATTERN } from '../core/values/identity.ts';
import { canonicalJson, contentHash } from './canonical-json.ts';
import { contentHashText, runIdText } from './codecs.ts';
import { jsonOf } from './json-of.ts';
import { encodeRunRecord, type RunRecord } from './run-record.ts';

/** Hex, of HMAC-SHA256. */
const mac = z.string().regex(SHA256_PATTERN);

const link = z.strictObject({
  portfolio: z.string(),
  /** 1, 2, 3 … */
  sequence: z.number().int().positive(),
  /** The code of the link before; absent in the first. */
  previous: mac.exactOptional(),
  runId: runIdText,
  /** Of the run record as it ended, which names the hashes of its artifacts. */
  record: contentHashText,
  /** Head of the portfolio's ledger when this was written; absent where there was none. */
  ledger: contentHashText.exactOptional(),
  /** Names the key, and does not tell it: another key is told from an edited link. */
  key: z.string().regex(/^[0-9a-f]{8}$/),
});
const sealedLink = z.strictObject({ link, mac });

export type AuditLink = z.output<typeof link>;
export type SealedLink = z.output<typeof sealedLink>;

/** A link as it lies in the store. Who verifies looks at the text: one that cannot be read is a finding, not a fault. */
export interface StoredLink {
  /** Where it lies, which is what it should say of itself. */
  readonly position: number;
  readonly text: string;
}

/** Secret text of at least this many characters. */
export const AUDIT_KEY_LENGTH_MIN = 32;

/** What is sealed with, and what was sealed with before the key was changed. */
export interface AuditKeyring {
  readonly key: string;
  readonly retired: readonly string[];
}

export interface NextLink {
  readonly portfolio: string;
  readonly runId: RunId;
  readonly record: ContentHash;
  readonly ledger: ContentHash | undefined;
}

/** The link that follows `before`, or the first. */
export function sealLink(before: SealedLink | undefined, { ledger, ...next }: NextLink, key: string): SealedLink {
  const made: AuditLink = {
    ...next,
    sequence: (before?.link.sequence ?? 0) + 1,
    ...(before === undefined ? {} : { previous: before.mac }),
    ...(ledger === undefined ? {} : { ledger }),
    key: auditKeyName(key),
  };
  return { link: made, mac: macOf(made, key) };
}

/** `unknown-key`: it may be whole, and none of these keys can say so. */
export function verifyLink({ link: claimed, mac: found }: SealedLink, { key, retired }: AuditKeyring): 'whole' | 'forged' | 'unknown-key' {
  const sealedWith = [key, ...retired].find((each) => auditKeyName(each) === claimed.key);
  if (sealedWith === undefined) return 'unknown-key';
  return timingSafeEqual(Buffer.from(macOf(claimed, sealedWith)), Buffer.from(found)) ? 'whole' : 'forged';
}

/** What a link says of a run. An ended record never changes, and so neither does this. */
export function recordHash(record: RunRecord): ContentHash {
  return contentHash(encodeRunRecord(record));
}

export function encodeLink(sealed: SealedLink): string {
  return canonicalJson(sealed);
}

/** undefined for a text that is no link, or has another spelling than the canonical one. */
export function decodeLink(text: string): SealedLink | undefined {
  const parsed = sealedLink.safeParse(jsonOf(text));
  return parsed.success && encodeLink(parsed.data) === text ? parsed.data : undefined;
}

function macOf(made: AuditLink, key: string): string {
  return createHmac('sha256', key).update(canonicalJson(made), 'utf8').digest('hex');
}

function auditKeyName(key: string): string {
  return createHash('sha256').update(`evenkeel audit key ${key}`, 'utf8').digest('hex').slice(0, 8);
}
