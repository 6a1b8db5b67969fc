// Lives every variant of a family through the same prices, the file itself among them. What they share is the end of each.
import type { Problem } from '../../../shared/contracts/problem.ts';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import { backtest } from '../../backtest/backtest.ts';
import type { BacktestOptions } from '../../backtest/backtest-options.ts';
import type { BacktestResult } from '../../backtest/backtest-result.ts';
import type { PriceTable } from '../../backtest/price-table.ts';
import { excessOf } from '../../metrics/ratios.ts';
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

/** What is done around each, such as counting it; `live` gives its returns less cash, none where it is refused. */
export type AroundMember = (values: Variant['values'], live: () => Float64Array) => Promise<void>;

/** Undefined where none of them has a bar. @throws whatever `around` throws. */
export async function liveFamily(
  members: readonly ReadFamilyMember[],
  prices: PriceTable,
  options: BacktestOptions,
  around: AroundMember,
): Promise<LivedFamily | undefined> {
  const refused: { values: Variant['values']; detail: string }[] = [];
  const results: { values: Variant['values']; result: BacktestResult }[] = [];
  for (const { values, read } of members) {
    await around(values, () => {
      const lived = read.kind === 'refused' ? problemText(read.problems) : backtest(read.subject, prices, options);
      if (typeof lived !== 'string' && lived.kind === 'result') {
        results.push({ values, result: lived });
        return excessOf(lived.returns, lived.riskFree);
      }
      refused.push({ values, detail: typeof lived === 'string' ? lived : `${lived.code}: ${lived.detail}` });
      return new Float64Array(0);
    });
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

function problemText([first]: readonly Problem[]): string {
  return `${first?.path ?? ''}: ${JSON.stringify(first?.value)}, expected ${first?.expected ?? ''}`;
}
