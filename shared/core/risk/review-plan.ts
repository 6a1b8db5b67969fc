// The risk review: a flat ladder of named denials, the first that matches wins. It refuses before the broker
// can reject, and says which figures decided.
import type { Account } from '../portfolio/portfolio.ts';
import type { RebalancePlan, Trade } from '../rebalance/plan.ts';
import { formatUsd, type MicroUsd } from '../values/money.ts';
import { absolute, larger, smaller } from '../values/rounding.ts';
import { formatPercent, type Ppm, WHOLE, weightOf } from '../values/weight.ts';
import type { Limits } from './limits.ts';

export const DENIAL_CODES = [
  'account-blocked',
  'orders-max',
  'order-notional-max',
  'short-position',
  'short-max',
  'position-max',
  'gross-exposure',
  'buying-power',
] as const;
export type DenialCode = (typeof DENIAL_CODES)[number];

export type RiskReview =
  | { readonly kind: 'approved' }
  | { readonly kind: 'denied'; readonly code: DenialCode; readonly figures: Readonly<Record<string, string>> };

export function reviewPlan(plan: RebalancePlan, account: Account, limits: Limits): RiskReview {
  if (account.isBlocked) return denied('account-blocked', {});
  if (plan.trades.length > limits.ordersMax) return denied('orders-max', { orders: `${plan.trades.length}`, max: `${limits.ordersMax}` });
  for (const { symbol, notional } of plan.trades) {
    if (notional > limits.orderNotionalMax)
      return denied('order-notional-max', { symbol, notional: formatUsd(notional), max: formatUsd(limits.orderNotionalMax) });
  }
  const opened = new Set(plan.trades.filter(opensPosition).map(({ symbol }) => symbol));
  const after = weightsAfter(plan);
  for (const { symbol, value } of after) {
    if (value < 0n && limits.shortMax === 0n) return denied('short-position', { symbol, value: formatUsd(value) });
  }
  // What has outgrown a limit by itself may be made smaller or left, not made larger.
  const short = after.reduce((sum, { value }) => (value < 0n ? sum - value : sum), 0n);
  const isSoldShort = plan.trades.some((trade) => trade.side === 'sell' && opensPosition(trade));
  if (isSoldShort && short * WHOLE > plan.equity * limits.shortMax)
    return denied('short-max', { weight: formatPercent(weightOf(short, plan.equity, 'ceil')), max: formatPercent(limits.shortMax) });
  for (const { symbol, size } of after) {
    if (opened.has(symbol) && size > limits.positionMax)
      return denied('position-max', { symbol, weight: formatPercent(size), max: formatPercent(limits.positionMax) });
  }
  const gross = after.reduce((sum, { size }) => sum + size, 0n);
  if (opened.size > 0 && gross > WHOLE) return denied('gross-exposure', { weight: formatPercent(gross), max: formatPercent(WHOLE) });
  // Buying back a short position needs no buying power: it gives some.
  const power = account.buyingPower + plan.proceedsAtLeast;
  const money = plan.settled === undefined ? power : smaller(power, larger(plan.settled.cash - (plan.coversAtMost ?? 0n), 0n));
  if (plan.costAtMost > money) return denied('buying-power', { cost: formatUsd(plan.costAtMost), buyingPower: formatUsd(money) });
  return { kind: 'approved' };
}

/** A purchase of a long position, or a short sale. */
function opensPosition({ side, position }: Trade): boolean {
  return (side === 'sell') === (position === 'short');
}

function denied(code: DenialCode, figures: Readonly<Record<string, string>>): RiskReview {
  return { kind: 'denied', code, figures };
}

/** Each symbol as it stands when every trade fills at its arrival price; its size is its weight without the sign. */
function weightsAfter(plan: RebalancePlan): { symbol: string; value: MicroUsd; size: Ppm }[] {
  const change = new Map(plan.trades.map(({ symbol, side, notional }) => [symbol, side === 'buy' ? notional : -notional]));
  return plan.lines
    .filter(({ symbol }) => symbol !== 'cash')
    .map(({ symbol, value }) => ({ symbol, value: value + (change.get(symbol) ?? 0n) }))
    .map(({ symbol, value }) => ({ symbol, value, size: weightOf(absolute(value), plan.equity, 'floor') }));
}
