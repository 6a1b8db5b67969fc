// The limit of one price step: between the mid and the far touch, never outside the collar.
import { midOf, type Quote } from '../market/quote.ts';
import { collarPrice } from '../rebalance/collar.ts';
import type { Side } from '../values/identity.ts';
import type { MicroUsd } from '../values/money.ts';
import { divide, larger, smaller } from '../values/rounding.ts';
import type { ExecutionRules } from './rules.ts';

/** The price increment that US venues accept: a cent from $1 on, a hundredth of a cent below (Rule 612). */
export function tickOf(price: MicroUsd): MicroUsd {
  return price >= 1_000_000n ? 10_000n : 100n;
}

/** True when an order at `limit` reaches further into the market than one at `other`. */
export function isBetterLimit(side: Side, limit: MicroUsd, other: MicroUsd): boolean {
  return side === 'buy' ? limit > other : limit < other;
}

/**
 * `patient` walks from the mid to the far touch in `pegsMax` steps, `marketable` stands at the touch at once; the
 * last step of either crosses the spread. Rounded to the tick toward marketable, then held inside the collar.
 * @param last the limit of the step before, which did not fill: no step stands where another stood, so the market may
 * have come back while that one was canceled and this one is a tick further all the same.
 */
export function limitPriceOf(side: Side, quote: Quote, arrival: MicroUsd, peg: number, rules: ExecutionRules, last?: MicroUsd): MicroUsd {
  const mid = midOf(quote);
  const touch = side === 'buy' ? quote.ask : quote.bid;
  const steps = BigInt(rules.pegsMax - 1);
  const isAtTouch = rules.style === 'marketable' || steps <= 0n || BigInt(peg) >= steps;
  const wanted = isAtTouch ? touch : mid + ((touch - mid) * BigInt(peg)) / steps;
  const collar = collarLimit(side, arrival, rules.collarBps);
  const onTick = toTick(wanted, side === 'buy' ? 'ceil' : 'floor');
  const further = last === undefined ? onTick : beyond(side, last);
  return side === 'buy' ? smaller(larger(onTick, further), collar) : larger(smaller(onTick, further), collar);
}

/** The outermost limit on the tick grid that the collar allows. */
export function collarLimit(side: Side, arrival: MicroUsd, collarBps: number): MicroUsd {
  return toTick(collarPrice(side, arrival, collarBps), side === 'buy' ? 'floor' : 'ceil');
}

function beyond(side: Side, last: MicroUsd): MicroUsd {
  return side === 'buy' ? last + tickOf(last) : last - tickOf(last);
}

function toTick(price: MicroUsd, rounding: 'floor' | 'ceil'): MicroUsd {
  const tick = tickOf(price);
  return divide(price, tick, rounding) * tick;
}
