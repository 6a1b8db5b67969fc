// The JSON of Alpaca's trading API as far as this product reads it: strict about what is used, blind to
// the rest, so that a field added tomorrow breaks nothing and a field removed is seen at once.
import * as z from 'zod';
import { dateText, instantText, priceText, sharesText, usdText } from './fields.ts';

/** Only `id` and `status` are promised by the broker; without the figures an account is of no use to us. */
export const accountJson = z.object({
  id: z.string().min(1),
  account_number: z.string().min(1),
  status: z.string().min(1),
  cash: usdText,
  equity: usdText,
  buying_power: usdText,
  // A switch that is not mentioned is off: the broker holds it against every order anyway.
  trading_blocked: z.boolean().nullish(),
  account_blocked: z.boolean().nullish(),
  trade_suspended_by_user: z.boolean().nullish(),
  transfers_blocked: z.boolean().nullish(),
  /** Removed in July 2026; where it still comes, it is kept in the record. */
  pattern_day_trader: z.boolean().nullish(),
  last_equity: usdText.nullish(),
  // What is not mentioned of short sales is not allowed.
  shorting_enabled: z.boolean().nullish(),
  multiplier: z
    .union([
      z
        .string()
        .regex(/^\d{1,2}(?:\.\d+)?$/)
        .transform(Number),
      z.number(),
    ])
    .nullish(),
  /** Below zero where anything is short. */
  short_market_value: usdText.nullish(),
});
export type AccountJson = z.output<typeof accountJson>;

export const positionJson = z.object({
  symbol: z.string().min(1),
  side: z.enum(['long', 'short']),
  qty: sharesText,
  qty_available: sharesText,
});
export type PositionJson = z.output<typeof positionJson>;

export const positionsJson = z.array(positionJson);

export const orderJson = z.object({
  id: z.string().min(1),
  client_order_id: z.string().min(1),
  symbol: z.string().min(1),
  side: z.string().min(1),
  /** null for an order by amount, which names no quantity. */
  qty: sharesText.nullish(),
  filled_qty: sharesText,
  filled_avg_price: priceText.nullish(),
  status: z.string().min(1),
  /** Kept as text: the list of orders is paged by it, to the nanosecond. */
  submitted_at: z.string().nullish(),
});
export type OrderJson = z.output<typeof orderJson>;

export const ordersJson = z.array(orderJson);

const wallTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);

export const calendarJson = z.array(
  z.object({
    date: dateText,
    /** New York wall-clock time, "09:30". */
    open: wallTime,
    close: wallTime,
    settlement_date: dateText.nullish(),
  }),
);
export type CalendarDayJson = z.output<typeof calendarJson>[number];

export const assetJson = z.object({
  symbol: z.string().min(1),
  class: z.string().nullish(),
  status: z.string().min(1),
  tradable: z.boolean(),
  fractionable: z.boolean(),
  shortable: z.boolean().nullish(),
  /** Deprecated in June 2026 in favour of `borrow_status`; the answer may have either, or both. */
  easy_to_borrow: z.boolean().nullish(),
  borrow_status: z.string().nullish(),
});
export type AssetJson = z.output<typeof assetJson>;

export const assetsJson = z.array(assetJson);

/** What comes with a 4xx. Some carry no code. */
export const refusalJson = z.object({ code: z.number().int().optional(), message: z.string() });
export type RefusalJson = z.output<typeof refusalJson>;

/** A name of an order and no more: the orders of an account may be of kinds that we never trade. */
export const orderNameJson = z.object({ id: z.string().min(1), client_order_id: z.string().min(1) });
export const orderNamesJson = z.array(orderNameJson);

const activityId = z.string().min(1);

export const fillJson = z.object({
  id: activityId,
  activity_type: z.literal('FILL'),
  transaction_time: instantText,
  order_id: z.string().min(1),
  symbol: z.string().min(1),
  side: z.string().min(1),
  qty: sharesText,
  price: priceText,
});
export type FillJson = z.output<typeof fillJson>;

/** Everything else that may happen to an account. What it needs of these is for its kind to say. */
export const nonTradeJson = z.object({
  id: activityId,
  activity_type: z.string().refine((word) => word !== 'FILL', 'expected a whole fill'),
  date: dateText,
  net_amount: usdText.nullish(),
  symbol: z.string().nullish(),
  /** Of a dividend, the shares that it was paid for. */
  qty: z.string().nullish(),
});
export type NonTradeJson = z.output<typeof nonTradeJson>;

export const activitiesJson = z.array(z.union([fillJson, nonTradeJson]));

/** What time it is for the broker. Whether the market is open, our own calendar says. */
export const clockJson = z.object({ timestamp: instantText });
