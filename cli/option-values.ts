// Option texts as values, or what was expected instead.
import { isOneLine, isReadable } from '../shared/contracts/person-text.ts';
import { NEW_YORK_DATE_FIRST, NEW_YORK_DATE_LAST, refuseDate } from '../shared/core/market/new-york-time.ts';
import { SYMBOL_PATTERN } from '../shared/core/values/identity.ts';
import { type MicroUsd, parseUsd } from '../shared/core/values/money.ts';
import type { NewYorkDate } from '../shared/core/values/time.ts';
import { CommandFailure } from './failure.ts';

/** @throws CommandFailure, exit 2 */
export function dateOption(name: string, text: string | undefined): NewYorkDate | undefined {
  if (text === undefined) return undefined;
  const refusal = refuseDate(text);
  if (refusal === undefined) return text as NewYorkDate;
  const range = `${NEW_YORK_DATE_FIRST} to ${NEW_YORK_DATE_LAST}`;
  throw usage(name, text, refusal.code === 'date-malformed' ? 'a date such as 2019-01-31' : `a date the calendar knows (${range})`);
}

/** @throws CommandFailure, exit 2 */
export function cashOption(text: string): MicroUsd {
  const cash = parseUsd(text);
  if (cash !== undefined && cash > 0n) return cash;
  throw usage('--cash', text, 'dollars such as 100000');
}

/** @throws CommandFailure, exit 2 */
export function seedOption(text: string): number {
  const seed = Number(text);
  if (/^\d{1,9}$/.test(text)) return seed;
  throw usage('--seed', text, 'a whole number of at most nine digits');
}

/** @throws CommandFailure, exit 2 */
export function countOption(name: string, text: string): number {
  const count = Number(text);
  if (/^\d{1,6}$/.test(text) && count >= 1) return count;
  throw usage(name, text, 'a whole number from 1 to 999999');
}

/** @throws CommandFailure, exit 2 */
export function portOption(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw usage('--port', text, 'a port from 0 to 65535');
}

/** @throws CommandFailure, exit 2 */
export function clockOption(name: string, text: string): { readonly hour: number; readonly minute: number } {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2])];
  if (hour <= 23 && minute <= 59) return { hour, minute };
  throw usage(name, text, 'a New York time such as 15:35');
}

/**
 * Several lines may be a reason, and signs of other scripts: nobody who halts is to be kept from it by what he pasted.
 * @throws CommandFailure, exit 2
 */
export function reasonOption(text: string): string {
  const reason = text.trim();
  if (isReadable(reason) && reason.length <= 500) return reason;
  throw usage('--reason', text, 'why, in words that can be read and at most 500 characters');
}

/**
 * The person who signs.
 * @throws CommandFailure, exit 2
 */
export function byOption(text: string): string {
  const by = text.trim();
  if (isOneLine(by) && isReadable(by) && by.length <= 100) return by;
  throw usage('--by', text, 'the name of a person');
}

/** @throws CommandFailure, exit 2 */
export function secondsOption(name: string, text: string): number {
  const seconds = Number(text);
  if (/^\d{1,5}$/.test(text)) return seconds;
  throw usage(name, text, 'whole seconds, such as 120');
}

/** @throws CommandFailure, exit 2 */
export function barsOption(name: string, text: string): number {
  const bars = Number(text);
  if (/^\d{1,5}$/.test(text)) return bars;
  throw usage(name, text, 'whole bars, such as 63');
}

/** @throws CommandFailure, exit 2 */
export function amountOption(name: string, text: string, expected: string): number {
  const amount = Number(text);
  if (/^\d{1,6}(?:\.\d{1,6})?$/.test(text)) return amount;
  throw usage(name, text, expected);
}

/** @throws CommandFailure, exit 2 */
export function symbolOption(name: string, text: string): string {
  if (SYMBOL_PATTERN.test(text)) return text;
  throw usage(name, text, 'a symbol such as SPY');
}

function usage(name: string, value: string, expected: string): CommandFailure {
  return new CommandFailure('usage', `${name} ${JSON.stringify(value)}: expected ${expected}`, { exitCode: 2 });
}
