// What a sweep has finished, one line each, only ever added to: it may end at any moment and goes on from there. It refuses to go on
// from the log of another sweep, or of this one by other code.

import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import type { ContentHash } from '../../shared/core/values/identity.ts';
import type { BacktestOptions } from '../backtest/backtest-options.ts';
import { priceHash } from '../backtest/price-hash.ts';
import type { PriceTable } from '../backtest/price-table.ts';
import type { VariantRow } from './run-variant.ts';
import type { Vary } from './vary.ts';

export interface SweepInputs {
  readonly version: string;
  /** Of the program that reckons it: rows of two programs are no rows of one sweep. */
  readonly source: ContentHash;
  readonly text: string;
  readonly varies: readonly Vary[];
  readonly prices: PriceTable;
  readonly options: BacktestOptions;
}

/** The first line of a log. */
export interface SweepHead {
  /** The identity of the sweep. */
  readonly sweep: ContentHash;
  readonly source: ContentHash;
}

export interface SweepLog {
  readonly finished: readonly VariantRow[];
  add(row: VariantRow): void;
  close(): void;
}

export type OpenedSweepLog =
  | { readonly kind: 'open'; readonly log: SweepLog }
  | { readonly kind: 'of-another-sweep' }
  /** By the hash of their sources. */
  | { readonly kind: 'of-other-code'; readonly begunBy: ContentHash }
  | { readonly kind: 'exists' };

/** Names everything that a row depends on. */
export function sweepIdentity({ version, source, text, varies, prices, options }: SweepInputs): ContentHash {
  const hash = createHash('sha256').update(JSON.stringify([version, source, text, varies]));
  hash.update(JSON.stringify(options, (_, value: unknown) => (value instanceof Float64Array ? [...value] : value)));
  for (const column of prices.columns) hash.update(priceHash(column));
  return hash.digest('hex');
}

/**
 * @param resume whether a log that is there may be gone on with.
 * @throws where the file cannot be read or written.
 */
export function openSweepLog(file: string, by: SweepHead, resume: boolean): OpenedSweepLog {
  const text = textOf(file);
  if (text !== undefined && !resume) return { kind: 'exists' };
  // A line that was cut off was not finished: what follows is written over it.
  const whole = (text ?? '').slice(0, (text ?? '').lastIndexOf('\n') + 1);
  const [head, ...lines] = whole.split('\n').slice(0, -1);
  if (head !== undefined && head !== headOf(by)) return otherThan(by, head);
  if (text !== undefined) truncateSync(file, Buffer.byteLength(whole));
  const handle = openSync(file, 'a');
  if (head === undefined) writeSync(handle, `${headOf(by)}\n`);
  return {
    kind: 'open',
    log: {
      finished: lines.map((line) => JSON.parse(line) as VariantRow),
      add: (row) => void writeSync(handle, `${JSON.stringify(row)}\n`),
      close() {
        fsyncSync(handle);
        closeSync(handle);
      },
    },
  };
}

function headOf({ sweep, source }: SweepHead): string {
  return JSON.stringify({ sweep, source });
}

/** A log that does not say by which code it was begun is just another one. */
function otherThan({ source }: SweepHead, head: string): OpenedSweepLog {
  const { source: begunBy } = JSON.parse(head) as Partial<SweepHead>;
  return begunBy === undefined || begunBy === source ? { kind: 'of-another-sweep' } : { kind: 'of-other-code', begunBy };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
