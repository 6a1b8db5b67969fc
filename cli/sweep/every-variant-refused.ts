// Variants of which none could be lived: whoever waits for the exit code alone has to learn that nothing was measured.
import type { VariantRow } from '../../research/sweep/run-variant.ts';
import { CommandFailure } from '../failure.ts';

/** Undefined where one was measured. @param rows of the variants that were tried. */
export function everyVariantRefused(rows: readonly VariantRow[]): CommandFailure | undefined {
  const [first] = rows;
  if (first?.outcome.kind !== 'refused' || rows.some(({ outcome }) => outcome.kind === 'result')) return undefined;
  const all = rows.length === 1 ? 'the only variant is' : `all ${rows.length} variants are`;
  return new CommandFailure('every-variant-refused', `${all} refused, the first because of ${first.outcome.detail}`, { exitCode: 1 });
}
