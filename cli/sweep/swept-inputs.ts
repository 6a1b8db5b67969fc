// Everything that a sweep is made of, from what was typed: the text, its variants, the prices that any of them may look at.
import description from '../../package.json' with { type: 'json' };
import { priceTable } from '../../research/backtest/price-table.ts';
import { readVariant, type SweptKind } from '../../research/sweep/run-variant.ts';
import { type SweepInputs, sweepIdentity } from '../../research/sweep/sweep-log.ts';
import { type Variant, type Vary, variantsOf } from '../../research/sweep/vary.ts';
import { symbolsOf, watchedSymbols } from '../../shared/core/strategy/evaluate.ts';
import type { ContentHash } from '../../shared/core/values/identity.ts';
import { type AskedBacktest, backtestOptions } from '../backtest/asked-options.ts';
import { CommandFailure } from '../failure.ts';
import { readPrices } from '../price-folders.ts';
import { sweptText } from './swept-text.ts';

export interface AskedInputs extends Pick<AskedBacktest, 'prices' | 'from' | 'to' | 'cash' | 'costBps' | 'slippage'> {
  readonly vary: readonly string[];
}

export interface SweptInputs {
  readonly kind: SweptKind;
  readonly inputs: SweepInputs;
  readonly identity: ContentHash;
  readonly variant: (place: number) => Variant;
  readonly count: number;
}

/** As `evenkeel backtest` takes where nothing else is said. */
const USUAL = {
  cashRate: '0%',
  commissionBps: '0',
  borrowBps: '50',
  impact: '1',
  fees: 'dated',
  dividends: 'reinvested',
  weights: 'whole',
} as const;

/** @throws CommandFailure, exit 2, for input that cannot be used. */
export async function sweptInputs(file: string, asked: AskedInputs): Promise<SweptInputs> {
  const options = backtestOptions({ ...USUAL, ...asked });
  const varies = asked.vary.map(varyOf);
  const { kind, text } = await sweptText(file);
  const made = variantsOf(text, varies);
  if (made.kind === 'refused') {
    const flaws = made.flaws.map(({ path, value, expected }) => `--vary ${path}=${value}: expected ${expected}`);
    throw new CommandFailure('usage', flaws.join('\n'), { exitCode: 2 });
  }
  const prices = priceTable(
    readPrices(asked.prices, symbolsIn(kind, made.variant, varies)),
    kind === 'portfolio' ? 'equities' : calendarOf(kind, text),
  );
  const inputs = { version: description.version, text, varies, prices, options };
  return { kind, inputs, identity: sweepIdentity(inputs), variant: made.variant, count: made.count };
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

/** A path may change which symbols are held: those that any one value brings, with the first of all others beside it. */
function symbolsIn(kind: SweptKind, variant: (place: number) => { readonly text: string }, varies: readonly Vary[]): string[] {
  const symbols = new Set<string>();
  let stride = 1;
  for (const { values } of varies.toReversed()) {
    for (const [at] of values.entries()) {
      const read = readVariant(kind, variant(at * stride).text);
      if (read.kind === 'refused') continue;
      for (const { strategy } of read.subject.sleeves)
        for (const symbol of [...symbolsOf(strategy), ...watchedSymbols(strategy)]) symbols.add(symbol);
    }
    stride *= values.length;
  }
  return [...symbols];
}

function calendarOf(kind: SweptKind, text: string) {
  const read = readVariant(kind, text);
  return read.kind === 'refused' ? 'equities' : read.subject.calendar;
}
