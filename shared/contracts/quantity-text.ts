// Quantities as a portfolio file writes them: exact text, never a float. Each `error` is the rest of the sentence
// "expected …", and defaults are given as text too, so that the JSON Schema shows them as a person would type them.
import * as z from 'zod';
import type { Slot } from '../core/market/schedule.ts';
import { refuseSlot } from '../core/market/schedule-slot.ts';
import { type MicroUsd, parseUsd, usd } from '../core/values/money.ts';
import { MINUTE_MS, SECOND_MS } from '../core/values/time.ts';
import { type Ppm, parsePercent, percent } from '../core/values/weight.ts';

const PERCENT = /^\d{1,3}(?:\.\d{1,4})?%$/;
const DOLLARS = /^\d{1,9}(?:\.\d{1,2})? USD$/;
const DURATION = /^\d{1,5}[sm]$/;
const SLOT = /^(?:close-|open\+)\d{1,3}m$/;

/** "60%", up to four decimals, from `least` to `most` inclusive. */
export const percentText = onceFor((least: string, most: string) => {
  const error = `a percentage from ${least} to ${most}, such as ${most === '100%' ? '5%' : least}`;
  const [min, max] = [percent(least), percent(most)];
  return z
    .string({ error })
    .regex(PERCENT, { error })
    .refine((text) => isWithin(parsePercent(text), min, max), { error })
    .transform((text): Ppm => percent(text));
});

/** "25 USD" or "25.50 USD", from `least` to `most` inclusive. */
export function usdText(least: string, most: string) {
  const error = `an amount from ${least} USD to ${most} USD, such as 25 USD or 25.50 USD`;
  const [min, max] = [usd(least), usd(most)];
  return z
    .string({ error })
    .regex(DOLLARS, { error })
    .refine((text) => isWithin(parseUsd(text.replace(' USD', '')), min, max), { error })
    .transform((text): MicroUsd => usd(text.replace(' USD', '')));
}

/** "30s" or "5m" → milliseconds, from `least` to `most` inclusive. */
export function durationText(least: string, most: string) {
  const error = `a duration from ${least} to ${most}, such as 30s or 5m`;
  const [min, max] = [durationMs(least), durationMs(most)];
  return z
    .string({ error })
    .regex(DURATION, { error })
    .refine((text) => !DURATION.test(text) || (durationMs(text) >= min && durationMs(text) <= max), { error })
    .transform(durationMs);
}

/** "close-25m" or "open+30m": a moment inside regular hours of every session, early closes included. */
export function slotText() {
  const error = 'close-<n>m or open+<n>m, such as close-25m';
  const range = 'close-<n>m or open+<n>m with n from 1 to 209: an early close leaves 210 minutes';
  return z
    .string({ error })
    .regex(SLOT, { error, abort: true })
    .refine((text) => refuseSlot(slotOf(text)) === undefined, { error: range })
    .transform(slotOf);
}

/** A plain integer from `least` to `most` inclusive. */
export const wholeNumber = onceFor((least: number, most: number) => {
  const error = `a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
});

/** One schema for the same bounds, however often they are asked for: a file has hundreds of them, and making one takes its time. */
function onceFor<Bound extends string | number, Schema>(make: (least: Bound, most: Bound) => Schema): typeof make {
  const made = new Map<string, Schema>();
  return (least, most) => {
    const bounds = `${least} to ${most}`;
    const schema = made.get(bounds) ?? make(least, most);
    made.set(bounds, schema);
    return schema;
  };
}

function isWithin(value: bigint | undefined, min: bigint, max: bigint): boolean {
  return value !== undefined && value >= min && value <= max;
}

function durationMs(text: string): number {
  return Number(text.slice(0, -1)) * (text.endsWith('m') ? MINUTE_MS : SECOND_MS);
}

function slotOf(text: string): Slot {
  const anchor = text.startsWith('close') ? 'close' : 'open';
  const minutes = Number(text.slice(anchor.length + 1, -1));
  return { anchor, offsetMinutes: anchor === 'close' ? -minutes : minutes };
}
