// GET and PATCH /v2/account/configurations
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import type { AccountConfiguration } from '../matching/book.ts';
import type { TradingDesk } from './trading-desk.ts';

const patch = z.object({
  fractional_trading: z.boolean().optional(),
  no_shorting: z.boolean().optional(),
  suspend_trade: z.boolean().optional(),
  max_margin_multiplier: z.enum(['1', '2', '4']).optional(),
  trade_confirm_email: z.enum(['all', 'none']).optional(),
});

const MULTIPLIERS = { '1': 1, '2': 2, '4': 4 } as const;

export function configurationRoutes(app: FastifyInstance, { book }: TradingDesk): void {
  app.get('/v2/account/configurations', async () => configurationJson(book.configuration));

  app.patch('/v2/account/configurations', async (request) => {
    const change = patch.parse(request.body ?? {});
    const old = book.configuration;
    book.configuration = {
      fractionalTrading: change.fractional_trading ?? old.fractionalTrading,
      noShorting: change.no_shorting ?? old.noShorting,
      suspendTrade: change.suspend_trade ?? old.suspendTrade,
      maxMarginMultiplier: change.max_margin_multiplier === undefined ? old.maxMarginMultiplier : MULTIPLIERS[change.max_margin_multiplier],
      tradeConfirmEmail: change.trade_confirm_email ?? old.tradeConfirmEmail,
    };
    return configurationJson(book.configuration);
  });
}

function configurationJson(configuration: AccountConfiguration): Record<string, unknown> {
  return {
    fractional_trading: configuration.fractionalTrading,
    max_margin_multiplier: String(configuration.maxMarginMultiplier),
    no_shorting: configuration.noShorting,
    suspend_trade: configuration.suspendTrade,
    trade_confirm_email: configuration.tradeConfirmEmail,
    ptp_no_exception_entry: false,
  };
}
