// When a strategy takes its new weights, and on which prices it decides: alike in a strategy file and in a sleeve.
import * as z from 'zod';
import { DECIDE_ON, type RebalanceRule } from '../../core/strategy/tree.ts';
import { mapping } from '../mapping.ts';
import { percentText } from '../quantity-text.ts';

export const rebalanceRule = z.union(
  [
    z.literal('none').transform((): RebalanceRule => ({ kind: 'none' })),
    mapping({ every: z.enum(['day', 'week', 'month', 'quarter', 'year'], { error: 'day, week, month, quarter or year' }) }).transform(
      ({ every }): RebalanceRule => ({ kind: 'every', every }),
    ),
    mapping({ corridor: percentText('0.0001%', '100%') }).transform(
      ({ corridor }): RebalanceRule => ({ kind: 'corridor', width: corridor }),
    ),
  ],
  { error: 'none, { every: day } or { corridor: 5% }' },
);

export const decideOn = z.enum(DECIDE_ON, { error: 'last-close or live-quote' });
