// Whether decisions know what comes after them: each is asked again on prices that end with its day. Whatever differs then
// came from the future.
import type { Sleeve } from '../../shared/contracts/portfolio-policy.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { type Market, marketOf } from '../backtest/market.ts';
import { type PriceColumn, type PriceTable, tableOf } from '../backtest/price-table.ts';
import type { SleeveDecisions } from '../backtest/sleeve-decisions.ts';
import type { Subject } from '../backtest/subject.ts';

export type DecisionsOf = (sleeve: Sleeve, market: Market) => SleeveDecisions;

/** Days that are asked, spread over the record. */
const DAYS_ASKED = 24;

/** The first day asked whose decision is another one without its future; undefined where there is none. */
export function looksAhead({ sleeves, calendar }: Subject, prices: PriceTable, decisionsOf: DecisionsOf): NewYorkDate | undefined {
  const asked = Math.min(DAYS_ASKED, prices.dates.length - 1);
  const known = sleeves.map((sleeve) => decisionsOf(sleeve, marketOf(prices)));
  for (let each = 1; each <= asked; each += 1) {
    const day = Math.floor((each * (prices.dates.length - 1)) / (asked + 1));
    const [date, session] = [prices.dates[day] as NewYorkDate, prices.dates[day + 1] as NewYorkDate];
    const cut = tableOf(
      prices.columns.map((column) => columnUntil(column, date)),
      calendar,
    );
    // Nothing is known of a day before the first price, and of a day without any price the cut ends earlier.
    const cutDay = cut.dates.indexOf(date);
    if (cutDay === -1) continue;
    for (const [place, sleeve] of sleeves.entries()) {
      const blind = decisionsOf(sleeve, marketOf(cut)).decide(undefined, cutDay, session);
      if (answerOf(known[place]?.decide(undefined, day, session)) !== answerOf(blind)) return date;
    }
  }
  return undefined;
}

function answerOf(decision: ReturnType<SleeveDecisions['decide']> | undefined): string {
  if (decision === undefined || decision.kind === 'undefined') return 'undefined';
  return decision.targets.weights
    .map(({ symbol, weight }) => `${symbol} ${weight}`)
    .sort()
    .join(', ');
}

function columnUntil(column: PriceColumn, last: NewYorkDate): PriceColumn {
  const bars = column.dates.findLastIndex((date) => date <= last) + 1;
  const { opens, highs, lows, volumes } = column;
  const fields = Object.entries({ opens, highs, lows, volumes }).flatMap(([name, values]) =>
    values === undefined ? [] : [[name, values.subarray(0, bars)] as const],
  );
  return {
    symbol: column.symbol,
    dates: column.dates.slice(0, bars),
    closes: column.closes.subarray(0, bars),
    adjusted: column.adjusted.subarray(0, bars),
    ...Object.fromEntries(fields),
  };
}
