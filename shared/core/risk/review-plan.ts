// The risk review: a flat ladder of named denials, the first that matches wins. It refuses before the broker
// can reject, and says which figures decided.
import type { Account } from '../portfolio/portfolio.ts';
import type { RebalancePlan } from '../rebalance/plan.ts';
import { formatUsd, type MicroUsd } from '../values/money.ts';
import { formatPercent, type Ppm, WHOLE, weightOf } from '../values/weight.ts';
import type { Limits } from './limits.ts';

export const DENIAL_CODES = [
  'account-blocked',
  'orders-max',
  'order-notional-max',
  'short-position',
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
  const bought = new Set(plan.trades.filter(({ side }) => side === 'buy').map(({ symbol }) => symbol));
  const after = weightsAfter(plan);
  for (const { symbol, value } of after) {
    if (value < 0n) return denied('short-position', { symbol, value: formatUsd(value) });
  }
  for (const { symbol, weight } of after) {
    // A position that has outgrown its limit may be sold down, but not bought.
    if (bought.has(symbol) && weight > limits.positionMax)
      return denied('position-max', { symbol, weight: formatPercent(weight), max: formatPercent(limits.positionMax) });
  }
  const gross = after.reduce((sum, { weight }) => sum + weight, 0n);
  if (bought.size > 0 && gross > WHOLE) return denied('gross-exposure', { weight: formatPercent(gross), max: formatPercent(WHOLE) });
  const money = account.buyingPower + plan.proceedsAtLeast;
  if (plan.costAtMost > money) return denied('buying-power', { cost: formatUsd(plan.costAtMost), buyingPower: formatUsd(money) });
  return { kind: 'approved' };
}

function denied(code: DenialCode, figures: Readonly<Record<string, string>>): RiskReview {
  return { kind: 'denied', code, figures };
}

/** Each symbol as it stands when every trade fills at its arrival price. */
function weightsAfter(plan: RebalancePlan): { symbol: string; value: MicroUsd; weight: Ppm }[] {
  const change = new Map(plan.trades.map(({ symbol, side, notional }) => [symbol, side === 'buy' ? notional : -notional]));
  return plan.lines
    .filter(({ symbol }) => symbol !== 'cash')
    .map(({ symbol, value }) => ({ symbol, value: value + (change.get(symbol) ?? 0n) }))
    .map(({ symbol, value }) => ({ symbol, value, weight: weightOf(value, plan.equity, 'floor') }));
}
