// GET /v2/account
import type { FastifyInstance } from 'fastify';
import { formatUsd, type MicroUsd, roundToCents } from '../../shared/core/values/money.ts';
import { larger } from '../../shared/core/values/rounding.ts';
import { accountValue } from '../matching/account-value.ts';
import { accruedFees } from '../matching/post-fees.ts';
import { instantText } from './instant-text.ts';
import type { TradingDesk } from './trading-desk.ts';

export function accountRoutes(app: FastifyInstance, desk: TradingDesk): void {
  app.get('/v2/account', async () => accountJson(desk));
}

/** Amounts are strings. What may be spent is rounded down to a cent, the rest is exact. */
function accountJson({ book, around }: TradingDesk): Record<string, unknown> {
  const value = accountValue(book, around);
  const { configuration } = book;
  return {
    id: book.accountId,
    account_number: book.accountNumber,
    status: 'ACTIVE',
    crypto_status: 'INACTIVE',
    currency: 'USD',
    created_at: instantText(book.createdAt),
    cash: formatUsd(value.cash),
    // What short sales brought, and as much of the owner's, stays as collateral.
    cash_withdrawable: spendable(larger(value.settledCash + 2n * value.shortMarketValue, 0n)),
    portfolio_value: formatUsd(value.equity),
    equity: formatUsd(value.equity),
    last_equity: formatUsd(value.lastEquity),
    buying_power: spendable(value.buyingPower),
    regt_buying_power: spendable(value.regtBuyingPower),
    non_marginable_buying_power: spendable(value.nonMarginableBuyingPower),
    options_buying_power: '0',
    long_market_value: formatUsd(value.longMarketValue),
    short_market_value: value.shortMarketValue === 0n ? '0' : formatUsd(value.shortMarketValue),
    position_market_value: formatUsd(value.longMarketValue + value.shortMarketValue),
    initial_margin: formatUsd(value.initialMargin),
    maintenance_margin: formatUsd(value.maintenanceMargin),
    last_maintenance_margin: '0',
    accrued_fees: formatUsd(accruedFees(book)),
    pending_transfer_in: '0',
    pending_transfer_out: '0',
    intraday_adjustments: '0',
    sma: '0',
    multiplier: String(value.multiplier),
    trading_blocked: book.isBlocked,
    transfers_blocked: false,
    account_blocked: book.isBlocked,
    trade_suspended_by_user: configuration.suspendTrade,
    shorting_enabled: value.canShort,
  };
}

function spendable(amount: MicroUsd): string {
  return formatUsd(roundToCents(amount, 'floor'));
}
