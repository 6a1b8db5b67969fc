// Making a plan smaller in proportion: to the turnover cap, and to the money there is.
import { formatUsd, type MicroUsd } from '../values/money.ts';
import { divide, larger } from '../values/rounding.ts';
import { formatShares, notional, truncateShares } from '../values/shares.ts';
import { WHOLE } from '../values/weight.ts';
import { collarPrice } from './collar.ts';
import type { SettledMoney, SkipCode, Skipped, Trade } from './plan.ts';
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

/** What makes positions larger, all alike, scaled down to `openingsMax` of the equity; nothing else is touched. */
export function capOpenings(trades: readonly Trade[], equity: MicroUsd, rules: RebalanceRules): Scaled {
  if (rules.openingsMax === undefined) return { trades, skipped: [] };
  const openings = trades.filter((trade) => (trade.side === 'sell') === isShort(trade));
  const opened = openings.reduce((sum, trade) => sum + trade.notional, 0n);
  const allowed = divide(equity * rules.openingsMax, WHOLE, 'floor');
  if (opened <= allowed) return { trades, skipped: [] };
  const scaled = scale(openings, allowed, opened, 'breaker', rules);
  const kept = new Map(scaled.trades.map((trade) => [trade.symbol, trade]));
  return {
    trades: trades.flatMap((trade) => (openings.includes(trade) ? (kept.get(trade.symbol) ?? []) : [trade])),
    skipped: scaled.skipped,
  };
}

export interface Funded extends Scaled {
  readonly proceedsAtLeast: MicroUsd;
  readonly costAtMost: MicroUsd;
  /** Left out where nothing is bought back. */
  readonly coversAtMost?: MicroUsd;
}

/**
 * Sells fund buys: what the sells bring at their worst limit, together with the cash there is, must pay for the
 * buys at theirs. Buys that do not fit are scaled down, every buy alike.
 *
 * Nothing is borrowed, so all positions together are never more than the equity: a short position binds what its sale
 * brought and as much again of our own money, and a short sale brings nothing to buy with. What ends a short position is
 * paid first, from all the cash there is, and frees both.
 * @param settled where only settled cash may be spent: what the sells bring pays for buys of a later run.
 * @param shortValue what the short positions are worth now, without the minus.
 */
export function fundBuys(
  trades: readonly Trade[],
  cash: MicroUsd,
  shortValue: MicroUsd,
  rules: RebalanceRules,
  settled?: SettledMoney,
): Funded {
  const sells = trades.filter((trade) => trade.side === 'sell' && !isShort(trade));
  const covers = trades.filter((trade) => trade.side === 'buy' && isShort(trade));
  const openings = trades.filter((trade) => (trade.side === 'sell') === isShort(trade));
  const proceedsAtLeast = sells.reduce((sum, sell) => sum + worstNotional(sell, rules), 0n);
  const paidBack = within(covers, larger(cash + proceedsAtLeast, 0n), rules);
  const freed = paidBack.trades.reduce((sum, cover) => sum + 2n * notional(cover.arrival, cover.quantity, 'floor'), 0n);
  const free = cash + proceedsAtLeast - 2n * shortValue + freed - paidBack.cost;
  const settledFree = settled === undefined ? free : settled.cash - paidBack.cost;
  const opened = settledFree < free ? withinSettled(openings, settledFree, settled, rules) : within(openings, larger(free, 0n), rules);
  return {
    trades: [...sells, ...paidBack.trades, ...opened.trades],
    skipped: [...paidBack.skipped, ...opened.skipped],
    proceedsAtLeast,
    costAtMost: opened.cost,
    ...(covers.length === 0 ? {} : { coversAtMost: paidBack.cost }),
  };
}

/** Buys that wait for proceeds to arrive say how much there is of either. */
function withinSettled(trades: readonly Trade[], available: MicroUsd, settled: SettledMoney | undefined, rules: RebalanceRules): Cut {
  const { cash = 0n, unsettled = 0n } = settled ?? {};
  const { skipped, ...cut } = within(trades, larger(available, 0n), rules, 'unsettled-cash');
  const figures = { settled: formatUsd(cash), unsettled: formatUsd(unsettled) };
  return { ...cut, skipped: skipped.map((each) => ({ ...each, figures: { ...each.figures, ...figures } })) };
}

interface Cut extends Scaled {
  readonly cost: MicroUsd;
}

function within(trades: readonly Trade[], available: MicroUsd, rules: RebalanceRules, code: SkipCode = 'insufficient-cash'): Cut {
  const wanted = costOf(trades, rules);
  const scaled = wanted <= available ? { trades, skipped: [] } : scale(trades, available, wanted, code, rules);
  // Buys before short sales, as they were by symbol.
  const ordered = [...scaled.trades.filter(({ side }) => side === 'buy'), ...scaled.trades.filter(({ side }) => side === 'sell')];
  return { trades: ordered, skipped: scaled.skipped, cost: costOf(scaled.trades, rules) };
}

function isShort({ position }: Trade): boolean {
  return position === 'short';
}

function costOf(trades: readonly Trade[], rules: RebalanceRules): MicroUsd {
  return trades.reduce((sum, trade) => sum + (trade.side === 'buy' ? worstNotional(trade, rules) : boundBy(trade, rules)), 0n);
}

/** What a short sale binds beyond its own proceeds, sold at its worst limit and standing at the other end of the collar. */
function boundBy(sale: Trade, rules: RebalanceRules): MicroUsd {
  return 2n * worstNotional({ ...sale, side: 'buy' }, rules) - worstNotional(sale, rules);
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
    const quantity = truncateShares(divide(trade.quantity * spendable, wanted, 'floor'), isShort(trade) ? 'whole' : rules.shareUnit);
    const smaller = { ...trade, quantity, notional: notional(trade.arrival, quantity, 'half-even') };
    const isWorthwhile = quantity > 0n && smaller.notional >= rules.minimumTrade;
    if (isWorthwhile) kept.push(smaller);
    const leftOut = trade.quantity - (isWorthwhile ? quantity : 0n);
    if (leftOut > 0n)
      skipped.push({ symbol: trade.symbol, code, figures: { wanted: formatShares(trade.quantity), leftOut: formatShares(leftOut) } });
  }
  return { trades: kept, skipped };
}
