// On which days a class of assets has a close. A portfolio is decided on the sessions of the exchange, whatever it
// watches; prices of another class alone are decided on their own days.
import { addDays, dayOfWeek, type NewYorkDate } from '../values/time.ts';
import { sessionsBetween } from './nyse-calendar.ts';

export const ASSET_CLASSES = ['equities', 'crypto', 'fx'] as const;
export type AssetClass = (typeof ASSET_CLASSES)[number];

/** What is quoted against the dollar and is money itself; ISO 4217. */
const CURRENCIES: ReadonlySet<string> = new Set(
  'AUD CAD CHF CNH CNY CZK DKK EUR GBP HKD HUF ILS JPY KRW MXN NOK NZD PLN SEK SGD THB TRY TWD ZAR'.split(' '),
);
const PAIR = /^([A-Z0-9]{2,10})USD$/;

/** By the form of its name: EURUSD is a currency pair, BTCUSD a crypto pair, everything else trades at the exchange. */
export function assetClassOf(symbol: string): AssetClass {
  const base = PAIR.exec(symbol)?.[1];
  if (base === undefined) return 'equities';
  return CURRENCIES.has(base) ? 'fx' : 'crypto';
}

/** The class of all of them, where they are of one; else that of the exchange, on whose sessions a mixture is decided. */
export function commonClassOf(symbols: readonly string[]): AssetClass {
  const [first = 'equities', ...others] = new Set(symbols.map(assetClassOf));
  return others.length === 0 ? first : 'equities';
}

/**
 * The dates of its closes, both ends included, ascending. Crypto closes every day. Currencies close Monday to Friday but
 * on New Year's Day and Christmas, when no bank deals: the convention of daily rates, as no exchange sets it.
 * Throws a RangeError for equities outside the years of the exchange's calendar.
 */
export function closesBetween(assetClass: AssetClass, from: NewYorkDate, to: NewYorkDate): readonly NewYorkDate[] {
  if (assetClass === 'equities') return sessionsBetween(from, to).map(({ date }) => date);
  const dates: NewYorkDate[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) if (assetClass === 'crypto' || isBankingDay(date)) dates.push(date);
  return dates;
}

function isBankingDay(date: NewYorkDate): boolean {
  const weekday = dayOfWeek(date);
  return weekday >= MONDAY && weekday <= FRIDAY && !CLOSED.has(date.slice(5));
}

const MONDAY = 1;
const FRIDAY = 5;
const CLOSED: ReadonlySet<string> = new Set(['01-01', '12-25']);
