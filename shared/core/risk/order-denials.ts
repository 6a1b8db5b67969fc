// Denials for the size and the number of orders.
import { formatUsd } from '../values/money.ts';
import { formatShares } from '../values/shares.ts';
import { denied } from './denial.ts';
import type { Rung } from './plan-view.ts';

export const ordersMax: Rung = ({ plan, limits }) => {
  if (plan.trades.length <= limits.ordersMax) return undefined;
  return denied('orders-max', { orders: `${plan.trades.length}`, max: `${limits.ordersMax}` });
};

/** Each trade takes one order at least. */
export const sessionOrders: Rung = ({ plan, limits: { sessionOrdersMax }, facts: { today } }) => {
  const orders = today.orders + plan.trades.length;
  if (sessionOrdersMax === undefined || plan.trades.length === 0 || orders <= sessionOrdersMax) return undefined;
  return denied('session-orders', { before: `${today.orders}`, orders: `${orders}`, max: `${sessionOrdersMax}` });
};

export const orderNotionalMax: Rung = ({ plan, limits }) => {
  const large = plan.trades.find(({ notional }) => notional > limits.orderNotionalMax);
  if (large === undefined) return undefined;
  const { symbol, notional } = large;
  return denied('order-notional-max', { symbol, notional: formatUsd(notional), max: formatUsd(limits.orderNotionalMax) });
};

export const orderSharesMax: Rung = ({ plan, limits: { orderSharesMax: max } }) => {
  const large = max === undefined ? undefined : plan.trades.find(({ quantity }) => quantity > max);
  if (large === undefined || max === undefined) return undefined;
  return denied('order-shares-max', { symbol: large.symbol, shares: formatShares(large.quantity), max: formatShares(max) });
};
