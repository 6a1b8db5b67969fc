// An order as the broker writes it.
import { formatUsd, type MicroUsd } from '../../shared/core/values/money.ts';
import { divide } from '../../shared/core/values/rounding.ts';
import { formatShares } from '../../shared/core/values/shares.ts';
import type { BookOrder } from '../matching/book-order.ts';
import type { EpochNs } from '../matching/stamp.ts';
import { instantText } from './instant-text.ts';

export function orderJson(order: BookOrder): Record<string, unknown> {
  return {
    id: order.id,
    client_order_id: order.clientOrderId,
    created_at: instantText(order.submittedAt),
    updated_at: instantText(order.updatedAt),
    submitted_at: instantText(order.submittedAt),
    filled_at: instantOrNull(order.status === 'filled' ? order.filledAt : undefined),
    expired_at: instantOrNull(order.expiredAt),
    canceled_at: instantOrNull(order.canceledAt),
    failed_at: instantOrNull(order.failedAt),
    replaced_at: instantOrNull(order.replacedAt),
    replaced_by: order.replacedBy ?? null,
    replaces: order.replaces ?? null,
    asset_id: order.assetId,
    symbol: order.symbol,
    asset_class: 'us_equity',
    notional: usdOrNull(order.notional),
    qty: order.quantity === undefined ? null : formatShares(order.quantity),
    filled_qty: formatShares(order.filledQuantity),
    filled_avg_price: order.filledQuantity === 0n ? null : formatUsd(divide(order.filledValue, order.filledQuantity, 'half-even')),
    order_class: '',
    order_type: order.type,
    type: order.type,
    side: order.side,
    position_intent: order.side === 'buy' ? 'buy_to_open' : 'sell_to_close',
    time_in_force: order.timeInForce,
    limit_price: usdOrNull(order.limitPrice),
    stop_price: usdOrNull(order.stopPrice),
    status: order.status,
    extended_hours: order.extendedHours,
    legs: null,
    trail_percent: null,
    trail_price: null,
    hwm: null,
    subtag: null,
    source: null,
  };
}

function instantOrNull(at: EpochNs | undefined): string | null {
  return at === undefined ? null : instantText(at);
}

function usdOrNull(amount: MicroUsd | undefined): string | null {
  return amount === undefined ? null : formatUsd(amount);
}
