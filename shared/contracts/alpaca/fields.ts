// How single values are written in the JSON of Alpaca: decimal text and JSON numbers become exact integers,
// timestamps of nanoseconds become milliseconds. It knows no endpoint.
import * as z from 'zod';
import { type MicroUsd, parseUsd } from '../../core/values/money.ts';
import { divide } from '../../core/values/rounding.ts';
import { type NanoShares, parseShares } from '../../core/values/shares.ts';
import { type EpochMs, isNewYorkDate, type NewYorkDate } from '../../core/values/time.ts';

/** An amount of dollars as text. What lies below a micro-dollar is rounded down: money we are not sure of is not ours. */
export const usdText = z.string().transform((text, context): MicroUsd => {
  return parseUsd(text, 'floor') ?? refuse(context, 'expected a decimal amount of dollars');
});

/** A price as text, averages included: rounded to the nearest micro-dollar, never negative. */
export const priceText = z.string().transform((text, context): MicroUsd => {
  const price = parseUsd(text, 'half-even');
  return price === undefined || price < 0n ? refuse(context, 'expected a decimal price') : price;
});

/** A quantity as text, at most nine decimals. */
export const sharesText = z.string().transform((text, context): NanoShares => {
  return parseShares(text) ?? refuse(context, 'expected a quantity of at most nine decimals');
});

/** A price as a JSON number, read through the shortest decimal that names it, to the nearest micro-dollar. */
export const priceNumber = z.number().transform((price, context): MicroUsd => {
  return microsOf(price) ?? refuse(context, 'expected a price of at least 0');
});

const INSTANT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** An RFC 3339 timestamp of any precision; what lies below a millisecond is dropped. */
export const instantText = z.string().transform((text, context): EpochMs => {
  const [, seconds = '', fraction = '', zone = ''] = INSTANT.exec(text) ?? [];
  const at = Date.parse(`${seconds}${fraction.slice(0, 4)}${zone}`);
  return Number.isNaN(at) ? refuse(context, 'expected an RFC 3339 timestamp') : at;
});

export const dateText = z.string().transform((text, context): NewYorkDate => {
  return isNewYorkDate(text) ? text : refuse(context, 'expected a date');
});

function refuse(context: z.core.$RefinementCtx<unknown>, message: string): never {
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

const NUMBER = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;

/** JavaScript writes a number as its shortest exact decimal, which is what the sender wrote. */
function microsOf(price: number): MicroUsd | undefined {
  const match = NUMBER.exec(String(price));
  if (match === null) return undefined;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const shift = Number(exponent) - fraction.length + 6;
  const digits = BigInt(whole + fraction);
  return shift >= 0 ? digits * 10n ** BigInt(shift) : divide(digits, 10n ** BigInt(-shift), 'half-even');
}
