// GET /v2/assets and /v2/assets/{symbol or id}
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { refuse } from '../matching/refusal.ts';
import { assetJson, EXCHANGE } from './asset-json.ts';
import { sendRefusal } from './refusal-answer.ts';
import type { TradingDesk } from './trading-desk.ts';

const filters = z.object({
  status: z.enum(['active', 'inactive', 'all']).default('all'),
  asset_class: z.string().default('us_equity'),
  exchange: z.string().default(EXCHANGE),
});
const bySymbol = z.object({ symbol: z.string() });

export function assetRoutes(app: FastifyInstance, { market }: TradingDesk): void {
  app.get('/v2/assets', async (request) => {
    const { status, asset_class: assetClass, exchange } = filters.parse(request.query);
    if (assetClass !== 'us_equity' || exchange !== EXCHANGE) return [];
    return market
      .assets()
      .filter(({ isTradable }) => status === 'all' || isTradable === (status === 'active'))
      .map(assetJson);
  });

  app.get('/v2/assets/:symbol', async (request, reply) => {
    const { symbol } = bySymbol.parse(request.params);
    const asset = market.asset(symbol) ?? market.assets().find(({ id }) => id === symbol);
    return asset === undefined ? sendRefusal(reply, refuse('asset-not-found', { symbol })) : assetJson(asset);
  });
}
