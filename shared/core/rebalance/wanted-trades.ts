// From the distance to the target to the shares that would close it, symbol by symbol.
import type { QuoteRefusalCode } from '../market/quote.ts';
import type { Position } from '../portfolio/portfolio.ts';
import type { Side } from '../values/identity.ts';
import { formatUsd, type MicroUsd } from '../values/money.ts';
import { absolute } from '../values/rounding.ts';
import { formatShares, isWhole, type NanoShares, notional, type ShareUnit, sharesFor, truncateShares } from '../values/shares.ts';
import { formatPercent, partOf } from '../values/weight.ts';
import type { DriftLine, Skipped, Trade } from './plan.ts';
import type { RebalanceRules } from './rules.ts';

/** What a symbol is valued at, and why it may not be traded, if it may not. */
export interface SymbolPrice {
  readonly symbol: string;
  /** The mid of a quote that may be traded on; else the last close. */
  readonly value: MicroUsd;
  readonly refusal?: {
    readonly code: QuoteRefusalCode | 'not-tradable' | 'not-fractionable';
    readonly figures: Readonly<Record<string, string>>;
  };
  /** No sleeve names it, and it is to be sold. */
  readonly isUnowned?: true;
}

/** Both where only part of a trade may be made. */
export interface WantedTrade {
  readonly trade?: Trade;
  readonly skipped?: Skipped;
}

/** The trade that brings one symbol to its target, and why there is none or not all of it. */
export function wantTrade(
  line: DriftLine,
  position: Position | undefined,
  price: SymbolPrice,
  equity: MicroUsd,
  rules: RebalanceRules,
): WantedTrade {
  const { symbol, target, drift } = line;
  const skip = (code: Skipped['code'], figures: Skipped['figures'] = {}): WantedTrade => ({ skipped: { symbol, code, figures } });
  const held = position?.quantity ?? 0n;
  // Of a short position only whole shares can be sold or bought back.
  const isShort = target < 0n || held < 0n;
  const unit = isShort ? 'whole' : rules.shareUnit;
  const delta = sharesToTrade(line, held, price.value, equity, unit);
  // Less than half a part per million off: no order is worth that, unless the symbol leaves the targets.
  const isAtTarget = drift === 0n && target !== 0n;
  if (delta === 0n || isAtTarget)
    return drift === 0n || unit === 'fractional' ? skip('at-target') : skip('below-one-share', { drift: formatPercent(drift) });
  const needsNoFraction = price.refusal?.code === 'not-fractionable' && isShort && isWhole(delta);
  if (price.refusal !== undefined && !needsNoFraction) return skip(price.refusal.code, price.refusal.figures);
  if (held !== 0n && held < 0n !== held + delta < 0n && held + delta !== 0n) return stopAtZero(line, position, price, delta, rules);
  return tradeFor(symbol, position, price, delta, rules);
}

/** No order may go through zero: the position is ended now, and its other side begun by the next run. */
function stopAtZero(
  { symbol }: DriftLine,
  position: Position | undefined,
  price: SymbolPrice,
  delta: NanoShares,
  rules: RebalanceRules,
): WantedTrade {
  const held = position?.quantity ?? 0n;
  const { trade, skipped } = tradeFor(symbol, position, price, -held, rules);
  // The first reason is the one that decides: what is not even brought to zero goes no further.
  if (skipped !== undefined) return { ...(trade === undefined ? {} : { trade }), skipped };
  const figures = { wanted: formatShares(absolute(delta)), leftOut: formatShares(absolute(delta + held)) };
  return { ...(trade === undefined ? {} : { trade }), skipped: { symbol, code: 'through-zero', figures } };
}

/** @param delta positive to buy; never through zero. */
function tradeFor(
  symbol: string,
  position: Position | undefined,
  price: SymbolPrice,
  delta: NanoShares,
  rules: RebalanceRules,
): WantedTrade {
  const held = position?.quantity ?? 0n;
  const wanted = absolute(delta);
  const isEnd = delta === -held;
  if (held < 0n || (held === 0n && delta < 0n)) {
    const trade: Trade = { ...tradeOf(symbol, delta > 0n ? 'buy' : 'sell', wanted, price), position: 'short' };
    return isEnd ? { trade } : worthwhile(trade, rules);
  }
  if (delta > 0n) return worthwhile(tradeOf(symbol, 'buy', delta, price), rules);
  const available = position?.available ?? 0n;
  const sell = (quantity: NanoShares): Trade => tradeOf(symbol, 'sell', quantity, price);
  if (wanted <= available) return isEnd ? { trade: sell(held) } : worthwhile(sell(wanted), rules);
  const figures = { wanted: formatShares(wanted), available: formatShares(available) };
  const heldBack: WantedTrade = { skipped: { symbol, code: 'quantity-held', figures } };
  const free = truncateShares(available, rules.shareUnit);
  return free > 0n ? { ...heldBack, ...worthwhile(sell(free), rules) } : heldBack;
}

function worthwhile(trade: Trade, { minimumTrade }: RebalanceRules): WantedTrade {
  if (trade.notional >= minimumTrade) return { trade };
  const figures = { notional: formatUsd(trade.notional), minimum: formatUsd(minimumTrade) };
  return { skipped: { symbol: trade.symbol, code: 'below-minimum-trade', figures } };
}

function tradeOf(symbol: string, side: Side, quantity: NanoShares, { value, isUnowned }: SymbolPrice): Trade {
  const reason = isUnowned === undefined ? {} : { reason: 'unowned' as const };
  return { symbol, side, quantity, arrival: value, notional: notional(value, quantity, 'half-even'), ...reason };
}

/** Positive to buy. A position that leaves the targets is ended to the last fraction. As many shares as fit under the target. */
function sharesToTrade(line: DriftLine, held: NanoShares, price: MicroUsd, equity: MicroUsd, unit: ShareUnit): NanoShares {
  if (line.target === 0n) return -held;
  const size = truncateShares(sharesFor(partOf(equity, absolute(line.target), 'floor'), price, 'floor'), unit);
  const delta = (line.target < 0n ? -size : size) - held;
  return isWhole(held) ? delta : truncateShares(delta, unit);
}
