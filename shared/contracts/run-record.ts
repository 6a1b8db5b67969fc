// The run record: one item that holds the state, the version and the live intents of a run. One conditional
// write advances the version and is the persisted intent, so there is nothing to keep in step with it.
import * as z from 'zod';
import { canonicalJson } from './canonical-json.ts';
import { contentHashText, instantText, newYorkDateText, runIdText } from './codecs.ts';
import { executionState } from './execution-state.ts';

/** The version of the record's shape. A release reads its own and the one before it. */
export const RUN_RECORD_SCHEMA = 1;

/** Why a due run ended without trading, or that it traded and how. */
export const RUN_ENDINGS = [
  /** Traded, everything filled. */
  'completed',
  /** Traded, some of it was left, every part with its reason. */
  'completed-with-residuals',
  /** Nothing to trade: inside the band, or every trade skipped with a reason. */
  'nothing-to-trade',
  /** Refused before anything was traded. */
  'refused',
  /** An order's fate is unknown to the end: a person must look. */
  'unresolved',
] as const;
export type RunEnding = (typeof RUN_ENDINGS)[number];

const ending = z.strictObject({
  kind: z.enum(RUN_ENDINGS),
  /** For `refused`, the code of the refusal. */
  code: z.string().exactOptional(),
  detail: z.string(),
  at: instantText,
});
export type Ending = z.output<typeof ending>;

const phase = z.discriminatedUnion('kind', [
  /** Somebody is making, or died making, the plan. */
  z.strictObject({ kind: z.literal('claimed') }),
  /** The plan is frozen and waits for its owner's yes. */
  z.strictObject({ kind: z.literal('awaiting-approval'), execution: executionState }),
  z.strictObject({ kind: z.literal('executing'), execution: executionState }),
  z.strictObject({ kind: z.literal('ended'), ending, execution: executionState.exactOptional() }),
]);

/** The chain: each artifact names the hash of the one before it. */
export const ARTIFACT_KINDS = ['snapshot', 'decision', 'plan', 'review', 'outcome'] as const;
export type ArtifactKind = (typeof ARTIFACT_KINDS)[number];

const runRecord = z.strictObject({
  schemaVersion: z.literal(RUN_RECORD_SCHEMA),
  runId: runIdText,
  /** 1 when claimed; each write adds exactly 1. */
  version: z.number().int().positive(),
  portfolio: z.string(),
  schedule: z.string(),
  session: newYorkDateText,
  scheduledTime: instantText,
  claimedAt: instantText,
  updatedAt: instantText,
  artifacts: z.partialRecord(z.enum(ARTIFACT_KINDS), contentHashText),
  phase,
});
export type RunRecord = z.output<typeof runRecord>;

/** A stored record that this release cannot read. Nothing may be traded on it. */
export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord';
}

export function encodeRunRecord(record: RunRecord): string {
  return canonicalJson(z.encode(runRecord, record));
}

/** @throws UnreadableRecord for another schema version or a record that is not whole. */
export function decodeRunRecord(text: string): RunRecord {
  const json = parseJson(text);
  const found = z.looseObject({ schemaVersion: z.unknown() }).safeParse(json);
  if (found.success && found.data.schemaVersion !== RUN_RECORD_SCHEMA) {
    throw new UnreadableRecord(
      `run record has schema version ${String(found.data.schemaVersion)}, this release reads ${RUN_RECORD_SCHEMA}`,
    );
  }
  const parsed = z.safeDecode(runRecord, json as z.input<typeof runRecord>);
  if (!parsed.success) throw new UnreadableRecord(`run record is not whole: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnreadableRecord('run record is not JSON', { cause });
  }
}
