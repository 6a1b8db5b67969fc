// Protective exits as records hold them: what is remembered of each symbol, and what a run was to end.
import * as z from 'zod';
import type { Exit, ExitState } from '../core/strategy/exits/exit-memory.ts';
import { EXIT_REASONS } from '../core/strategy/exits/exit-rules.ts';
import type { Add, Tranche } from '../core/strategy/exits/tiers.ts';
import { newYorkDateText, percentText } from './codecs.ts';

const side = z.enum(['long', 'short']);
const entered = {
  side,
  entered: newYorkDateText,
  entry: z.number(),
  best: z.number(),
  sessions: z.int().nonnegative(),
  stop: z.number().exactOptional(),
};
const tranche: z.ZodType<Tranche> = z.strictObject({ weight: percentText, close: z.number() });
const touched = { ...entered, by: z.enum(EXIT_REASONS), touched: newYorkDateText, close: z.number() };

const memory = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('awaited'), side, since: newYorkDateText }),
  z.strictObject({
    kind: z.literal('held'),
    ...entered,
    seen: newYorkDateText,
    reference: z.strictObject({ on: newYorkDateText, close: z.number() }),
    tranches: z.array(tranche).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('out'), ...touched, session: newYorkDateText }),
]);

export const exitState: z.ZodType<ExitState> = z.strictObject({
  asOf: newYorkDateText,
  strategy: z.string(),
  symbols: z.record(z.string(), memory),
});

const exit: z.ZodType<Exit> = z.strictObject({ symbol: z.string(), ...touched });

/** By sleeve; a sleeve that ended nothing is not in it. */
export const exitsBySleeve: z.ZodType<Record<string, readonly Exit[]>> = z.record(z.string(), z.array(exit));

const add: z.ZodType<Add> = z.strictObject({
  symbol: z.string(),
  tier: z.int().positive(),
  weight: percentText,
  close: z.number(),
  stop: z.number(),
});

/** By sleeve; a sleeve that added nothing is not in it. */
export const addsBySleeve: z.ZodType<Record<string, readonly Add[]>> = z.record(z.string(), z.array(add));
