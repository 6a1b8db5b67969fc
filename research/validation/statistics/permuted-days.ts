// The days of a market in another order: what moved together still does, what followed upon what is gone. The prices that come of
// it are for whoever has the bars.
import type { Chance } from './chance.ts';

/** Prices by asset, all of one length. NaN before an asset's first price and after its last, never between. */
export type MarketPrices = readonly Float64Array[];

/** Days that change places: those after one, up to another and with it. */
export interface MovedDays {
  readonly after: number;
  readonly last: number;
}

/**
 * For each day the day whose returns p(t) / p(t − 1) it has in the permuted market, one vector for all assets; a day without a
 * return keeps itself. Days change places only with days on which the same assets have a return, so no price appears where there
 * was none. Chained from each asset's first price, first and last price stay but for rounding, and so do mean, spread and
 * correlations of the returns.
 * @param moved left out, all of them.
 * @throws RangeError for a gap, a price that is not above zero, or columns of different lengths.
 */
export function permutedDays(prices: MarketPrices, chance: Chance, moved?: MovedDays): Int32Array {
  const days = prices[0]?.length ?? 0;
  const spans = prices.map((column) => spanOf(column, days));
  return shuffledWithin(daysByAssets(spans, moved ?? { after: 0, last: days - 1 }), days, chance);
}

/** The days with a price; none where first is after last. */
interface Span {
  readonly first: number;
  readonly last: number;
}

function spanOf(column: Float64Array, days: number): Span {
  if (column.length !== days) throw new RangeError('prices of different lengths');
  const first = column.findIndex((price) => !Number.isNaN(price));
  if (first === -1) return { first: 0, last: -1 };
  const last = column.findLastIndex((price) => !Number.isNaN(price));
  for (let day = first; day <= last; day += 1) {
    if (!((column[day] as number) > 0 && Number.isFinite(column[day]))) throw new RangeError(`no price on day ${day} of a column`);
  }
  return { first, last };
}

/** Days with a return, grouped by who has one. The groups are runs of days, cut where an asset begins or ends. */
function daysByAssets(spans: readonly Span[], { after, last: lastMoved }: MovedDays): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  for (let day = after + 1; day <= lastMoved; day += 1) {
    const key = spans.map(({ first, last }) => (day > first && day <= last ? '1' : '0')).join('');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [day]);
    else group.push(day);
  }
  return [...groups.values()];
}

/** Fisher and Yates, in each group. */
function shuffledWithin(groups: readonly (readonly number[])[], days: number, chance: Chance): Int32Array {
  const order = Int32Array.from({ length: days }, (_, day) => day);
  for (const group of groups) {
    const drawn = [...group];
    for (let place = drawn.length - 1; place > 0; place -= 1) {
      const other = chance.below(place + 1);
      [drawn[place], drawn[other]] = [drawn[other] as number, drawn[place] as number];
    }
    for (const [at, day] of group.entries()) order[day] = drawn[at] as number;
  }
  return order;
}
