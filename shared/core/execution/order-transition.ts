// What a leg does with each thing that the broker may say of its order: one row a stage, one column a sight. Nothing
// the broker says is impossible here. Fills count in every row, also after a cancel was asked for.
import type { LegStage } from './leg.ts';
import { ORDER_STATUSES, type Order, type OrderIntent, type OrderStatus } from './order.ts';

/**
 * One look at an order: the broker's status, or
 * - `not-found`: it does not (yet) know the order
 * - `foreign`: another order stands under its id
 * - `contradictory`: filled beyond its quantity, or filled and yet not filled
 */
export const SIGHTS = [...ORDER_STATUSES, 'not-found', 'foreign', 'contradictory'] as const;
export type Sight = OrderStatus | 'not-found' | 'foreign' | 'contradictory';

/**
 * - `resolve`: it may be on its way still: the same is sent again, or it is closed where nothing can be there
 * - `work`: it may fill; when the time of its price step is over it is priced again
 * - `hold`: another price would not help it; when all of its time is over it is canceled for good
 * - `give-up`: it is canceled for good at once
 * - `ask-again`: it should have been canceled by now
 * - `close`: it can fill no more: its fills are taken, and the leg goes on with the remainder
 * - `disown`: it is none of ours: the leg ends
 * - `look-again`: nothing follows from this sight; what is so at the end is for a person
 */
export type Move = 'resolve' | 'work' | 'hold' | 'give-up' | 'ask-again' | 'close' | 'disown' | 'look-again';

export type OrderStage = Exclude<LegStage['kind'], 'waiting' | 'done'>;

const ENDED = { filled: 'close', canceled: 'close', expired: 'close', rejected: 'close', replaced: 'close' } as const;

export const TRANSITIONS: Readonly<Record<OrderStage, Readonly<Record<Sight, Move>>>> = {
  sending: {
    ...ENDED,
    pending: 'work',
    working: 'work',
    stopped: 'hold',
    suspended: 'hold',
    'done-for-day': 'give-up',
    // Somebody else cancels it: whoever does must not find it again at another price.
    canceling: 'hold',
    unknown: 'give-up',
    'not-found': 'resolve',
    foreign: 'disown',
    contradictory: 'look-again',
  },
  working: {
    ...ENDED,
    pending: 'work',
    working: 'work',
    stopped: 'hold',
    suspended: 'hold',
    'done-for-day': 'give-up',
    canceling: 'hold',
    unknown: 'give-up',
    // It was there before: a look that came too early, or out of an old copy.
    'not-found': 'look-again',
    foreign: 'disown',
    contradictory: 'look-again',
  },
  canceling: {
    ...ENDED,
    pending: 'ask-again',
    working: 'ask-again',
    stopped: 'ask-again',
    suspended: 'ask-again',
    'done-for-day': 'ask-again',
    canceling: 'look-again',
    unknown: 'ask-again',
    'not-found': 'look-again',
    foreign: 'disown',
    contradictory: 'look-again',
  },
};

export function sightOf(order: Order | undefined, intent: OrderIntent): Sight {
  if (order === undefined) return 'not-found';
  const isOurs = order.symbol === intent.symbol && order.side === intent.side && order.quantity === intent.quantity;
  if (!isOurs) return 'foreign';
  const { status, quantity, filledQuantity } = order;
  const isPossible = status === 'filled' ? filledQuantity === quantity : filledQuantity >= 0n && filledQuantity <= quantity;
  return isPossible ? status : 'contradictory';
}
