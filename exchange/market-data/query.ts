// The parameters of data requests, read from text. What cannot be read is a refusal that names it.
import * as z from 'zod';
import { SYMBOL_PATTERN } from '../../shared/core/values/identity.ts';
import { DataRefusal } from './data-refusal.ts';
import { FEEDS } from './entitlement.ts';
import { parseMoment } from './wire-time.ts';

export const symbolsField = z
  .string({ error: 'symbols is required' })
  .transform((text) =>
    [
      ...new Set(
        text
          .split(',')
          .map((symbol) => symbol.trim())
          .filter((symbol) => symbol !== ''),
      ),
    ].sort(),
  )
  .check((context) => {
    const strange = context.value.find((symbol) => !SYMBOL_PATTERN.test(symbol));
    if (strange !== undefined) context.issues.push({ code: 'custom', message: `invalid symbol: ${strange}`, input: strange });
    else if (context.value.length === 0) context.issues.push({ code: 'custom', message: 'symbols is required', input: '' });
  });

export const feedField = z.enum(FEEDS, { error: ({ input }) => `invalid feed: ${String(input)}` }).optional();

export const sortField = z.enum(['asc', 'desc'], { error: ({ input }) => `invalid sort: ${String(input)}` }).default('asc');

export function limitField(fallback: number, most: number) {
  const message = `limit must be a whole number from 1 to ${most}`;
  return z
    .string({ error: message })
    .regex(/^\d{1,6}$/, message)
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= most, message)
    .default(fallback);
}

export function momentField(edge: 'start' | 'end') {
  return z
    .string({ error: `invalid ${edge}` })
    .transform((text, context) => {
      const at = parseMoment(text, edge);
      if (at !== undefined) return at;
      context.addIssue({ code: 'custom', message: `invalid ${edge}: ${text}; expected YYYY-MM-DD or RFC 3339` });
      return z.NEVER;
    })
    .optional();
}

/** @throws DataRefusal 400 with the first problem. */
export function readQuery<Schema extends z.ZodType>(schema: Schema, query: unknown): z.output<Schema> {
  const read = schema.safeParse(query);
  if (read.success) return read.data;
  throw new DataRefusal(400, read.error.issues[0]?.message ?? 'invalid request');
}
