// What the gain of a position since the last close is reckoned from.
import { newYorkDate } from '../../shared/core/market/new-york-time.ts';
import type { MicroUsd } from '../../shared/core/values/money.ts';
import { absolute, divide, smaller } from '../../shared/core/values/rounding.ts';
import { type NanoShares, notional } from '../../shared/core/values/shares.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { FillActivity } from './activity.ts';
import type { Book } from './book.ts';

/**
 * Shares held overnight count at `lastClose` (dollars a share), shares bought on the current date at what they cost, and
 * shares sold short at what they brought; short ones below zero. What closes a position takes the oldest shares first, and
 * of those of the date an average.
 */
export function intradayBasis(book: Book, symbol: string, lastClose: MicroUsd): MicroUsd {
  const date = newYorkDate(book.now);
  const start = book.dayStart?.date === date ? book.dayStart : book;
  let overnight: NanoShares = start.holdings.get(symbol)?.quantity ?? 0n;
  let [opened, cost]: [NanoShares, MicroUsd] = [0n, 0n];
  for (const { side, quantity, cashChange } of fillsOf(book, symbol, date)) {
    const change = side === 'buy' ? quantity : -quantity;
    const held = overnight + opened;
    if (held === 0n || held > 0n === change > 0n) {
      opened += change;
      cost -= cashChange;
      continue;
    }
    const fromOvernight = smaller(quantity, absolute(overnight));
    overnight += change > 0n ? fromOvernight : -fromOvernight;
    const rest = quantity - fromOvernight;
    const left = opened + (change > 0n ? rest : -rest);
    cost = left === 0n ? 0n : divide(cost * left, opened, 'half-even');
    opened = left;
  }
  return notional(lastClose, overnight, 'half-even') + cost;
}

/** Oldest first. */
function fillsOf({ activities }: Book, symbol: string, date: NewYorkDate): FillActivity[] {
  const earlier = activities.findLastIndex((activity) => activity.date < date);
  return activities.slice(earlier + 1).flatMap((activity) => (activity.kind === 'FILL' && activity.symbol === symbol ? [activity] : []));
}
