// A row as it comes back from the cloud, with what the trial ledger asks of a variant's returns: one line of text.
import * as z from 'zod';
import { contentHashText as hash, newYorkDateText } from '../../../shared/contracts/codecs.ts';
import { shapeOf } from '../../validation/statistics/return-shape.ts';
import { type RanVariant, SWEPT_METRICS, type VariantRow } from '../run-variant.ts';

export interface BatchLine {
  readonly row: VariantRow;
  /** Of the returns less those of cash; none of a variant that was refused. */
  readonly bars: number;
  /** A bar; null where it is not defined. */
  readonly sharpe: number | null;
}

const line: z.ZodType<BatchLine> = z.strictObject({
  row: z.strictObject({
    place: z.int().nonnegative(),
    values: z.record(z.string(), z.string()),
    variant: hash,
    outcome: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('result'),
        start: newYorkDateText,
        end: newYorkDateText,
        metrics: z.record(z.enum(SWEPT_METRICS), z.number().nullable()),
        returns: hash,
      }),
      z.strictObject({ kind: z.literal('refused'), detail: z.string() }),
    ]),
  }),
  bars: z.int().nonnegative(),
  sharpe: z.number().nullable(),
});

export function encodeLine({ row, excess }: RanVariant): string {
  return JSON.stringify({ row, bars: excess.length, sharpe: shapeOf(excess)?.sharpe ?? null } satisfies BatchLine);
}

/** @throws Error for a text that is none. */
export function decodeLine(text: string): BatchLine {
  // Kept in the order in which it was written: a row has the same bytes wherever it was run.
  const written = JSON.parse(text) as BatchLine;
  const parsed = line.safeParse(written);
  if (!parsed.success) throw new Error(`a row of the sweep is not whole: ${z.prettifyError(parsed.error)}`);
  return written;
}
