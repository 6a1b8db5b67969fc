// The variants that a person asked for: a file, what of it is varied, and the prices that any of them needs.
import { availableParallelism } from 'node:os';
import { type PriceTable, priceTable } from '../../research/backtest/price-table.ts';
import { type Subject, symbolsOfSubject } from '../../research/backtest/subject.ts';
import { readVariant, type SweptKind } from '../../research/sweep/run-variant.ts';
import { type Variant, type Vary, variantsOf } from '../../research/sweep/vary.ts';
import { CommandFailure } from '../failure.ts';
import { readPrices } from '../price-folders.ts';
import { sweptText } from './swept-text.ts';

export interface AskedVariants {
  readonly kind: SweptKind;
  /** Whole: what the file names is in it. */
  readonly text: string;
  readonly varies: readonly Vary[];
  readonly count: number;
  readonly variant: (place: number) => Variant;
}

const WORKERS_MAX = 256;

/** @param vary as it was typed, `path=value,value`. @throws CommandFailure, exit 2 */
export async function askedVariants(file: string, vary: readonly string[]): Promise<AskedVariants> {
  const varies = vary.map(varyOf);
  const { kind, text } = await sweptText(file);
  const made = variantsOf(text, varies);
  if (made.kind === 'variants') return { kind, text, varies, count: made.count, variant: made.variant };
  const flaws = made.flaws.map(({ path, value, expected }) => `--vary ${path}=${value}: expected ${expected}`);
  throw new CommandFailure('usage', flaws.join('\n'), { exitCode: 2 });
}

/** A path may change what is held: each value once, with the first of all others beside it. What cannot be read is left out; where nothing can, the file as it is. */
export function subjectsOf({ kind, text, variant, varies }: AskedVariants): readonly Subject[] {
  const subjects: Subject[] = [];
  let stride = 1;
  for (const { values } of varies.toReversed()) {
    for (const [at] of values.entries()) {
      const read = readVariant(kind, variant(at * stride).text);
      if (read.kind === 'subject') subjects.push(read.subject);
    }
    stride *= values.length;
  }
  if (subjects.length > 0) return subjects;
  const own = readVariant(kind, text);
  return own.kind === 'subject' ? [own.subject] : [];
}

/** All that any of them holds or looks at. */
export function symbolsOfSubjects(subjects: readonly Subject[]): ReadonlySet<string> {
  return new Set(subjects.flatMap(symbolsOfSubject));
}

/** @param beside symbols that no variant holds, such as a benchmark. @throws CommandFailure, exit 2 */
export function pricesOfVariants(variants: AskedVariants, folders: readonly string[], beside: readonly string[] = []): PriceTable {
  const { kind, text } = variants;
  const symbols = new Set([...symbolsOfSubjects(subjectsOf(variants)), ...beside]);
  const read = readVariant(kind, text);
  const calendar = kind === 'portfolio' || read.kind === 'refused' ? 'equities' : read.subject.calendar;
  return priceTable(readPrices(folders, [...symbols]), calendar);
}

/** @throws CommandFailure, exit 2 */
export function workersOf(text: string | undefined): number {
  if (text === undefined) return availableParallelism();
  const workers = Number(text);
  if (/^\d{1,3}$/.test(text) && workers >= 1 && workers <= WORKERS_MAX) return workers;
  throw new CommandFailure('usage', `--workers ${JSON.stringify(text)}: expected a whole number from 1 to ${WORKERS_MAX}`, { exitCode: 2 });
}

function varyOf(text: string): Vary {
  const at = text.indexOf('=');
  if (at <= 0)
    throw new CommandFailure('usage', `--vary ${JSON.stringify(text)}: expected a path and values such as tree.filter.top=1,2,3`, {
      exitCode: 2,
    });
  return {
    path: text.slice(0, at),
    values: text
      .slice(at + 1)
      .split(',')
      .map((value) => value.trim()),
  };
}
