// What the chosen variant would have earned at twice the slippage, where there was any: twice nothing is nothing, and says nothing.
import type { Hypothesis } from '../../shared/contracts/hypothesis/hypothesis-file.ts';
import { backtest } from '../backtest/backtest.ts';
import type { PriceTable } from '../backtest/price-table.ts';
import type { DecisionsOf } from '../backtest/sleeve-decisions.ts';
import { claimOptions } from './claim.ts';
import type { TriedVariant } from './try-variants.ts';

/** Undefined where no fill paid a spread or an impact, and where a record of other bars comes of it. */
export function atDoubleSlippage(
  { variant, result }: TriedVariant,
  hypothesis: Hypothesis,
  prices: PriceTable,
  decisionsOf: DecisionsOf,
): Float64Array | undefined {
  const isPaid = [result.paid.spread, result.paid.impact].some((column) => column.some((each) => each > 0));
  if (!isPaid) return undefined;
  const doubled = backtest(variant.subject, prices, claimOptions(hypothesis, 2), decisionsOf);
  return doubled.kind === 'result' && doubled.returns.length === result.returns.length ? doubled.returns : undefined;
}
