// The manifest of an exported folder: what is in it, byte for byte. It is written last, so a folder without one is not whole.
import * as z from 'zod';
import { contentHashText, instantText } from './codecs.ts';
import { jsonOf } from './json-of.ts';

export const EXPORT_SCHEMA = 1;
export const MANIFEST_FILE = 'manifest.json';

/** Below the folder, with `/` on every system, and never out of it. */
const path = z.string().regex(/^[a-z0-9][a-z0-9-]*(?:\/[a-z0-9][a-z0-9-]*)*\.(?:json|jsonl)$/);

const exportManifest = z.strictObject({
  kind: z.literal('evenkeel-export'),
  schemaVersion: z.literal(EXPORT_SCHEMA),
  madeAt: instantText,
  portfolios: z.array(
    z.strictObject({
      portfolio: z.string(),
      runs: z.number().int().nonnegative(),
      artifacts: z.number().int().nonnegative(),
      ledgerBatches: z.number().int().nonnegative(),
      switchTurns: z.number().int().nonnegative(),
      digests: z.number().int().nonnegative(),
      links: z.number().int().nonnegative(),
    }),
  ),
  /** What records point to and the store did not give whole: there was nothing to export. */
  missing: z.array(z.string()),
  /** By path. */
  files: z.array(z.strictObject({ path, bytes: z.number().int().nonnegative(), sha256: contentHashText })),
});
export type ExportManifest = z.output<typeof exportManifest>;
export type ExportedFile = ExportManifest['files'][number];

/** Indented: it is also for people. */
export function encodeManifest(manifest: ExportManifest): string {
  return `${JSON.stringify(z.encode(exportManifest, manifest), undefined, 2)}\n`;
}

/** undefined for a text that is no manifest, or one of another version. */
export function decodeManifest(text: string): ExportManifest | undefined {
  const json = jsonOf(text) as z.input<typeof exportManifest>;
  return z.safeDecode(exportManifest, json).data;
}
