// From the distance to the target to the shares that would close it, symbol by symbol.
import type { QuoteRefusalCode } from '../market/quote.ts';
import type { Position } from '../portfolio/portfolio.ts';
import type { MicroUsd } from '../values/money.ts';
import { absolute, smaller } from '../values/rounding.ts';
import { isWhole, type NanoShares, notional, type ShareUnit, sharesFor, truncateShares } from '../values/shares.ts';
import { partOf } from '../values/weight.ts';
import type { DriftLine, Skipped, Trade } from './plan.ts';
import type { RebalanceRules } from './rules.ts';

/** What a symbol is valued at, and why it may not be traded, if it may not. */
export interface SymbolPrice {
  readonly symbol: string;
  /** The mid of a quote that may be traded on; else the last close. */
  readonly value: MicroUsd;
  readonly refusal?: { readonly code: QuoteRefusalCode | 'not-tradable' | 'not-fractionable'; readonly figures: Readonly<Record<string, string>> };
}

export type WantedOrSkipped = { readonly kind: 'wanted'; readonly trade: Trade } | { readonly kind: 'skipped'; readonly skipped: Skipped };

/** The trade that brings one symbol to its target, or why there is none. */
export function wantTrade(line: DriftLine, position: Position | undefined, price: SymbolPrice, equity: MicroUsd, rules: RebalanceRules): WantedOrSkipped {
  const skip = (code: Skipped['code'], figures: Skipped['figures'] = {}): WantedOrSkipped => ({ kind: 'skipped', skipped: { symbol: line.symbol, code, figures } });
  const held = position?.quantity ?? 0n;
  const delta = sharesToTrade(line, held, price.value, equity, rules.shareUnit);
  if (delta === 0n) return line.drift === 0n || rules.shareUnit === 'fractional' ? skip('at-target') : skip('below-one-share', { drift: `${line.drift} ppm` });
  if (price.refusal !== undefined) return skip(price.refusal.code, price.refusal.figures);
  const side = delta > 0n ? 'buy' : 'sell';
  const quantity = side === 'buy' ? delta : smaller(-delta, position?.available ?? 0n);
  if (quantity <= 0n) return skip('quantity-held', { wanted: `${absolute(delta)}`, available: `${position?.available ?? 0n}` });
  const trade: Trade = { symbol: line.symbol, side, quantity, arrival: price.value, notional: notional(price.value, quantity, 'half-even') };
  const isExit = side === 'sell' && quantity === held;
  if (!isExit && trade.notional < rules.minimumTrade) return skip('below-minimum-trade', { notional: `${trade.notional}`, minimum: `${rules.minimumTrade}` });
  return { kind: 'wanted', trade };
}

/** Positive to buy. A position that leaves the targets is sold to the last fraction. */
function sharesToTrade(line: DriftLine, held: NanoShares, price: MicroUsd, equity: MicroUsd, unit: ShareUnit): NanoShares {
  if (line.target === 0n) return -held;
  const wanted = truncateShares(sharesFor(partOf(equity, line.target, 'floor'), price, 'floor'), unit);
  const delta = wanted - held;
  return isWhole(held) ? delta : truncateShares(delta, unit);
}
