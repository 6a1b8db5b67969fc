// Lives every variant of a family through the same prices, the file itself among them. What they share is the end of each.
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import { backtest } from '../../backtest/backtest.ts';
import type { BacktestOptions } from '../../backtest/backtest-options.ts';
import type { PriceTable } from '../../backtest/price-table.ts';
import { type ReadVariant, readVariant, type SweptKind } from '../../sweep/run-variant.ts';
import type { Variant } from '../../sweep/vary.ts';

export interface ReadFamilyMember extends Pick<Variant, 'values'> {
  readonly read: ReadVariant;
}

export interface LivedFamily {
  /** The close before the first bar that all of them have. */
  readonly start: NewYorkDate;
  readonly dates: readonly NewYorkDate[];
  readonly riskFree: Float64Array;
  readonly lived: readonly { readonly values: Variant['values']; readonly returns: Float64Array }[];
  /** A variant that cannot be is a trial all the same. */
  readonly refused: readonly { readonly values: Variant['values']; readonly detail: string }[];
}

export function readFamily(kind: SweptKind, variants: readonly Variant[]): readonly ReadFamilyMember[] {
  return variants.map(({ values, text }) => ({ values, read: readVariant(kind, text) }));
}

/** Undefined where none of them has a bar. */
export function liveFamily(members: readonly ReadFamilyMember[], prices: PriceTable, options: BacktestOptions): LivedFamily | undefined {
  const refused: { values: Variant['values']; detail: string }[] = [];
  const results = members.flatMap(({ values, read }) => {
    if (read.kind === 'refused') {
      const [first] = read.problems;
      refused.push({ values, detail: `${first?.path ?? ''}: ${JSON.stringify(first?.value)}, expected ${first?.expected ?? ''}` });
      return [];
    }
    const result = backtest(read.subject, prices, options);
    if (result.kind === 'result') return [{ values, result }];
    refused.push({ values, detail: `${result.code}: ${result.detail}` });
    return [];
  });
  const shortest = results.toSorted((a, b) => a.result.dates.length - b.result.dates.length)[0]?.result;
  const bars = shortest?.dates.length ?? 0;
  if (shortest === undefined || bars === 0) return undefined;
  return {
    start: shortest.start.date,
    dates: shortest.dates,
    riskFree: shortest.riskFree,
    lived: results.map(({ values, result }) => ({ values, returns: result.returns.subarray(result.returns.length - bars) })),
    refused,
  };
}
