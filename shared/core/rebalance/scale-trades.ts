// Making a plan smaller in proportion: to the turnover cap, and to the money there is.
import type { MicroUsd } from '../values/money.ts';
import { divide, larger } from '../values/rounding.ts';
import { formatShares, notional, truncateShares } from '../values/shares.ts';
import { WHOLE } from '../values/weight.ts';
import { collarPrice } from './collar.ts';
import type { SkipCode, Skipped, Trade } from './plan.ts';
import type { RebalanceRules } from './rules.ts';

export interface Scaled {
  readonly trades: readonly Trade[];
  readonly skipped: readonly Skipped[];
}

/** One-way turnover is half of all that is traded. A plan above the cap is scaled down to it, every trade alike. */
export function capTurnover(trades: readonly Trade[], equity: MicroUsd, rules: RebalanceRules): Scaled {
  const traded = trades.reduce((sum, trade) => sum + trade.notional, 0n);
  const allowed = divide(2n * equity * rules.turnoverMax, WHOLE, 'floor');
  if (traded <= allowed) return { trades, skipped: [] };
  return scale(trades, allowed, traded, 'turnover-cap', rules);
}

export interface Funded extends Scaled {
  readonly proceedsAtLeast: MicroUsd;
  readonly costAtMost: MicroUsd;
}

/**
 * Sells fund buys: what the sells bring at their worst limit, together with the cash there is, must pay for the
 * buys at theirs. Buys that do not fit are scaled down, every buy alike.
 */
export function fundBuys(trades: readonly Trade[], cash: MicroUsd, rules: RebalanceRules): Funded {
  const sells = trades.filter(({ side }) => side === 'sell');
  const buys = trades.filter(({ side }) => side === 'buy');
  const proceedsAtLeast = sells.reduce((sum, sell) => sum + worstNotional(sell, rules), 0n);
  const available = cash + proceedsAtLeast > 0n ? cash + proceedsAtLeast : 0n;
  const wanted = costOf(buys, rules);
  const funded = wanted <= available ? { trades: buys, skipped: [] } : scale(buys, available, wanted, 'insufficient-cash', rules);
  return { trades: [...sells, ...funded.trades], skipped: funded.skipped, proceedsAtLeast, costAtMost: costOf(funded.trades, rules) };
}

function costOf(buys: readonly Trade[], rules: RebalanceRules): MicroUsd {
  return buys.reduce((sum, buy) => sum + worstNotional(buy, rules), 0n);
}

/** Rounded against us: a buy up, a sell down. */
function worstNotional(trade: Trade, rules: RebalanceRules): MicroUsd {
  return notional(collarPrice(trade.side, trade.arrival, rules.collarBps), trade.quantity, trade.side === 'buy' ? 'ceil' : 'floor');
}

/**
 * Every trade by `budget / wanted`. Each fraction of a share may be rounded up by less than a micro-dollar, all of them
 * by less than there are trades: that much is set aside first, so that their sum stays within the budget.
 */
function scale(trades: readonly Trade[], budget: MicroUsd, wanted: MicroUsd, code: SkipCode, rules: RebalanceRules): Scaled {
  const setAside = rules.shareUnit === 'fractional' ? BigInt(trades.length - 1) : 0n;
  const spendable = larger(budget - setAside, 0n);
  const kept: Trade[] = [];
  const skipped: Skipped[] = [];
  for (const trade of trades) {
    const quantity = truncateShares(divide(trade.quantity * spendable, wanted, 'floor'), rules.shareUnit);
    const smaller = { ...trade, quantity, notional: notional(trade.arrival, quantity, 'half-even') };
    const isWorthwhile = quantity > 0n && smaller.notional >= rules.minimumTrade;
    if (isWorthwhile) kept.push(smaller);
    const leftOut = trade.quantity - (isWorthwhile ? quantity : 0n);
    if (leftOut > 0n)
      skipped.push({ symbol: trade.symbol, code, figures: { wanted: formatShares(trade.quantity), leftOut: formatShares(leftOut) } });
  }
  return { trades: kept, skipped };
}
