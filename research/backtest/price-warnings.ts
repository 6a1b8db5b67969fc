// What is doubtful of prices before anything is lived through them: said of searches too, whose results nobody looks at one by one.

import { type FeeType, feesOf } from '../../shared/core/ledger/fee-table.ts';
import { assetClassOf } from '../../shared/core/market/asset-calendar.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { BacktestOptions, CostRules } from './backtest-options.ts';
import { closesEndBefore } from './ended.ts';
import { missingCloses } from './missing-closes.ts';
import type { PriceTable } from './price-table.ts';

export interface PriceWarning {
  readonly code: 'missing-closes' | 'ended' | 'left-out' | 'unpriced-fees' | 'no-volumes' | 'crypto-costs';
  readonly detail: string;
}

/** What was lived: all that it may hold, and the close that its record begins with. */
export interface LivedRecord {
  readonly symbols: readonly string[];
  readonly start: NewYorkDate;
}

/** Of symbols; how many others there are is said. */
const TOLD = 5;

/** In the order in which they are told. @param lived what was lived through them, where that is known. */
export function priceWarnings(
  prices: PriceTable,
  { from, to, costs }: Pick<BacktestOptions, 'from' | 'to' | 'costs'>,
  lived: readonly LivedRecord[] = [],
): readonly PriceWarning[] {
  const days = prices.dates.filter((date) => (from === undefined || date >= from) && (to === undefined || date <= to));
  const without = prices.columns.filter(({ volumes }) => volumes === undefined).map(({ symbol }) => symbol);
  return [
    ...missingClosesWarning(prices),
    ...endedWarning(prices, days.at(-1)),
    ...leftOutWarning(prices, lived),
    ...(costs.fees === 'dated' ? unpricedDaysWarning(days) : []),
    ...(costs.impact > 0 && without.length > 0
      ? [{ code: 'no-volumes' as const, detail: `no impact is counted where volumes are not known: ${namesText(without)}` }]
      : []),
    ...cryptoCostsWarning(
      prices.columns.map(({ symbol }) => symbol),
      costs,
    ),
  ];
}

export function missingClosesWarning(prices: PriceTable): readonly PriceWarning[] {
  const holes = missingCloses(prices);
  if (holes.length === 0) return [];
  const told = holes.slice(0, TOLD).map(({ symbol, count, first }) => {
    return count === 1 ? `${symbol} on ${first}` : `${symbol} on ${count} days, the first ${first}`;
  });
  const others = holes.length > TOLD ? ` and of ${holes.length - TOLD} other symbols` : '';
  const detail = `closes are missing between the first and the last of a symbol: of ${told.join('; of ')}${others}`;
  return [{ code: 'missing-closes', detail }];
}

/** A record that begins before a symbol has prices is, until then, one of a choice between fewer. What is filled on the day after its start may have its first bar then. */
export function leftOutWarning({ dates: days, columns }: PriceTable, lived: readonly LivedRecord[]): readonly PriceWarning[] {
  const late = columns.flatMap(({ symbol, dates: [first] }) => {
    const isLate = (start: NewYorkDate): boolean => first !== undefined && (days.find((day) => day > start) ?? first) < first;
    const before = lived.filter(({ symbols, start }) => symbols.includes(symbol) && isLate(start));
    return before.length === 0 ? [] : [{ told: `${symbol} before ${first}`, starts: before.map(({ start }) => start) }];
  });
  if (late.length === 0) return [];
  const start = late.flatMap(({ starts }) => starts).reduce((earliest, each) => (each < earliest ? each : earliest));
  const told = namesText(late.map((each) => each.told));
  return [
    { code: 'left-out', detail: `the record begins on ${start}, and there is no close of ${told}: until then all is chosen without it` },
  ];
}

/** What a coin costs is none of what a fund does. @param symbols that may be held. */
export function cryptoCostsWarning(symbols: readonly string[], { commissionBps, halfSpreadBps }: CostRules): readonly PriceWarning[] {
  const coins = symbols.filter((symbol) => assetClassOf(symbol) === 'crypto');
  if (coins.length === 0 || commissionBps > 0) return [];
  const detail = `no commission is reckoned for ${namesText(coins)}, and half a spread of ${halfSpreadBps} bps, as for funds: a broker takes more of coins`;
  return [{ code: 'crypto-costs', detail }];
}

function endedWarning({ columns }: PriceTable, end: NewYorkDate | undefined): readonly PriceWarning[] {
  const ended = columns.flatMap(({ symbol, dates }) => {
    const last = dates.at(-1);
    const isEnded = last !== undefined && end !== undefined && last < end && closesEndBefore(symbol, last, end);
    return isEnded ? [`${symbol} on ${last}`] : [];
  });
  if (ended.length === 0) return [];
  return [
    { code: 'ended', detail: `closes end before ${end}, and what is held then is worth the last of them for ever: ${namesText(ended)}` },
  ];
}

function unpricedDaysWarning(days: readonly NewYorkDate[]): readonly PriceWarning[] {
  const counts = new Map<FeeType, number>();
  for (const day of days)
    for (const { type, femtos } of feesOf('sell', day, 1n, 1n)) if (femtos === 'unpriced') counts.set(type, (counts.get(type) ?? 0) + 1);
  if (counts.size === 0) return [];
  const told = Array.from(counts, ([type, count]) => `${type} on ${count} of ${days.length} days`);
  return [{ code: 'unpriced-fees', detail: `fees that no table covers on their dates count as nothing: ${told.join(', ')}` }];
}

function namesText(names: readonly string[]): string {
  return `${names.slice(0, TOLD).join(', ')}${names.length > TOLD ? ` and ${names.length - TOLD} others` : ''}`;
}
