// What people, machines and the market do to a run that is under way, each at its moment.
import { NANOS_PER_SHARE } from '../../shared/core/values/shares.ts';
import type { Chance } from './chance.ts';
import type { DayParts } from './day-ports.ts';
import type { Faults, HandTradeFault } from './faults.ts';

const MICROS_PER_USD = 1_000_000n;

/** Where something is short, money and prices are left alone: what a jump does to collateral no order of ours can help. */
export function scheduleInterventions(faults: Faults, symbols: readonly string[], chance: Chance, parts: DayParts): void {
  const { timeline, wire } = parts;
  if (faults.redeployAfterMs !== undefined) {
    timeline.after(faults.redeployAfterMs, () => {
      chance.count('redeploy');
      wire.redeploy();
    });
  }
  haltTrading(faults, symbols, chance, parts);
  stickQuote(faults, symbols, parts);
  orderByHand(faults, symbols, chance, parts);
  for (const trade of faults.handTrades) timeline.after(trade.afterMs, () => tradeByHand(trade, symbols, chance, parts));
  if (parts.broker.canShort !== undefined) return;
  for (const { afterMs, dollars } of faults.transfers) {
    timeline.after(afterMs, () => {
      if (parts.broker.transfer(BigInt(dollars) * MICROS_PER_USD)) chance.count(dollars > 0 ? 'deposit' : 'withdrawal');
    });
  }
  jumpPrice(faults, symbols, chance, parts);
}

function haltTrading({ tradingHalt }: Faults, symbols: readonly string[], chance: Chance, { timeline, market }: DayParts): void {
  if (tradingHalt === undefined) return;
  const { afterMs, place, forMs } = tradingHalt;
  const symbol = symbolAt(symbols, place);
  timeline.after(afterMs, () => {
    chance.count('trading-halt');
    market.halt(symbol, timeline.now, timeline.now + forMs);
  });
}

function stickQuote({ stuckQuote }: Faults, symbols: readonly string[], { timeline, market }: DayParts): void {
  if (stuckQuote === undefined) return;
  const { afterMs, place, flaw } = stuckQuote;
  timeline.after(afterMs, () => market.stick(symbolAt(symbols, place), flaw));
}

function orderByHand({ orderByHand: fault }: Faults, symbols: readonly string[], chance: Chance, { timeline, broker }: DayParts): void {
  if (fault === undefined) return;
  const { afterMs, place, side } = fault;
  timeline.after(afterMs, () => {
    chance.count('order-by-hand');
    broker.strays.place('by-hand-1', symbolAt(symbols, place), side, NANOS_PER_SHARE, timeline.now);
  });
}

function jumpPrice({ priceJump }: Faults, symbols: readonly string[], chance: Chance, { timeline, market, witness }: DayParts): void {
  if (priceJump === undefined) return;
  const { afterMs, place, bps } = priceJump;
  timeline.after(afterMs, () => {
    chance.count('price-jump');
    market.jump(symbolAt(symbols, place), bps);
    witness.leapBps = BigInt(Math.abs(bps));
  });
}

function tradeByHand(
  { place, side, shares }: HandTradeFault,
  symbols: readonly string[],
  chance: Chance,
  { broker, witness }: DayParts,
): void {
  const symbol = symbolAt(symbols, place);
  const quantity = NANOS_PER_SHARE * BigInt(shares);
  // Beside short positions only what makes the account smaller: there a purchase would take collateral.
  if (side === 'sell' || broker.canShort !== undefined) {
    // Without margin nobody may sell what was bought with proceeds that have not arrived: he would sell what our sale leaves.
    if (witness.settlement !== undefined) return;
    const before = broker.held(symbol);
    if (!broker.sellByHand(symbol, quantity)) return;
    // Our own sale may be on its way already. Where the account can sell short, nothing but the broker could stop it.
    const allowed = witness.allowedShort.get(symbol) ?? 0n;
    witness.allowedShort.set(symbol, allowed + before - broker.held(symbol));
  } else {
    broker.tradeByHand(symbol, 'buy', quantity);
  }
  chance.count('trade-by-hand');
}

function symbolAt(symbols: readonly string[], place: number): string {
  const symbol = symbols[place];
  if (symbol === undefined) throw new RangeError(`no symbol at ${place}`);
  return symbol;
}
