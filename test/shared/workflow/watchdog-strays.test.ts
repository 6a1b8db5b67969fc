// Orders that are open after the close: those of ours that nobody follows are canceled, and no other.
import { beforeEach, describe, expect, it } from 'vitest';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { DAY_MS, MINUTE_MS } from '../../../shared/core/values/time.ts';
import { BrokerError } from '../../../shared/ports/outside-error.ts';
import { runWatchdog } from '../../../shared/workflow/watchdog-run.ts';
import { AFTER, Watch, wrapped } from './watch.ts';
import { CLOSE } from './workflow-world.ts';

let watch: Watch;
beforeEach(() => {
  watch = new Watch();
});

describe('an order that outlived its run', () => {
  const stray = { symbol: 'SPY', side: 'sell', quantity: shares('5'), limitPrice: usd('100'), timeInForce: 'day' } as const;
  const ID = 'balanced_2026-11-20_daily_SPY_sell_0_7';

  it('is canceled and told, and what it filled amends the ledger', async () => {
    await watch.rebalance();
    watch.broker.take({ ...stray, clientOrderId: ID });
    watch.broker.fill(ID, shares('2'), 'working');
    expect(await watch.found()).toEqual(['stray-orders']);
    expect(watch.broker.canceled).toEqual([watch.broker.books.get(ID)?.orderId]);
    const { notices } = watch.notifier;
    expect(notices[0]).toMatchObject({ severity: 'page', done: expect.stringContaining('It asked the broker to cancel') });
    expect(notices[0]?.body).toContain(`sell SPY (${ID}, working): cancel requested`);
    const held = (await watch.ledgers.load('balanced'))?.ledger.holdings.find(({ symbol }) => symbol === 'SPY');
    // 58 after the run, less the two.
    expect(held?.quantity).toBe(shares('56'));
  });

  it('is left alone in another account than its run was planned for, and told as that', async () => {
    await watch.rebalance();
    watch.broker.take({ ...stray, clientOrderId: ID });
    watch.broker.accountNumber = 'PA2';
    expect(await watch.found()).toEqual(['other-account', 'reconciliation-difference']);
    expect(watch.broker.canceled).toEqual([]);
    const notice = watch.notifier.notices.find(({ code }) => code === 'other-account');
    expect(notice).toMatchObject({ severity: 'page', subject: 'balanced: 1 order under our names in another account' });
    expect(notice?.body).toBe(`Open in account PA2, which answers now: sell SPY (${ID}, working): its run was planned for account PA1.`);
  });

  it('is left alone there too when nobody knows its run: the ledger says where the portfolio trades', async () => {
    await watch.rebalance();
    watch.broker.take({ ...stray, clientOrderId: 'balanced_2019-03-13_daily_SPY_sell_0_0' });
    watch.broker.accountNumber = 'PA2';
    expect(await watch.found()).toContain('other-account');
    expect(watch.broker.canceled).toEqual([]);
    watch.broker.accountNumber = 'PA1';
    watch.now += MINUTE_MS;
    expect(await watch.found()).toContain('stray-orders');
    expect(watch.broker.canceled).toHaveLength(1);
  });

  it('is left alone when it is not ours', async () => {
    await watch.rebalance();
    watch.broker.take({ ...stray, clientOrderId: 'typed-by-hand' });
    watch.broker.take({ ...stray, clientOrderId: 'another_2026-11-20_daily_SPY_sell_0_0' });
    expect(await watch.found()).toEqual([]);
    expect(watch.broker.canceled).toEqual([]);
  });

  it('is left alone when somebody else sent it under the name of ours, as the run has seen', async () => {
    watch.broker.answer = (intent) => {
      if (intent.symbol === 'SPY' && !watch.broker.books.has(intent.clientOrderId)) watch.broker.take({ ...intent, quantity: shares('3') });
      return intent.symbol === 'SPY' ? { kind: 'duplicate' } : watch.broker.takeAndFill(intent);
    };
    await watch.rebalance();
    expect((await watch.record()).phase).toMatchObject({ ending: { kind: 'completed-with-residuals' } });
    const [foreign] = await watch.broker.openOrders();
    expect(foreign).toMatchObject({ symbol: 'SPY', quantity: shares('3'), status: 'working' });
    await watch.watch();
    expect(watch.broker.canceled).toEqual([]);
    expect(watch.notifier.notices.map(({ code }) => code)).not.toContain('stray-orders');
  });

  it('is left alone when it is for another symbol, side or size than its name is of', async () => {
    await watch.rebalance();
    watch.broker.take({ ...stray, clientOrderId: 'balanced_2026-11-20_daily_TLT_sell_0_7' });
    watch.broker.take({ ...stray, clientOrderId: 'balanced_2026-11-20_daily_SPY_buy_0_7' });
    // 22 of them were sold under this name.
    const id = 'balanced_2026-11-20_daily_SPY_sell_0_0';
    watch.broker.books.delete(id);
    watch.broker.take({ ...stray, clientOrderId: id });
    expect(await watch.found()).toEqual([]);
    expect(watch.broker.canceled).toEqual([]);
  });

  it('is left alone until its run gives it up, a quarter of an hour after the close', async () => {
    watch.broker.answer = (intent) => watch.broker.take(intent);
    await watch.signal();
    await watch.advance();
    await watch.watch(CLOSE + 14 * MINUTE_MS);
    expect(watch.broker.canceled).toEqual([]);
    await watch.watch(CLOSE + 15 * MINUTE_MS);
    expect(watch.broker.canceled).toHaveLength(1);
  });

  it('is left alone while its run may still follow it: a watchdog may come late', async () => {
    watch.broker.answer = (intent) => watch.broker.take(intent);
    await watch.signal();
    await watch.advance();
    expect(await watch.broker.openOrders()).toHaveLength(1);
    // The event of the session before, in the middle of this one.
    await runWatchdog({ kind: 'watchdog', scheduledTime: new Date(AFTER - DAY_MS).toISOString() }, watch.world);
    expect(watch.broker.canceled).toEqual([]);
    expect(watch.notifier.notices.map(({ code }) => code)).toEqual(['run-missing', 'daily-digest']);
  });

  it('that the broker does not cancel is told with the reason', async () => {
    await watch.rebalance();
    watch.broker.take({ ...stray, clientOrderId: ID });
    const failure = new BrokerError('no', { effect: 'unknown', code: 'timeout' });
    watch.spoil = (ports) => ({ ...ports, broker: wrapped(ports.broker, { cancel: () => Promise.reject(failure) }) });
    expect(await watch.found()).toEqual(['stray-orders']);
    expect(watch.notifier.notices[0]?.body).toContain("the cancel failed (timeout): cancel it on the broker's own page");
  });
});
