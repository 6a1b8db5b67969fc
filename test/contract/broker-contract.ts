// What every adapter of the Broker port must show, whatever stands behind it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isTerminal, type Order, type OrderIntent } from '../../shared/core/execution/order.ts';
import { midOf, type Quote } from '../../shared/core/market/quote.ts';
import { MICROS_PER_CENT, type MicroUsd, roundToCents, usd } from '../../shared/core/values/money.ts';
import { notional, shares } from '../../shared/core/values/shares.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/core/values/time.ts';
import type { SubmissionResult } from '../../shared/ports/broker.ts';
import { BrokerError } from '../../shared/ports/outside-error.ts';
import { type BrokerWorld, WORLD_DATE } from './broker-world.ts';

const SUBMISSION = 'POST /v2/orders';

export function brokerContract(name: string, makeWorld: () => Promise<BrokerWorld>): void {
  describe(`broker contract: ${name}`, () => {
    let world: BrokerWorld;
    let intents = 0;

    beforeEach(async () => {
      world = await makeWorld();
      intents = 0;
    });

    afterEach(async () => {
      await world.close();
    });

    describe('a fresh account', () => {
      it('has its cash as equity, a number, and is not blocked', async () => {
        const account = await world.broker.account();
        expect(account).toMatchObject({ cash: usd('100000'), equity: usd('100000'), isBlocked: false });
        expect(account.accountNumber).not.toBe('');
        expect(account.buyingPower).toBeGreaterThanOrEqual(usd('100000'));
      });

      it('holds nothing and works no order', async () => {
        expect(await world.broker.positions()).toEqual([]);
        expect(await world.broker.openOrders()).toEqual([]);
      });
    });

    describe('the activities', () => {
      it('begin with the deposit, as a transfer', async () => {
        expect(await world.broker.activities(0)).toMatchObject([{ kind: 'transfer', word: 'CSD', amount: usd('100000') }]);
      });

      it('name every fill of an order by the name that we gave it, and add up to the position', async () => {
        const intent = await marketableBuy('SPY', '10');
        await world.broker.submit(intent);
        await untilTerminal(intent);
        const fills = (await world.broker.activities(world.now() - MINUTE_MS)).flatMap((each) => (each.kind === 'fill' ? [each] : []));
        expect(fills.length).toBeGreaterThan(0);
        for (const fill of fills) {
          expect(fill).toMatchObject({ clientOrderId: intent.clientOrderId, symbol: 'SPY', side: 'buy', word: 'FILL' });
          expect(fill.price).toBeLessThanOrEqual(intent.limitPrice);
        }
        expect(fills.reduce((sum, { quantity }) => sum + quantity, 0n)).toBe(shares('10'));
      });

      it('are the same ones again, by id, and none from before the time asked for', async () => {
        const intent = await marketableBuy('SPY', '1');
        await world.broker.submit(intent);
        await untilTerminal(intent);
        const all = await world.broker.activities(0);
        expect(await world.broker.activities(0)).toEqual(all);
        expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
        const [deposit, ...rest] = all;
        expect(await world.broker.activities((deposit?.at ?? 0) + 1)).toEqual(rest);
        expect(await world.broker.activities(world.now() + MINUTE_MS)).toEqual([]);
      });
    });

    describe('a submission', () => {
      it('that is marketable is accepted, fills inside its limit, and becomes a position paid from cash', async () => {
        const intent = await marketableBuy('SPY', '10');
        const result = await world.broker.submit(intent);
        expect(result).toMatchObject({
          kind: 'accepted',
          order: { clientOrderId: intent.clientOrderId, symbol: 'SPY', side: 'buy', quantity: shares('10') },
        });
        const order = await untilTerminal(intent);
        expect(order).toMatchObject({ status: 'filled', filledQuantity: shares('10') });
        const price = order.averageFillPrice ?? 0n;
        expect(price).toBeGreaterThan(0n);
        expect(price).toBeLessThanOrEqual(intent.limitPrice);
        expect(await world.broker.positions()).toEqual([{ symbol: 'SPY', quantity: shares('10'), available: shares('10') }]);
        const spent = usd('100000') - (await world.broker.account()).cash;
        // Buys cost fractions of a cent in fees at most.
        expect(spent).toBeGreaterThanOrEqual(notional(price, shares('10'), 'floor') - MICROS_PER_CENT);
        expect(spent).toBeLessThanOrEqual(notional(price, shares('10'), 'ceil') + 2n * MICROS_PER_CENT);
      });

      it('of a fraction of a share fills to the nano-share', async () => {
        const intent = await marketableBuy('SPY', '1.123456789');
        await accept(intent);
        expect(await untilTerminal(intent)).toMatchObject({ status: 'filled', filledQuantity: 1_123_456_789n });
        expect(await world.broker.positions()).toMatchObject([{ symbol: 'SPY', quantity: 1_123_456_789n }]);
      });

      it('that is repeated is a duplicate, while it works and after it has filled, and trades once', async () => {
        const intent = await marketableBuy('SPY', '10');
        await accept(intent);
        expect(await world.broker.submit(intent)).toEqual({ kind: 'duplicate' });
        await untilTerminal(intent);
        expect(await world.broker.submit(intent)).toEqual({ kind: 'duplicate' });
        await world.advance(MINUTE_MS);
        expect(await world.broker.positions()).toMatchObject([{ symbol: 'SPY', quantity: shares('10') }]);
      });

      it('that is repeated is a duplicate, not a rejection, though the first holds nearly all the buying power', async () => {
        const { buyingPower } = await world.broker.account();
        const affordable = (buyingPower * 9n) / 10n / (await quoteOf('SPY')).ask;
        const intent = await restingBuy('SPY', `${affordable}`);
        await accept(intent);
        expect(await world.broker.submit(intent)).toEqual({ kind: 'duplicate' });
        expect(await world.broker.openOrders()).toHaveLength(1);
      });

      it('that is repeated is a duplicate after it was canceled', async () => {
        const intent = await restingBuy('SPY', '10');
        await world.broker.cancel((await accept(intent)).orderId);
        expect(await untilTerminal(intent)).toMatchObject({ status: 'canceled' });
        expect(await world.broker.submit(intent)).toEqual({ kind: 'duplicate' });
      });

      it.each([
        ['of a symbol that does not exist', async () => ({ ...(await marketableBuy('SPY', '1')), symbol: 'NOSUCH' })],
        ['beyond the buying power', async () => marketableBuy('SPY', '1000000')],
      ])('%s is rejected with a code and a reason, and leaves no order', async (_, make) => {
        const intent = await make();
        const result = await world.broker.submit(intent);
        expect(result.kind).toBe('rejected');
        if (result.kind !== 'rejected') return;
        expect(result.code).not.toBe('');
        expect(result.message).not.toBe('');
        expect(await world.broker.orderByClientOrderId(intent.clientOrderId)).toBeUndefined();
        expect(await world.broker.openOrders()).toEqual([]);
      });

      it('that was accepted may be rejected later, and says so in its status', async () => {
        await world.arm({ kind: 'reject', symbol: 'SPY', count: 1 });
        const intent = await marketableBuy('SPY', '10');
        await accept(intent);
        expect(await untilTerminal(intent)).toMatchObject({ status: 'rejected', filledQuantity: 0n });
        expect(await world.broker.positions()).toEqual([]);
      });

      it('at once or not at all is canceled when nobody sells there', async () => {
        const intent = { ...(await restingBuy('SPY', '10')), timeInForce: 'ioc' as const };
        await accept(intent);
        expect(await untilTerminal(intent)).toMatchObject({ status: 'canceled', filledQuantity: 0n });
      });

      it('for the closing auction works until then, and trades in it, if the broker says that it offers one', async () => {
        expect(world.broker.capabilities.auctions).toContain('close');
        const intent = { ...(await marketableBuy('SPY', '10')), timeInForce: 'cls' as const };
        await accept(intent);
        const CLOSE = Date.UTC(2019, 5, 12, 20);
        await world.advance(CLOSE - MINUTE_MS - world.now());
        expect(await look(intent)).toMatchObject({ status: 'working', filledQuantity: 0n });
        await world.advance(2 * MINUTE_MS);
        expect(await look(intent)).toMatchObject({ status: expect.stringMatching(/^(?:filled|canceled)$/) });
        expect((await look(intent))?.filledQuantity).toBeGreaterThan(0n);
        const late = { ...(await marketableBuy('SPY', '10')), timeInForce: 'cls' as const };
        expect(await world.broker.submit(late)).toMatchObject({ kind: 'rejected', code: '42210000' });
      });

      it('never fills above its limit, nor while the symbol is halted', async () => {
        await world.arm({ kind: 'halt', symbol: 'SPY' });
        const intent = await marketableBuy('SPY', '10');
        await accept(intent);
        await world.advance(MINUTE_MS);
        expect(await look(intent)).toMatchObject({ filledQuantity: 0n });
      });
    });

    describe('an answer that is lost', () => {
      it.each(['error-after-acceptance', 'drop-after-acceptance'] as const)(
        'by %s leaves it open, and the same submission again is a duplicate',
        async (kind) => {
          const intent = await restingBuy('SPY', '10');
          await world.arm({ kind, route: SUBMISSION, count: 1 });
          expect(await failureOf(world.broker.submit(intent))).toMatchObject({ effect: 'unknown' });
          expect(await world.broker.submit(intent)).toEqual({ kind: 'duplicate' });
          expect(await look(intent)).toMatchObject({ clientOrderId: intent.clientOrderId, quantity: shares('10') });
          expect(await world.broker.openOrders()).toHaveLength(1);
        },
      );

      it.each(['drop-connection', 'server-error'] as const)(
        'by %s leaves it open too, and the same submission again is accepted',
        async (kind) => {
          const intent = await restingBuy('SPY', '10');
          await world.arm({ kind, route: SUBMISSION, count: 1 });
          expect(await failureOf(world.broker.submit(intent))).toMatchObject({ effect: 'unknown' });
          expect(await world.broker.submit(intent)).toMatchObject({ kind: 'accepted' });
          expect(await world.broker.openOrders()).toHaveLength(1);
        },
      );

      it('by the rate limit had certainly no effect', async () => {
        const intent = await restingBuy('SPY', '10');
        await world.arm({ kind: 'too-many-requests', route: SUBMISSION, count: 1 });
        expect(await failureOf(world.broker.submit(intent))).toMatchObject({ effect: 'none', code: 'rate-limited' });
        expect(await world.broker.orderByClientOrderId(intent.clientOrderId)).toBeUndefined();
      });

      it.each(['drop-connection', 'server-error', 'too-many-requests', 'drop-after-acceptance'] as const)(
        'of a read by %s is not seen by the caller',
        async (kind) => {
          await world.arm({ kind, route: 'GET /v2/account', count: 1 });
          expect(await world.broker.account()).toMatchObject({ cash: usd('100000') });
        },
      );
    });

    describe('an order by its client order id', () => {
      it('is undefined before it is sent and found after', async () => {
        const intent = await restingBuy('SPY', '10');
        expect(await world.broker.orderByClientOrderId(intent.clientOrderId)).toBeUndefined();
        const { orderId } = await accept(intent);
        expect(await look(intent)).toMatchObject({ orderId, symbol: 'SPY', side: 'buy', quantity: shares('10'), filledQuantity: 0n });
      });

      it('shows a partial fill while the rest still works, and the position it made', async () => {
        await world.arm({ kind: 'partial-fill', symbol: 'SPY', count: 1 });
        const intent = await marketableBuy('SPY', '100');
        await accept(intent);
        const partly = await until(intent, (order) => order.filledQuantity > 0n);
        expect(partly.filledQuantity).toBeLessThan(shares('100'));
        expect(partly.status).toBe('working');
        expect(partly.averageFillPrice).toBeLessThanOrEqual(intent.limitPrice);
        expect(await world.broker.positions()).toMatchObject([{ symbol: 'SPY', quantity: partly.filledQuantity }]);
      });
    });

    describe('open orders', () => {
      it('are those that may still fill', async () => {
        const resting = await restingBuy('SPY', '10');
        const filling = await marketableBuy('TLT', '10');
        await accept(resting);
        await accept(filling);
        await untilTerminal(filling);
        expect((await world.broker.openOrders()).map((order) => order.clientOrderId)).toEqual([resting.clientOrderId]);
      });
    });

    describe('a cancel', () => {
      it('is a request: the order is canceled in the end and works no more', async () => {
        const intent = await restingBuy('SPY', '10');
        const { orderId } = await accept(intent);
        expect(await world.broker.cancel(orderId)).toBe('requested');
        expect(await untilTerminal(intent)).toMatchObject({ orderId, status: 'canceled', filledQuantity: 0n });
        expect(await world.broker.openOrders()).toEqual([]);
      });

      it('of an order that is terminal says so', async () => {
        const intent = await restingBuy('SPY', '10');
        const { orderId } = await accept(intent);
        await world.broker.cancel(orderId);
        await untilTerminal(intent);
        expect(await world.broker.cancel(orderId)).toBe('already-terminal');
      });

      it('of an order that nobody knows says so', async () => {
        expect(await world.broker.cancel('5c0d2d2e-9b6a-4b5e-8d7c-3f1f0e9a8b7c')).toBe('not-found');
      });

      it('may come too late: the fill that was faster counts', async () => {
        await world.arm({ kind: 'fill-after-cancel', symbol: 'SPY', count: 1 });
        const intent = await restingBuy('SPY', '10');
        const { orderId } = await accept(intent);
        expect(await world.broker.cancel(orderId)).toBe('requested');
        expect(await untilTerminal(intent)).toMatchObject({ status: 'filled', filledQuantity: shares('10') });
        expect(await world.broker.positions()).toMatchObject([{ symbol: 'SPY', quantity: shares('10') }]);
      });

      it('keeps what was filled before', async () => {
        await world.arm({ kind: 'partial-fill', symbol: 'SPY', count: 1 });
        const intent = await marketableBuy('SPY', '100');
        const { orderId } = await accept(intent);
        const partly = await until(intent, (order) => order.filledQuantity > 0n);
        await world.arm({ kind: 'halt', symbol: 'SPY' });
        expect(await world.broker.cancel(orderId)).toBe('requested');
        expect(await untilTerminal(intent)).toMatchObject({ status: 'canceled', filledQuantity: partly.filledQuantity });
      });
    });

    describe('positions', () => {
      it('come by symbol, and what a working sell holds is not available', async () => {
        for (const symbol of ['TLT', 'SPY']) {
          const intent = await marketableBuy(symbol, '10');
          await accept(intent);
          await untilTerminal(intent);
        }
        const { ask } = await quoteOf('TLT');
        await accept(intentFor('TLT', 'sell', '4', roundToCents(ask * 2n, 'floor')));
        expect(await world.broker.positions()).toEqual([
          { symbol: 'SPY', quantity: shares('10'), available: shares('10') },
          { symbol: 'TLT', quantity: shares('10'), available: shares('6') },
        ]);
      });

      it('are gone when all is sold, and the proceeds are cash less fees', async () => {
        const buy = await marketableBuy('SPY', '10');
        await accept(buy);
        await untilTerminal(buy);
        const before = (await world.broker.account()).cash;
        const { bid } = await quoteOf('SPY');
        const sell = intentFor('SPY', 'sell', '10', roundToCents((bid * 98n) / 100n, 'ceil'));
        await accept(sell);
        const sold = await untilTerminal(sell);
        expect(sold).toMatchObject({ side: 'sell', status: 'filled' });
        expect(sold.averageFillPrice).toBeGreaterThanOrEqual(sell.limitPrice);
        expect(await world.broker.positions()).toEqual([]);
        const proceeds = (await world.broker.account()).cash - before;
        const gross = notional(sold.averageFillPrice ?? 0n, shares('10'), 'floor');
        expect(proceeds).toBeLessThanOrEqual(gross + MICROS_PER_CENT);
        expect(proceeds).toBeGreaterThan(gross - usd('1'));
      });
    });

    describe('a short position', () => {
      it('is opened by a sale of what is not held: a negative quantity of which nothing can be sold, and its proceeds in cash', async () => {
        expect(await world.broker.account()).toMatchObject({ canShort: true, shortValue: 0n });
        const sold = await sellShort('SPY', '10');
        expect(await world.broker.positions()).toEqual([{ symbol: 'SPY', quantity: shares('-10'), available: 0n }]);
        const account = await world.broker.account();
        expect(account.cash).toBeGreaterThan(usd('100000'));
        expect(account.shortValue).toBeGreaterThan(0n);
        expect(account.cash - (account.shortValue ?? 0n)).toBe(account.equity);
        expect(account.multiplier).toBeGreaterThanOrEqual(2);
        expect(sold.averageFillPrice).toBeGreaterThan(0n);
      });

      it('is gone when all of it is bought back', async () => {
        await sellShort('SPY', '10');
        const cover = await marketableBuy('SPY', '10');
        await accept(cover);
        expect(await untilTerminal(cover)).toMatchObject({ status: 'filled' });
        expect(await world.broker.positions()).toEqual([]);
        expect((await world.broker.account()).shortValue).toBe(0n);
      });

      it('is not turned into a long one by an order for more than is short, nor the other way round', async () => {
        await sellShort('SPY', '10');
        expect(await world.broker.submit(await marketableBuy('SPY', '11'))).toMatchObject({ kind: 'rejected' });
        const buy = await marketableBuy('TLT', '5');
        await accept(buy);
        await untilTerminal(buy);
        expect(await world.broker.submit(await shortSale('TLT', '6'))).toMatchObject({ kind: 'rejected' });
      });

      it('is of whole shares only', async () => {
        expect(await world.broker.submit(await shortSale('SPY', '1.5'))).toMatchObject({
          kind: 'rejected',
          message: 'fractional orders cannot be sold short',
        });
      });
    });

    describe('the calendar', () => {
      it('names the sessions from the first date to the last, holidays and weekends left out', async () => {
        const sessions = await world.broker.calendar('2019-07-02', '2019-07-08');
        expect(sessions.map(({ date, open, close }) => ({ date, open, close }))).toEqual([
          { date: '2019-07-02', open: Date.UTC(2019, 6, 2, 13, 30), close: Date.UTC(2019, 6, 2, 20) },
          { date: '2019-07-03', open: Date.UTC(2019, 6, 3, 13, 30), close: Date.UTC(2019, 6, 3, 17) },
          { date: '2019-07-05', open: Date.UTC(2019, 6, 5, 13, 30), close: Date.UTC(2019, 6, 5, 20) },
          { date: '2019-07-08', open: Date.UTC(2019, 6, 8, 13, 30), close: Date.UTC(2019, 6, 8, 20) },
        ]);
      });

      it('of a day without a session is empty', async () => {
        expect(await world.broker.calendar('2019-07-04', '2019-07-04')).toEqual([]);
      });

      it('may be wrong about a session', async () => {
        await world.arm({ kind: 'calendar-disagrees', date: WORLD_DATE });
        const [session] = await world.broker.calendar(WORLD_DATE, WORLD_DATE);
        expect(session?.close).not.toBe(Date.UTC(2019, 5, 12, 20));
      });
    });

    describe('assets', () => {
      it('are those that exist, with what may be done with them', async () => {
        expect(await world.broker.assets(['TLT', 'NOSUCH', 'SPY'])).toEqual([
          { symbol: 'SPY', isTradable: true, isFractionable: true, isShortable: true, isEasyToBorrow: true },
          { symbol: 'TLT', isTradable: true, isFractionable: true, isShortable: true, isEasyToBorrow: true },
        ]);
      });
    });

    async function shortSale(symbol: string, quantity: string): Promise<OrderIntent> {
      return intentFor(symbol, 'sell', quantity, roundToCents(((await quoteOf(symbol)).bid * 98n) / 100n, 'ceil'));
    }

    async function sellShort(symbol: string, quantity: string): Promise<Order> {
      const intent = await shortSale(symbol, quantity);
      await accept(intent);
      return untilTerminal(intent);
    }

    function intentFor(symbol: string, side: OrderIntent['side'], quantity: string, limitPrice: MicroUsd): OrderIntent {
      intents += 1;
      return {
        clientOrderId: `contract_${WORLD_DATE}_${symbol}_${side}_${intents}`,
        symbol,
        side,
        quantity: shares(quantity),
        limitPrice,
        timeInForce: 'day',
      };
    }

    /** Two percent above the ask: fills as soon as anybody sells. */
    async function marketableBuy(symbol: string, quantity: string): Promise<OrderIntent> {
      const { ask } = await quoteOf(symbol);
      return intentFor(symbol, 'buy', quantity, roundToCents((ask * 102n) / 100n, 'floor'));
    }

    /** A third below the market: fills on no day of real prices. */
    async function restingBuy(symbol: string, quantity: string): Promise<OrderIntent> {
      return intentFor(symbol, 'buy', quantity, roundToCents((midOf(await quoteOf(symbol)) * 2n) / 3n, 'floor'));
    }

    async function quoteOf(symbol: string): Promise<Quote> {
      const quote = (await world.marketData.latestQuotes([symbol])).get(symbol);
      if (quote === undefined) throw new Error(`the world has no quote of ${symbol}`);
      return quote;
    }

    async function accept(intent: OrderIntent): Promise<Order> {
      const result: SubmissionResult = await world.broker.submit(intent);
      if (result.kind !== 'accepted') throw new Error(`expected the order to be accepted: ${JSON.stringify(result)}`);
      return result.order;
    }

    async function look(intent: OrderIntent): Promise<Order> {
      const order = await world.broker.orderByClientOrderId(intent.clientOrderId);
      if (order === undefined) throw new Error(`the broker does not know ${intent.clientOrderId}`);
      return order;
    }

    async function until(intent: OrderIntent, isReached: (order: Order) => boolean): Promise<Order> {
      for (let second = 0; second < 60; second += 1) {
        const order = await look(intent);
        if (isReached(order)) return order;
        await world.advance(SECOND_MS);
      }
      throw new Error(
        `within a minute nothing came of ${JSON.stringify(await look(intent), (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))}`,
      );
    }

    function untilTerminal(intent: OrderIntent): Promise<Order> {
      return until(intent, (order) => isTerminal(order.status));
    }
  });
}

async function failureOf(call: Promise<unknown>): Promise<BrokerError> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome && outcome.error instanceof BrokerError) return outcome.error;
  throw new Error(`expected a BrokerError, got ${String('error' in outcome ? outcome.error : outcome.value)}`);
}
