// Lives every variant of a family through the same prices, the file itself among them. What they share is the end of each.
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import type { BacktestOptions } from '../../backtest/backtest-options.ts';
import type { BacktestResult } from '../../backtest/backtest-result.ts';
import type { PriceTable } from '../../backtest/price-table.ts';
import type { AroundVariant } from '../../sweep/count-variants.ts';
import { measureVariant, type SweptKind } from '../../sweep/run-variant.ts';
import type { Variant } from '../../sweep/vary.ts';

export interface LivedFamily {
  /** The close before the first bar that all of them have. */
  readonly start: NewYorkDate;
  readonly dates: readonly NewYorkDate[];
  readonly riskFree: Float64Array;
  readonly lived: readonly { readonly values: Variant['values']; readonly returns: Float64Array }[];
  /** A variant that cannot be is a trial all the same. */
  readonly refused: readonly { readonly values: Variant['values']; readonly detail: string }[];
}

/** Undefined where none of them has a bar. @param around such as counting it as a trial. @throws whatever `around` throws. */
export async function liveFamily(
  kind: SweptKind,
  variants: readonly Variant[],
  prices: PriceTable,
  options: BacktestOptions,
  around: AroundVariant,
): Promise<LivedFamily | undefined> {
  const refused: { values: Variant['values']; detail: string }[] = [];
  const results: { values: Variant['values']; result: BacktestResult }[] = [];
  for (const variant of variants) {
    const { values } = variant;
    const { row } = await around(variant, async () => {
      const { ran, result } = measureVariant(kind, variant, prices, options);
      if (result !== undefined) results.push({ values, result });
      return ran;
    });
    if (row.outcome.kind === 'refused') refused.push({ values, detail: row.outcome.detail });
  }
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
