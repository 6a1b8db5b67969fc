// The trading half of the Alpaca-compatible API as one fastify plugin. One file a resource; this one only joins them.
import type { FastifyPluginAsync } from 'fastify';
import { accountRoutes } from './account-routes.ts';
import { activityRoutes } from './activity-routes.ts';
import { answerErrors } from './answer-errors.ts';
import { assetRoutes } from './asset-routes.ts';
import { calendarRoutes } from './calendar-routes.ts';
import { configurationRoutes } from './configuration-routes.ts';
import { guardGate } from './gate.ts';
import { orderRoutes } from './order-routes.ts';
import { portfolioHistoryRoutes } from './portfolio-history-routes.ts';
import { positionRoutes } from './position-routes.ts';
import type { TradingDesk } from './trading-desk.ts';

export interface TradingRoutesOptions {
  readonly desk: TradingDesk;
}

/** Its hooks and its error answers hold for its own routes only. */
export const tradingRoutes: FastifyPluginAsync<TradingRoutesOptions> = async (app, { desk }) => {
  answerErrors(app);
  guardGate(app, desk);
  accountRoutes(app, desk);
  configurationRoutes(app, desk);
  activityRoutes(app, desk);
  portfolioHistoryRoutes(app, desk);
  positionRoutes(app, desk);
  orderRoutes(app, desk);
  calendarRoutes(app, desk);
  assetRoutes(app, desk);
};
