// How the core's values look in JSON: exact text, so that a record can be read by a person and by any program.
import * as z from 'zod';
import { BREAKER_LEVELS } from '../core/risk/breaker.ts';
import { type ClientOrderId, type ContentHash, parseRunId, type RunId, SHA256_PATTERN } from '../core/values/identity.ts';
import { formatUsd, type MicroUsd, parseUsd } from '../core/values/money.ts';
import { formatShares, type NanoShares, parseShares } from '../core/values/shares.ts';
import { isNewYorkDate, type NewYorkDate } from '../core/values/time.ts';
import { formatPercent, type Ppm, parsePercent } from '../core/values/weight.ts';

function exactText<Value extends bigint>(expected: string, parse: (text: string) => Value | undefined, format: (value: Value) => string) {
  return z.codec(
    z.string(),
    z.custom<Value>((value) => typeof value === 'bigint'),
    {
      decode: (text, context) => {
        const value = parse(text);
        if (value !== undefined) return value;
        context.issues.push({ code: 'custom', input: text, message: `expected ${expected}` });
        return z.NEVER;
      },
      encode: format,
    },
  );
}

/** "12.34" ↔ micro-dollars. */
export const usdText = exactText<MicroUsd>('dollars such as "12.34"', parseUsd, formatUsd);
/** "1.5" ↔ nano-shares. */
export const sharesText = exactText<NanoShares>('shares such as "1.5"', parseShares, formatShares);
/** "33.3333%" ↔ parts per million. */
export const percentText = exactText<Ppm>('a percentage such as "33.3333%"', parsePercent, formatPercent);

/** ISO instant ↔ epoch milliseconds. */
export const instantText = z.codec(z.iso.datetime(), z.number().int(), {
  decode: (text) => Date.parse(text),
  encode: (ms) => new Date(ms).toISOString(),
});

export const newYorkDateText = z.custom<NewYorkDate>(
  (text) => typeof text === 'string' && isNewYorkDate(text),
  'expected a date such as "2026-11-20"',
);
export const runIdText = z.custom<RunId>(
  (text) => typeof text === 'string' && parseRunId(text) !== undefined,
  'expected portfolio/YYYY-MM-DD/schedule',
);
export const clientOrderIdText: z.ZodType<ClientOrderId> = z.string().min(1).max(128);
export const contentHashText: z.ZodType<ContentHash> = z.string().regex(SHA256_PATTERN);
export const figures = z.record(z.string(), z.string());
export const breakerLevel = z.enum(BREAKER_LEVELS);
export const side = z.enum(['buy', 'sell']);
/** Beside a side: the trade makes or ends a short position. */
export const shortPosition = z.literal('short');
