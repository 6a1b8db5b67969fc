// A two-sided quote around a price, on the grid that prices may be quoted in.
import type { MicroUsd } from '../../shared/core/values/money.ts';
import { divide, larger } from '../../shared/core/values/rounding.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { tickOf } from '../matching/tick-size.ts';

/**
 * The narrowest quote on the grid of `date` that has at least `spreadPpm` around `price`, and at least one tick.
 * @param price above 0.
 */
export function quoteAround(price: MicroUsd, spreadPpm: bigint, date: NewYorkDate): { bid: MicroUsd; ask: MicroUsd } {
  const half = divide(price * spreadPpm, 2_000_000n, 'half-even');
  const bid = larger(toTick(price - half, 'floor', date), tickOf(0n, date));
  const ask = toTick(price + half, 'ceil', date);
  return { bid, ask: ask > bid ? ask : bid + tickOf(bid, date) };
}

function toTick(price: MicroUsd, rounding: 'floor' | 'ceil', date: NewYorkDate): MicroUsd {
  const tick = tickOf(price, date);
  return divide(price, tick, rounding) * tick;
}
