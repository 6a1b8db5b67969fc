// What is swept, as one input in the cloud: everything that a row depends on, and one row that whoever asks has reckoned himself. A
// function that was made of other sources, or comes to another row, would reckon no rows of this sweep.
import { contentHash } from '../../../shared/contracts/canonical-json.ts';
import type { ContentHash } from '../../../shared/core/values/identity.ts';
import type { SweepStore } from '../../../shared/ports/sweep-store.ts';
import type { BacktestOptions } from '../../backtest/backtest-options.ts';
import type { PriceTable } from '../../backtest/price-table.ts';
import { runVariant, type SweptKind } from '../run-variant.ts';
import { type SweepInputs, sweepIdentity } from '../sweep-log.ts';
import type { SweepWork } from '../variant-pool.ts';
import { type Variant, variantsOf } from '../vary.ts';
import { encodeLine } from './batch-line.ts';
import { decodePrices, encodePrices } from './price-bytes.ts';

export interface Witness {
  readonly place: number;
  /** Its line, as it must come out. */
  readonly line: string;
}

interface WrittenWork extends Omit<SweepInputs, 'prices'> {
  readonly kind: SweptKind;
  readonly prices: ContentHash;
  readonly witness: Witness;
}

/** The work of a sweep, opened: what a batch needs. */
export interface OpenedWork extends SweepWork {
  readonly variant: (place: number) => Variant;
  readonly count: number;
}

/** Puts the prices where the functions find them. */
export function keepPrices(store: SweepStore, prices: PriceTable): Promise<ContentHash> {
  return store.keepInput(encodePrices(prices));
}

/** @param work of which the prices are kept already. */
export function keepWork(store: SweepStore, work: WrittenWork): Promise<ContentHash> {
  return store.keepInput(Buffer.from(JSON.stringify(work, floatsAsNumbers)));
}

/** @param source of whoever reckons it. @throws Error where it is of other code, not of this sweep, or comes to another witness here. */
export async function openWork(
  { store, source }: { readonly store: SweepStore; readonly source: ContentHash },
  sweep: ContentHash,
  hash: ContentHash,
): Promise<OpenedWork> {
  const { kind, witness, ...written } = JSON.parse(Buffer.from(await store.input(hash)).toString('utf8')) as WrittenWork;
  if (written.source !== source) throw new OtherCode(written.source, source);
  const { text, varies } = written;
  const options = withFloats(written.options);
  const prices = decodePrices(await store.input(written.prices));
  const found = sweepIdentity({ ...written, options, prices });
  if (found !== sweep) throw new Error(`the work ${hash} is of the sweep ${found}, not of ${sweep}`);
  const made = variantsOf(text, varies);
  if (made.kind === 'refused') throw new Error(`the work ${hash} has varies that are refused`);
  const line = encodeLine(runVariant(kind, made.variant(witness.place), prices, options));
  if (line !== witness.line) throw new OtherFigures(witness, line);
  return { kind, prices, options, variant: made.variant, count: made.count };
}

/** The rows of these places, a line each. */
export function runBatch({ kind, prices, options, variant, count }: OpenedWork, places: readonly number[]): string {
  const beyond = places.find((place) => place >= count);
  if (beyond !== undefined) throw new RangeError(`there is no variant ${beyond} among ${count}`);
  return places.map((place) => `${encodeLine(runVariant(kind, variant(place), prices, options))}\n`).join('');
}

export class OtherCode extends Error {
  override readonly name = 'OtherCode';

  constructor(asked: ContentHash, found: ContentHash) {
    super(`the sweep was begun by the code ${asked.slice(0, 12)}, and the function is of the code ${found.slice(0, 12)}`);
  }
}

export class OtherFigures extends Error {
  override readonly name = 'OtherFigures';

  constructor({ place, line }: Witness, found: string) {
    const differ = `variant ${place} is ${contentHash(found).slice(0, 8)} here and ${contentHash(line).slice(0, 8)} where the sweep was begun`;
    super(`${differ}: the function is of another architecture, or has other packages`);
  }
}

function floatsAsNumbers(_: string, value: unknown): unknown {
  return value instanceof Float64Array ? [...value] : value;
}

function withFloats(options: BacktestOptions): BacktestOptions {
  const { cash } = options;
  return cash.kind === 'annual' ? options : { ...options, cash: { ...cash, rates: Float64Array.from(cash.rates) } };
}
