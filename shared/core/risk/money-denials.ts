// Denials for what is moved and what it costs.
import { formatUsd, type MicroUsd } from '../values/money.ts';
import { larger, smaller } from '../values/rounding.ts';
import { formatPercent, partOf, WHOLE, weightOf } from '../values/weight.ts';
import { denied } from './denial.ts';
import type { PlanView, Rung } from './plan-view.ts';

/** One-way: half of all that is bought and sold. What only makes positions smaller passes, and so does the first funding. */
export const dayTurnover: Rung = ({ plan, opened, limits: { dayTurnoverMax: max }, facts: { today } }) => {
  if (max === undefined || opened.size === 0) return undefined;
  const isFirstFunding = today.traded === 0n && plan.lines.every(({ symbol, value }) => symbol === 'cash' || value === 0n);
  if (isFirstFunding) return undefined;
  const traded = plan.trades.reduce((sum, { notional }) => sum + notional, today.traded);
  if (traded * WHOLE <= 2n * plan.equity * max) return undefined;
  return denied('day-turnover', {
    before: formatUsd(today.traded),
    turnover: formatPercent(weightOf(traded, 2n * plan.equity, 'ceil')),
    max: formatPercent(max),
  });
};

/** Buying back a short position needs no buying power: it gives some. */
export const buyingPower: Rung = (view) => {
  const { costAtMost } = view.plan;
  const money = moneyOf(view);
  return costAtMost <= money ? undefined : denied('buying-power', { cost: formatUsd(costAtMost), buyingPower: formatUsd(money) });
};

export const marginBuffer: Rung = (view) => {
  const { plan, limits, opened } = view;
  if (limits.marginBuffer === undefined || opened.size === 0) return undefined;
  const buffer = partOf(plan.equity, limits.marginBuffer, 'ceil');
  const money = moneyOf(view);
  if (plan.costAtMost + buffer <= money) return undefined;
  return denied('margin-buffer', { cost: formatUsd(plan.costAtMost), buyingPower: formatUsd(money), buffer: formatUsd(buffer) });
};

/** Where only settled cash may be spent, what is bought back is paid from it first. */
function moneyOf({ plan, account }: PlanView): MicroUsd {
  const power = account.buyingPower + plan.proceedsAtLeast;
  return plan.settled === undefined ? power : smaller(power, larger(plan.settled.cash - (plan.coversAtMost ?? 0n), 0n));
}
