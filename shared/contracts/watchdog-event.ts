// What EventBridge Scheduler hands to the watchdog: 45 minutes after a regular close, and after an early one. Crons know no
// holidays: the calendar says which of them is real.
import * as z from 'zod';
import { MINUTE_MS } from '../core/values/time.ts';

export const WATCHDOG_AFTER_CLOSE_MS = 45 * MINUTE_MS;

export const watchdogEvent = z.strictObject({
  kind: z.literal('watchdog'),
  /** When it was due, not when it arrived. */
  scheduledTime: z.iso.datetime({ offset: true }),
});
export type WatchdogEvent = z.infer<typeof watchdogEvent>;
