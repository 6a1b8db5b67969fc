// What the account holds before a simulated day, drawn from its seed.
import type { FillActivity } from '../../shared/core/ledger/activity.ts';
import type { TargetWeights } from '../../shared/core/strategy/weights.ts';
import type { Side } from '../../shared/core/values/identity.ts';
import { type MicroUsd, usd } from '../../shared/core/values/money.ts';
import { NANOS_PER_SHARE, type NanoShares, notional, sharesFor, truncateShares } from '../../shared/core/values/shares.ts';
import { type EpochMs, HOUR_MS } from '../../shared/core/values/time.ts';
import { partOf } from '../../shared/core/values/weight.ts';
import type { BrokerStart } from './broker-books.ts';
import type { Chance } from './chance.ts';
import type { DayKind } from './day-kind.ts';
import { SYMBOLS } from './drawn-policy.ts';
import type { Focus } from './focus.ts';
import type { Market } from './market.ts';

export function drawHoldingsOf(
  kind: DayKind,
  market: Market,
  due: EpochMs,
  chance: Chance,
  focus: Focus | undefined,
): Omit<BrokerStart, 'accountNumber' | 'close' | 'shareUnit'> {
  if (kind === 'long-short') return drawLongShortHoldings(market, due, chance, focus);
  const holdings = drawHoldings(market, due, chance, focus);
  return kind === 'cash' ? drawCashHoldings(holdings, market, due, chance) : holdings;
}

/** A hundred thousand dollars at about these weights: each within half a point. */
export function holdingsAt({ weights }: TargetWeights, market: Market, due: EpochMs, chance: Chance) {
  const positions = new Map<string, NanoShares>();
  let spent = 0n;
  for (const { symbol, weight } of weights) {
    const amount = partOf(usd('99000'), weight, 'floor') + usd('10') * BigInt(chance.between(-40, 40));
    positions.set(symbol, truncateShares(sharesFor(amount, market.quoteAt(symbol, due).ask, 'floor'), 'whole'));
    spent += amount;
  }
  return { cash: usd('101000') - spent, positions };
}

/** About a hundred thousand dollars, spread so that something is to be sold and something bought, or cash alone. */
function drawHoldings(market: Market, due: EpochMs, chance: Chance, focus: Focus | undefined) {
  const positions = new Map<string, NanoShares>();
  const isFirstFunding = chance.happens(0.15) || focus === 'tight-sizes';
  for (const symbol of SYMBOLS) {
    if (isFirstFunding || chance.happens(0.2)) continue;
    const amount = usd('1000') * BigInt(chance.between(1, 40));
    positions.set(symbol, truncateShares(sharesFor(amount, market.quoteAt(symbol, due).ask, 'floor'), 'whole'));
  }
  const thousands = chance.between(0, 20);
  return { cash: usd('1000') * BigInt(isFirstFunding ? 100 : focus === 'scarce-money' ? 0 : thousands) + usd('500'), positions };
}

/** Long and short, and cash for twice what is short: no more than the account is worth is held. */
function drawLongShortHoldings(market: Market, due: EpochMs, chance: Chance, focus: Focus | undefined) {
  const { cash, positions } = drawHoldings(market, due, chance, focus);
  let collateral = 0n;
  for (const [symbol, quantity] of positions) {
    if (!chance.happens(0.4)) continue;
    positions.set(symbol, -quantity);
    collateral += 2n * notional(market.quoteAt(symbol, due).ask, quantity, 'ceil');
  }
  return { cash: cash + collateral, positions, canShort: !chance.happens(0.1) };
}

/** Of a symbol that is not ours some was sold, and of one that is some bought: half of what is held of it, or all. */
function drawCashHoldings({ cash, positions }: ReturnType<typeof drawHoldings>, market: Market, due: EpochMs, chance: Chance) {
  const earlier: FillActivity[] = [];
  const fill = (symbol: string, side: Side, quantity: NanoShares, price: MicroUsd): void => {
    const id = `earlier-${earlier.length}`;
    earlier.push({ kind: 'fill', id, at: due - 4 * HOUR_MS, word: 'FILL', clientOrderId: 'by-hand', symbol, side, quantity, price });
  };
  if (chance.happens(0.7)) fill('ZZZ', 'sell', NANOS_PER_SHARE, (cash * BigInt(chance.between(1, 120))) / 100n);
  const [symbol, quantity] = [...positions][chance.between(0, 4)] ?? [];
  if (earlier.length > 0 && symbol !== undefined && quantity !== undefined) {
    const bought = chance.happens(0.3) ? quantity : truncateShares(quantity / 2n, 'whole');
    if (bought > 0n) fill(symbol, 'buy', bought, market.quoteAt(symbol, due).bid);
  }
  return { cash, positions, multiplier: 1 as const, earlier };
}
