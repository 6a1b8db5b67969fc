// From the distance to the target to the shares that would close it, symbol by symbol.
import type { QuoteRefusalCode } from '../market/quote.ts';
import type { Position } from '../portfolio/portfolio.ts';
import type { Side } from '../values/identity.ts';
import { formatUsd, type MicroUsd } from '../values/money.ts';
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
  const delta = sharesToTrade(line, held, price.value, equity, rules.shareUnit);
  // Less than half a part per million off: no order is worth that, unless the symbol leaves the targets.
  const isAtTarget = drift === 0n && target !== 0n;
  if (delta === 0n || isAtTarget)
    return drift === 0n || rules.shareUnit === 'fractional' ? skip('at-target') : skip('below-one-share', { drift: formatPercent(drift) });
  if (price.refusal !== undefined) return skip(price.refusal.code, price.refusal.figures);
  if (delta > 0n) return worthwhile(tradeOf(symbol, 'buy', delta, price), rules);

  const wanted = -delta;
  const available = position?.available ?? 0n;
  if (wanted <= available)
    return wanted === held ? { trade: tradeOf(symbol, 'sell', held, price) } : worthwhile(tradeOf(symbol, 'sell', wanted, price), rules);
  const heldBack = skip('quantity-held', { wanted: formatShares(wanted), available: formatShares(available) });
  const free = truncateShares(available, rules.shareUnit);
  return free > 0n ? { ...heldBack, ...worthwhile(tradeOf(symbol, 'sell', free, price), rules) } : heldBack;
}

function worthwhile(trade: Trade, { minimumTrade }: RebalanceRules): WantedTrade {
  if (trade.notional >= minimumTrade) return { trade };
  const figures = { notional: formatUsd(trade.notional), minimum: formatUsd(minimumTrade) };
  return { skipped: { symbol: trade.symbol, code: 'below-minimum-trade', figures } };
}

function tradeOf(symbol: string, side: Side, quantity: NanoShares, { value }: SymbolPrice): Trade {
  return { symbol, side, quantity, arrival: value, notional: notional(value, quantity, 'half-even') };
}

/** Positive to buy. A position that leaves the targets is sold to the last fraction. */
function sharesToTrade(line: DriftLine, held: NanoShares, price: MicroUsd, equity: MicroUsd, unit: ShareUnit): NanoShares {
  if (line.target === 0n) return -held;
  const wanted = truncateShares(sharesFor(partOf(equity, line.target, 'floor'), price, 'floor'), unit);
  const delta = wanted - held;
  return isWhole(held) ? delta : truncateShares(delta, unit);
}
