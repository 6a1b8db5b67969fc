// What the orders of a trade filled at, all together.
import type { ClosedOrder } from '../execution/leg.ts';
import type { MicroUsd } from '../values/money.ts';
import { divide } from '../values/rounding.ts';

/** To the micro-dollar; undefined where nothing filled, or a fill has no price. */
export function averageFillPrice(orders: readonly Pick<ClosedOrder, 'filledQuantity' | 'averageFillPrice'>[]): MicroUsd | undefined {
  const filled = orders.filter((order) => order.filledQuantity > 0n);
  const quantity = filled.reduce((sum, order) => sum + order.filledQuantity, 0n);
  if (quantity === 0n || filled.some((order) => order.averageFillPrice === undefined)) return undefined;
  const paid = filled.reduce((sum, order) => sum + (order.averageFillPrice ?? 0n) * order.filledQuantity, 0n);
  return divide(paid, quantity, 'half-even');
}
