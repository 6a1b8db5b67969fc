// Which shares new cash pays for, where it does not reach for all that is wanted.
import type { MicroUsd } from '../values/money.ts';
import { divide, larger, smaller } from '../values/rounding.ts';
import { formatShares, NANOS_PER_SHARE, type NanoShares, notional, truncateShares } from '../values/shares.ts';
import { collarPrice } from './collar.ts';
import type { Skipped, Trade } from './plan.ts';
import type { RebalanceRules } from './rules.ts';
import type { Scaled } from './scale-trades.ts';

/**
 * Every buy in proportion to what it is for. What whole shares and the minimum trade leave over goes to the one that
 * lacks most, then to the next: a small deposit buys one share of something rather than none of anything.
 */
export function spendDeposit(wanted: readonly Trade[], deposit: MicroUsd, rules: RebalanceRules): Scaled {
  const cost = (trade: Trade, quantity: NanoShares): MicroUsd => notional(worstPrice(trade, rules), quantity, 'ceil');
  const total = wanted.reduce((sum, trade) => sum + cost(trade, trade.quantity), 0n);
  if (total <= deposit) return { trades: wanted, skipped: [] };
  const isWorthwhile = (trade: Trade, quantity: NanoShares): boolean =>
    quantity > 0n && notional(trade.arrival, quantity, 'half-even') >= rules.minimumTrade;
  // The cost of a fraction is rounded up, by less than a micro-dollar; that of whole shares is exact.
  const rounding = rules.shareUnit === 'fractional' ? 1n : 0n;
  const spendable = larger(deposit - rounding * BigInt(wanted.length), 0n);
  const bought = new Map(
    wanted.map((trade) => {
      const quantity = truncateShares(divide(trade.quantity * spendable, total, 'floor'), rules.shareUnit);
      return [trade.symbol, isWorthwhile(trade, quantity) ? quantity : 0n];
    }),
  );
  const quantityOf = ({ symbol }: Trade): NanoShares => bought.get(symbol) ?? 0n;
  let left = wanted.reduce((sum, trade) => sum - cost(trade, quantityOf(trade)), spendable);
  for (const trade of wanted.toSorted(byWhatLacks(quantityOf))) {
    const before = quantityOf(trade);
    const affordable = truncateShares(
      divide(larger(left - rounding, 0n) * NANOS_PER_SHARE, worstPrice(trade, rules), 'floor'),
      rules.shareUnit,
    );
    const quantity = before + smaller(affordable, trade.quantity - before);
    if (quantity === before || !isWorthwhile(trade, quantity)) continue;
    left -= cost(trade, quantity) - cost(trade, before);
    bought.set(trade.symbol, quantity);
  }
  return {
    trades: wanted.flatMap((trade) => {
      const quantity = quantityOf(trade);
      return quantity === 0n ? [] : [{ ...trade, quantity, notional: notional(trade.arrival, quantity, 'half-even') }];
    }),
    skipped: wanted.flatMap((trade): Skipped[] => {
      const leftOut = trade.quantity - quantityOf(trade);
      if (leftOut === 0n) return [];
      const figures = { wanted: formatShares(trade.quantity), leftOut: formatShares(leftOut) };
      return [{ symbol: trade.symbol, code: 'beyond-deposit', figures }];
    }),
  };
}

/** The largest amount first; of two alike the first by symbol. */
function byWhatLacks(quantityOf: (trade: Trade) => NanoShares): (a: Trade, b: Trade) => number {
  const lacking = (trade: Trade): MicroUsd => notional(trade.arrival, trade.quantity - quantityOf(trade), 'half-even');
  return (a, b) => {
    const [first, second] = [lacking(a), lacking(b)];
    if (first !== second) return first > second ? -1 : 1;
    return a.symbol < b.symbol ? -1 : 1;
  };
}

function worstPrice({ arrival }: Trade, { collarBps }: RebalanceRules): MicroUsd {
  return collarPrice('buy', arrival, collarBps);
}
