// What the trial ledger keeps: one entry a line, each with the hash of the one before, so that nothing can be changed, put in or
// taken out without breaking the chain. A tail that is gone shows only to whoever kept a later hash: verdicts do.
import * as z from 'zod';
import type { ContentHash } from '../core/values/identity.ts';
import type { EpochMs } from '../core/values/time.ts';
import { canonicalJson, contentHash } from './canonical-json.ts';
import { contentHashText as hash, instantText, newYorkDateText } from './codecs.ts';
import { jsonOf } from './json-of.ts';
import { name } from './name.ts';

const hypothesis = name;
const span = z.strictObject({ first: newYorkDateText, last: newYorkDateText });
/** Sharpe a bar of excess returns; null where it is not defined. */
const measured = { bars: z.number().int().nonnegative(), sharpe: z.number().nullable() };

const trialFact = z.discriminatedUnion('kind', [
  /** The hypothesis as it was written down before anything was tried, by the hash of its document. */
  z.strictObject({ kind: z.literal('registered'), hypothesis, document: hash, trialsMax: z.number().int().positive(), holdout: span }),
  /**
   * Written before the evaluation begins: one that nobody waited for has been made too. `variant` is the hash of the file and its
   * parameters, `strategy` that of what they decide: the same under every name, and absent where it was not told.
   */
  z.strictObject({ kind: z.literal('trial'), hypothesis, variant: hash, strategy: hash.exactOptional(), parameters: z.string(), span }),
  /** `trial` is the hash of its entry. */
  z.strictObject({ kind: z.literal('trial-ended'), hypothesis, trial: hash, ...measured }),
  z.strictObject({ kind: z.literal('trial-failed'), hypothesis, trial: hash, reason: z.string() }),
  /** Written before anything of the holdout is looked at. */
  z.strictObject({ kind: z.literal('holdout-opened'), hypothesis, variant: hash, by: z.string().min(1) }),
  /** `netReturn` over the whole holdout, after costs and less cash, a part of one. */
  z.strictObject({ kind: z.literal('holdout-ended'), hypothesis, netReturn: z.number().nullable(), ...measured }),
  /** A write that was cut off in the middle, which nobody was told had succeeded, was taken away. */
  z.strictObject({ kind: z.literal('tail-cut'), bytes: z.number().int().positive(), content: hash }),
]);
export type TrialFact = z.output<typeof trialFact>;
export type HypothesisFact = Exclude<TrialFact, { readonly kind: 'tail-cut' }>;

const sealedFields = {
  sequence: z.number().int().nonnegative(),
  at: instantText,
  /** Null for the first. */
  previous: hash.nullable(),
  fact: trialFact,
};
const unsealed = z.strictObject(sealedFields);
const trialEntry = z.strictObject({ ...sealedFields, hash });
export type TrialEntry = Readonly<z.output<typeof trialEntry>>;

/** The entry that follows another, or begins a ledger. */
export function trialEntryAfter(before: TrialEntry | undefined, fact: TrialFact, at: EpochMs): TrialEntry {
  const entry = { sequence: before === undefined ? 0 : before.sequence + 1, at, previous: before?.hash ?? null, fact };
  return { ...entry, hash: hashOf(entry) };
}

/** One line, without its end. */
export function encodeTrialEntry(entry: TrialEntry): string {
  return canonicalJson(z.encode(trialEntry, entry));
}

/** undefined when the line is not the whole entry that follows `before`. */
export function decodeTrialEntry(line: string, before: TrialEntry | undefined): TrialEntry | undefined {
  const json = jsonOf(line) as z.input<typeof trialEntry>;
  const entry = z.safeDecode(trialEntry, json).data;
  if (entry === undefined || entry.previous !== (before?.hash ?? null)) return undefined;
  if (entry.sequence !== (before === undefined ? 0 : before.sequence + 1)) return undefined;
  const { hash: claimed, ...rest } = entry;
  return claimed === hashOf(rest) ? entry : undefined;
}

function hashOf(entry: Omit<TrialEntry, 'hash'>): ContentHash {
  return contentHash(canonicalJson(z.encode(unsealed, entry)));
}
