// What a report has to say of a verdict that it takes: that other code judged it, or other prices. A signature says neither.
import type { PriceTable } from '../../research/backtest/price-table.ts';
import { sameData } from '../../research/hypothesis/same-data.ts';
import type { VerdictDocument } from '../../shared/contracts/hypothesis/verdict-document.ts';
import type { Sleeve } from '../../shared/contracts/portfolio-policy.ts';
import { symbolsOf, watchedSymbols } from '../../shared/core/strategy/evaluate.ts';

/** Sentences; none where it is of this code, and of these prices as far as that can be told. @param source the hash of this code. */
export function verdictDoubts(
  document: VerdictDocument,
  { strategy }: Pick<Sleeve, 'strategy'>,
  prices: PriceTable,
  source: string,
): readonly string[] {
  const { code, benchmark } = document;
  const data = sameData(document, prices, new Set([...symbolsOf(strategy), ...watchedSymbols(strategy), benchmark]));
  return [
    ...(code.source === source
      ? []
      : [`It is of other code, that of evenkeel ${code.version}: evenkeel hypothesis renew tells whether this one decides the same.`]),
    ...(data === 'other' ? ['It is on other prices than this report, or on more symbols than its strategy names.'] : []),
    ...(data === 'other-holdout' ? ['It is on other prices than this report: those of the holdout differ.'] : []),
    ...(data === 'unknown' ? [`Whether it is on the prices of this report cannot be told without those of ${benchmark}.`] : []),
  ];
}
