// A two-sided quote around a price, on the grid that prices may be quoted in.
import { MICROS_PER_CENT, MICROS_PER_USD, type MicroUsd } from '../../shared/core/values/money.ts';
import { divide, larger } from '../../shared/core/values/rounding.ts';

/** Rule 612 of Regulation NMS: cents from one dollar on, hundredths of a cent below. */
const TICK_BELOW_ONE_DOLLAR = 100n;

/**
 * The narrowest quote on the grid that has at least `spreadPpm` around `price`, and at least one tick.
 * @param price above 0.
 */
export function quoteAround(price: MicroUsd, spreadPpm: bigint): { bid: MicroUsd; ask: MicroUsd } {
  const half = divide(price * spreadPpm, 2_000_000n, 'half-even');
  const bid = larger(downToTick(price - half), TICK_BELOW_ONE_DOLLAR);
  const ask = upToTick(price + half);
  return { bid, ask: ask > bid ? ask : bid + (bid >= MICROS_PER_USD ? MICROS_PER_CENT : TICK_BELOW_ONE_DOLLAR) };
}

function downToTick(price: MicroUsd): MicroUsd {
  const tick = price >= MICROS_PER_USD ? MICROS_PER_CENT : TICK_BELOW_ONE_DOLLAR;
  return divide(price, tick, 'floor') * tick;
}

function upToTick(price: MicroUsd): MicroUsd {
  const tick = price > MICROS_PER_USD ? MICROS_PER_CENT : TICK_BELOW_ONE_DOLLAR;
  return divide(price, tick, 'ceil') * tick;
}
