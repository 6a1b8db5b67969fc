// Whether prices are those that a verdict was judged on, as far as its hashes tell: before the holdout, and with it.
import type { VerdictDocument } from '../../shared/contracts/hypothesis/verdict-document.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { dataHash } from '../backtest/price-hash.ts';
import { type PriceColumn, type PriceTable, tableOf } from '../backtest/price-table.ts';

/**
 * `other`: prices before the holdout, or the symbols whose they are. `other-holdout`: those before it are the same. `unknown`: there
 * are none of something that was looked at.
 */
export type SameData = 'same' | 'other' | 'other-holdout' | 'unknown';

/** @param symbols that the judged strategy holds or looks at, and its benchmark. */
export function sameData(
  { data, holdout }: Pick<VerdictDocument, 'data' | 'holdout'>,
  { columns, dates }: PriceTable,
  symbols: ReadonlySet<string>,
): SameData {
  const own = columns.filter(({ symbol }) => symbols.has(symbol));
  if (own.length < symbols.size) return 'unknown';
  const isBefore = (date: NewYorkDate): boolean => date < holdout.first;
  // A claim may name more symbols than the variant looks at that was chosen.
  const judged = [own, columns].find((each) => hashWhere(each, isBefore) === data.research);
  if (judged === undefined) return 'other';
  if (hashWhere(judged, (date) => date <= holdout.last) === data.whole) return 'same';
  // Prices that end within the holdout say nothing of the rest of it.
  return (dates.at(-1) ?? '') < holdout.last ? 'same' : 'other-holdout';
}

function hashWhere(columns: readonly PriceColumn[], isIn: (date: NewYorkDate) => boolean): string {
  return dataHash(tableOf(columns.map((column) => columnWhere(column, isIn))));
}

/** As if there had never been other bars: a column that none of these has is absent. */
function columnWhere({ symbol, dates, closes, adjusted, ...more }: PriceColumn, isIn: (date: NewYorkDate) => boolean): PriceColumn {
  const cut = (values: Float64Array): Float64Array => values.filter((_, bar) => isIn(dates[bar] as NewYorkDate));
  const known = Object.entries(more).flatMap(([name, values]): [string, Float64Array][] => {
    const kept = cut(values as Float64Array);
    return kept.every(Number.isNaN) ? [] : [[name, kept]];
  });
  return { symbol, dates: dates.filter(isIn), closes: cut(closes), adjusted: cut(adjusted), ...Object.fromEntries(known) };
}
