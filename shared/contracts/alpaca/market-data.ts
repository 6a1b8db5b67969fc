// The JSON of Alpaca's market data API as far as this product reads it. Bars stay float64: they are for
// strategies; quotes become exact integers: they price orders.
import * as z from 'zod';
import { instantText, priceNumber } from './fields.ts';

const barJson = z.object({
  /** The start of the interval: midnight in New York for a daily bar. */
  t: instantText,
  o: z.number(),
  h: z.number(),
  l: z.number(),
  c: z.number(),
  v: z.number(),
});
export type BarJson = z.output<typeof barJson>;

export const barsJson = z.object({
  /** A symbol that is unknown, or has no bars on this page, is absent. */
  bars: z.record(z.string(), z.array(barJson)).nullable(),
  next_page_token: z.string().min(1).nullish(),
});

export const latestQuotesJson = z.object({
  /** A price of 0 means that the venue has no quote on that side. */
  quotes: z.record(z.string(), z.object({ t: instantText, bp: priceNumber, ap: priceNumber })).nullable(),
});
