// The exchange is good enough when the official client reads from it what it reads from Alpaca.
import {
  type Alpaca,
  AuthError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  TimeFrame,
  type trading,
  ValidationError,
} from '@alpacahq/alpaca-trade-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../exchange/faults/fault.ts';
import { SECOND_MS } from '../../../shared/core/values/time.ts';
import { type Address, officialClient } from './official-client.ts';

/** The account, the market and the time of `BrokerWorld`, seen over HTTP. */
export interface ConformanceWorld extends Address {
  now(): number;
  advance(ms: number): Promise<void>;
  arm(fault: Fault): Promise<void>;
  close(): Promise<void>;
}

const DECIMAL = /^-?\d+(\.\d+)?$/;
const TERMINAL = ['filled', 'canceled', 'expired', 'rejected', 'replaced'];

export function officialClientConformance(makeWorld: () => Promise<ConformanceWorld>): void {
  describe('the official client', () => {
    let world: ConformanceWorld;
    let alpaca: Alpaca;

    beforeEach(async () => {
      world = await makeWorld();
      alpaca = officialClient(world);
    });

    afterEach(async () => {
      await world.close();
    });

    it('connects, and is refused with wrong keys on both interfaces', async () => {
      expect(await alpaca.trading.validateConnection()).toMatchObject({ ok: true });
      const stranger = officialClient({ ...world, secretKey: 'wrong' });
      await expect(stranger.trading.account.getAccount()).rejects.toThrow(AuthError);
      await expect(stranger.marketData.stocks.stockLatestQuotes({ symbols: 'SPY' })).rejects.toThrow(AuthError);
    });

    it('is told when it asks too often', async () => {
      await world.arm({ kind: 'too-many-requests', count: 1 });
      await expect(alpaca.trading.account.getAccount()).rejects.toThrow(RateLimitError);
    });

    describe('account', () => {
      it('is read with its money as decimal text', async () => {
        const account = await alpaca.trading.account.getAccount();
        expect(account).toMatchObject({
          status: 'ACTIVE',
          currency: 'USD',
          tradingBlocked: false,
          accountBlocked: false,
          tradeSuspendedByUser: false,
        });
        for (const amount of [
          account.cash,
          account.equity,
          account.lastEquity,
          account.buyingPower,
          account.nonMarginableBuyingPower,
          account.longMarketValue,
        ]) {
          expect(amount).toMatch(DECIMAL);
        }
        expect(Number(account.cash)).toBe(100_000);
        expect(account.createdAt?.getTime()).not.toBeNaN();
        // Removed by the broker on 2026-07-06.
        expect(account).not.toHaveProperty('daytrade_count');
      });

      it('has configurations that can be changed', async () => {
        const before = await alpaca.trading.accountConfigurations.getAccountConfig();
        expect(before).toMatchObject({ fractionalTrading: true, suspendTrade: false });
        const after = await alpaca.trading.accountConfigurations.patchAccountConfig({
          accountConfigurations: { maxMarginMultiplier: '1', noShorting: true },
        });
        expect(after).toMatchObject({ maxMarginMultiplier: '1', noShorting: true });
        expect(await alpaca.trading.accountConfigurations.getAccountConfig()).toMatchObject({ maxMarginMultiplier: '1', noShorting: true });
      });

      it('lists a fill as an activity, by type too, page after page', async () => {
        const order = await buyFilled('SPY', '3');
        const fills = await alpaca.trading.accountActivities.getAccountActivities({ activityTypes: ['FILL'] });
        const fill = {
          activityType: 'FILL',
          orderId: order.id,
          symbol: 'SPY',
          side: 'buy',
          qty: '3',
          cumQty: '3',
          leavesQty: '0',
          type: 'fill',
        };
        expect(fills).toMatchObject([fill]);
        // Read by type, the client models the activities that are no trades.
        const byType = await alpaca.trading.accountActivities.getAccountActivitiesByActivityType({ activityType: 'FILL' });
        expect(byType).toMatchObject([{ activityType: 'FILL', symbol: 'SPY', qty: '3' }]);
        expect(await alpaca.trading.collectActivities({ pageSize: 1 })).toEqual(
          expect.arrayContaining([expect.objectContaining({ orderId: order.id })]),
        );
      });

      it('has a history of its equity', async () => {
        const history = await alpaca.trading.portfolioHistory.getAccountPortfolioHistory({ period: '1M', timeframe: '1D' });
        expect(history.timeframe).toBe('1D');
        expect(history.timestamp.length).toBe(history.equity.length);
        expect(history.profitLoss.length).toBe(history.equity.length);
        expect(history.profitLossPct.length).toBe(history.equity.length);
        expect(history.baseValue).toBe(100_000);
      });
    });

    describe('time', () => {
      it('is the exchange clock, with the next opening and close', async () => {
        const clock = await alpaca.trading.clock.legacyClock();
        expect(clock.isOpen).toBe(true);
        expect(clock.timestamp.getTime()).toBe(world.now());
        expect(clock.nextClose.toISOString()).toBe('2019-06-12T20:00:00.000Z');
        expect(clock.nextOpen.toISOString()).toBe('2019-06-13T13:30:00.000Z');
      });

      it('has a calendar of sessions with their settlement', async () => {
        const days = await alpaca.trading.calendar.legacyCalendar({ start: new Date('2019-07-03'), end: new Date('2019-07-05') });
        expect(days).toMatchObject([
          { open: '09:30', close: '13:00', sessionOpen: '0400', date: new Date('2019-07-03'), settlementDate: new Date('2019-07-08') },
          { open: '09:30', close: '16:00', sessionClose: '2000', date: new Date('2019-07-05'), settlementDate: new Date('2019-07-09') },
        ]);
      });
    });

    describe('assets', () => {
      it('are listed, read by symbol and by id', async () => {
        const listed = await alpaca.trading.assets.getV2Assets({ status: 'active' });
        expect(listed.map(({ symbol }) => symbol)).toEqual(expect.arrayContaining(['SPY', 'TLT']));
        const spy = await alpaca.trading.assets.getV2AssetsSymbolOrAssetId({ symbolOrAssetId: 'SPY' });
        expect(spy).toMatchObject({ symbol: 'SPY', _class: 'us_equity', status: 'active', tradable: true, fractionable: true });
        expect(await alpaca.trading.assets.getV2AssetsSymbolOrAssetId({ symbolOrAssetId: spy.id })).toMatchObject({ symbol: 'SPY' });
      });

      it('that do not exist are not found', async () => {
        await expect(alpaca.trading.assets.getV2AssetsSymbolOrAssetId({ symbolOrAssetId: 'NOSUCH' })).rejects.toThrow(NotFoundError);
      });
    });

    describe('orders', () => {
      it('are placed, filled, and found by id, by client order id and in the list', async () => {
        const placed = await alpaca.trading.orders.market({ symbol: 'SPY', qty: 2, side: 'buy', clientOrderId: 'mine-1' });
        expect(placed).toMatchObject({
          symbol: 'SPY',
          qty: '2',
          side: 'buy',
          type: 'market',
          timeInForce: 'day',
          clientOrderId: 'mine-1',
          filledQty: '0',
        });
        const filled = await untilTerminal(placed);
        expect(filled).toMatchObject({ status: 'filled', filledQty: '2' });
        expect(filled.filledAvgPrice).toMatch(DECIMAL);
        expect(filled.filledAt?.getTime()).toBeGreaterThanOrEqual(filled.submittedAt?.getTime() ?? Number.NaN);
        expect(await alpaca.trading.orders.getOrderByClientOrderId({ clientOrderId: 'mine-1' })).toMatchObject({ id: placed.id });
        expect(await alpaca.trading.orders.getAllOrders({ status: 'closed', symbols: ['SPY'] })).toMatchObject([{ id: placed.id }]);
        expect(await alpaca.trading.orders.getAllOrders({ status: 'open' })).toEqual([]);
      });

      it.each([
        ['limit', { limitPrice: '100.25' }],
        ['stop', { stopPrice: '900.25' }],
        ['stop_limit', { stopPrice: '900.25', limitPrice: '901.25' }],
      ] as const)('of type %s rest and are canceled', async (type, prices) => {
        const placed = await alpaca.trading.orders.submit({ symbol: 'SPY', qty: 1, side: 'buy', type, timeInForce: 'gtc', ...prices });
        expect(placed).toMatchObject({ type, timeInForce: 'gtc', ...prices });
        await alpaca.trading.orders.deleteOrderByOrderID({ orderId: idOf(placed) });
        const canceled = await untilTerminal(placed);
        expect(canceled.status).toBe('canceled');
        expect(canceled.canceledAt?.getTime()).toBe(canceled.updatedAt?.getTime());
      });

      it('are replaced by a new order under a new id', async () => {
        const old = await restingOrder('SPY');
        const patched = await alpaca.trading.orders.patchOrderByOrderId({
          orderId: idOf(old),
          patchOrderRequest: { limitPrice: '101.25' },
        });
        expect(patched.id).not.toBe(old.id);
        expect(patched).toMatchObject({ limitPrice: '101.25', replaces: old.id });
        await world.advance(SECOND_MS);
        expect(await alpaca.trading.orders.getOrderByOrderID({ orderId: idOf(old) })).toMatchObject({
          status: 'replaced',
          replacedBy: patched.id,
        });
      });

      it('are canceled all at once', async () => {
        const orders = [await restingOrder('SPY'), await restingOrder('TLT')];
        const answers = await alpaca.trading.orders.deleteAllOrders();
        expect(answers.map(({ id }) => id).sort()).toEqual(orders.map(idOf).sort());
        expect(answers.every(({ status }) => status === 200)).toBe(true);
      });

      it('are refused with the errors of the broker', async () => {
        await alpaca.trading.orders.limit({ symbol: 'SPY', qty: 1, side: 'buy', limitPrice: 100, clientOrderId: 'once' });
        const again = alpaca.trading.orders.limit({ symbol: 'SPY', qty: 1, side: 'buy', limitPrice: 100, clientOrderId: 'once' });
        await expect(again).rejects.toMatchObject({ name: ValidationError.name, status: 422, code: 40010001 });
        await expect(alpaca.trading.orders.market({ symbol: 'SPY', qty: 1_000_000, side: 'buy' })).rejects.toMatchObject({
          name: PermissionError.name,
          status: 403,
          code: 40310000,
        });
        await expect(alpaca.trading.orders.limit({ symbol: 'SPY', qty: 1, side: 'buy', limitPrice: '290.123' })).rejects.toMatchObject({
          status: 422,
          code: 42210000,
        });
        await expect(alpaca.trading.orders.getOrderByClientOrderId({ clientOrderId: 'never' })).rejects.toThrow(NotFoundError);
      });
    });

    describe('positions', () => {
      it('are listed and read, with their figures as decimal text', async () => {
        await buyFilled('SPY', '5');
        const [position] = await alpaca.trading.positions.getAllOpenPositions();
        expect(position).toMatchObject({ symbol: 'SPY', qty: '5', qtyAvailable: '5', side: 'long', assetClass: 'us_equity' });
        for (const figure of [
          position?.avgEntryPrice,
          position?.marketValue,
          position?.costBasis,
          position?.currentPrice,
          position?.unrealizedPl,
        ]) {
          expect(figure).toMatch(DECIMAL);
        }
        expect(await alpaca.trading.positions.getOpenPosition({ symbolOrAssetId: 'SPY' })).toMatchObject({ qty: '5' });
        await expect(alpaca.trading.positions.getOpenPosition({ symbolOrAssetId: 'TLT' })).rejects.toThrow(NotFoundError);
      });

      it('are closed in part and in whole by orders', async () => {
        await buyFilled('SPY', '5');
        const part = await alpaca.trading.positions.deleteOpenPosition({ symbolOrAssetId: 'SPY', qty: 2 });
        expect(part).toMatchObject({ side: 'sell', qty: '2' });
        await untilTerminal(part);
        expect(await alpaca.trading.positions.getOpenPosition({ symbolOrAssetId: 'SPY' })).toMatchObject({ qty: '3' });
        const answers = await alpaca.trading.closeAllPositions({ cancelOrders: true });
        expect(answers).toMatchObject([{ symbol: 'SPY', status: 200, body: { side: 'sell', qty: '3' } }]);
        if (answers[0]?.body !== undefined) await untilTerminal(answers[0].body);
        expect(await alpaca.trading.positions.getAllOpenPositions()).toEqual([]);
      });
    });

    describe('market data', () => {
      it('has daily bars of several symbols, page after page', async () => {
        const bars = await alpaca.marketData.collectStockBarsBySymbol({
          symbols: ['SPY', 'TLT'],
          timeframe: TimeFrame.Day,
          start: new Date('2019-05-01'),
          // The end is inclusive, and a daily bar begins at midnight in New York.
          end: new Date('2019-05-31T04:00:00Z'),
          limit: 10,
          adjustment: 'raw',
          feed: 'iex',
        });
        // 23 weekdays in May 2019 less Memorial Day.
        for (const symbol of ['SPY', 'TLT']) {
          const series = bars[symbol] ?? [];
          expect(series).toHaveLength(22);
          // Typed as a date; yet what lies in a map by symbol the client passes on as it came.
          expect(new Date(series[0]?.t ?? Number.NaN).toISOString()).toBe('2019-05-01T04:00:00.000Z');
          for (const { o, h, l, c, v } of series) {
            expect(h).toBeGreaterThanOrEqual(Math.max(o, c));
            expect(l).toBeLessThanOrEqual(Math.min(o, c));
            expect(v).toBeGreaterThanOrEqual(0);
          }
        }
      });

      it('answers nothing, not an error, for a symbol that it does not know', async () => {
        const answer = await alpaca.marketData.stocks.stockBars({
          symbols: 'NOSUCH',
          timeframe: '1Day',
          start: new Date('2019-05-01'),
          end: new Date('2019-05-31'),
        });
        expect(answer.bars).toEqual({});
      });

      it('has latest quotes, trades and snapshots', async () => {
        const symbols = 'SPY,TLT';
        const { quotes } = await alpaca.marketData.stocks.stockLatestQuotes({ symbols, feed: 'iex' });
        const { trades } = await alpaca.marketData.stocks.stockLatestTrades({ symbols, feed: 'iex' });
        const snapshots = await alpaca.marketData.stocks.stockSnapshots({ symbols, feed: 'iex' });
        for (const symbol of ['SPY', 'TLT']) {
          const quote = quotes[symbol];
          expect(quote?.bp).toBeGreaterThan(0);
          expect(quote?.ap).toBeGreaterThanOrEqual(quote?.bp ?? Number.NaN);
          expect(quote?.t.getTime()).toBeLessThanOrEqual(world.now());
          expect(trades[symbol]?.p).toBeGreaterThan(0);
          expect(trades[symbol]?.s).toBeGreaterThan(0);
          expect(snapshots[symbol]?.latestQuote?.ap).toBe(quote?.ap);
          expect(snapshots[symbol]?.latestTrade?.p).toBe(trades[symbol]?.p);
          expect(snapshots[symbol]?.prevDailyBar?.t.toISOString()).toBe('2019-06-11T04:00:00.000Z');
          expect(snapshots[symbol]?.dailyBar).toBeDefined();
          expect(snapshots[symbol]?.minuteBar).toBeDefined();
        }
      });

      it('has corporate actions', async () => {
        const { corporateActions } = await alpaca.marketData.corporateActions.corporateActions({
          symbols: 'TLT',
          types: 'cash_dividend',
          start: new Date('2019-01-01'),
          end: new Date('2019-06-12'),
        });
        for (const dividend of corporateActions.cashDividends ?? []) {
          expect(dividend).toMatchObject({ symbol: 'TLT', special: false });
          expect(dividend.rate).toBeGreaterThan(0);
          expect(dividend.exDate.getTime()).not.toBeNaN();
        }
        expect(corporateActions.cashDividends?.length).toBeGreaterThan(0);
      });
    });

    async function buyFilled(symbol: string, qty: string): Promise<trading.Order> {
      const filled = await untilTerminal(await alpaca.trading.orders.market({ symbol, qty, side: 'buy' }));
      expect(filled.status).toBe('filled');
      return filled;
    }

    function restingOrder(symbol: string): Promise<trading.Order> {
      return alpaca.trading.orders.limit({ symbol, qty: 1, side: 'buy', limitPrice: '50' }).then(async (order) => {
        // Out of the states in which nothing may be replaced.
        await world.advance(SECOND_MS);
        return order;
      });
    }

    async function untilTerminal(order: trading.Order): Promise<trading.Order> {
      for (let second = 0; second < 60; second += 1) {
        const now = await alpaca.trading.orders.getOrderByOrderID({ orderId: idOf(order) });
        if (TERMINAL.includes(now.status ?? '')) return now;
        await world.advance(SECOND_MS);
      }
      throw new Error(`order ${idOf(order)} did not end within a minute`);
    }
  });
}

function idOf(order: trading.Order): string {
  if (order.id === undefined) throw new Error('the order has no id');
  return order.id;
}
