import { describe, expect, it } from 'vitest';
import { newYorkInstant } from '../../../../shared/core/market/new-york-time.ts';
import { accountBody, anAlpaca, brokerErrorOf, orderBody } from './alpaca-world.ts';

const NOT_FOUND = { status: 404, body: { code: 40410000, message: 'order not found' } };

describe('account', () => {
  it('reads number, equity, cash and buying power to the micro-dollar', async () => {
    const { broker } = await anAlpaca(() => ({ body: accountBody() }));
    expect(await broker.account()).toEqual({
      accountNumber: 'PA3NUMBER',
      equity: 100_000_070_000n,
      cash: 1_234_560_000n,
      buyingPower: 2_469_120_000n,
      isBlocked: false,
    });
  });

  it('rounds what lies below a micro-dollar down, debts too', async () => {
    const { broker } = await anAlpaca(() => ({ body: accountBody({ equity: '10.0000019', cash: '-3.0000001' }) }));
    expect(await broker.account()).toMatchObject({ equity: 10_000_001n, cash: -3_000_001n });
  });

  it('reads whether it may sell short, its multiplier, and what is short, without the minus and never too little', async () => {
    const stated = { shorting_enabled: true, multiplier: '4', short_market_value: '-1200.0000001' };
    const { broker } = await anAlpaca(() => ({ body: accountBody(stated) }));
    expect(await broker.account()).toMatchObject({ canShort: true, multiplier: 4, shortValue: 1_200_000_001n });
  });

  it.each([{}, { shorting_enabled: null, multiplier: null, short_market_value: null }])(
    'says nothing of short sales where %o does not',
    async (stated) => {
      const { broker } = await anAlpaca(() => ({ body: accountBody(stated) }));
      for (const field of ['canShort', 'multiplier', 'shortValue']) expect(await broker.account()).not.toHaveProperty(field);
    },
  );

  it.each([
    ['trading is blocked', { trading_blocked: true }],
    ['the account is blocked', { account_blocked: true }],
    ['the owner suspended trading', { trade_suspended_by_user: true }],
    ['its status is not ACTIVE', { status: 'ACCOUNT_UPDATED' }],
  ])('is blocked when %s', async (_, changes) => {
    const { broker } = await anAlpaca(() => ({ body: accountBody(changes) }));
    expect((await broker.account()).isBlocked).toBe(true);
  });

  it('reads the equity at the close before, and every flag that is set, also one that lets it trade', async () => {
    const { broker } = await anAlpaca(() => ({ body: accountBody({ last_equity: '99000.5', transfers_blocked: true }) }));
    expect(await broker.account()).toMatchObject({ lastEquity: 99_000_500_000n, isBlocked: false, restrictions: ['transfers_blocked'] });
    const blocked = await anAlpaca(() => ({ body: accountBody({ status: 'ACCOUNT_UPDATED', trading_blocked: true }) }));
    expect(await blocked.broker.account()).toMatchObject({ isBlocked: true, restrictions: ['ACCOUNT_UPDATED', 'trading_blocked'] });
  });

  it.each(['cash', 'equity', 'buying_power', 'account_number', 'status'])('is of no use without %s', async (field) => {
    const { broker } = await anAlpaca(() => ({ body: accountBody({ [field]: undefined }) }));
    const error = await brokerErrorOf(broker.account());
    expect(error).toMatchObject({ effect: 'none', code: 'bad-answer', requestId: 'request-7' });
    expect(error.message).toContain(field);
  });

  it.each(['12,50', '1e3', 'NaN', '', 12.5])('does not take %j for an amount', async (cash) => {
    const { broker } = await anAlpaca(() => ({ body: accountBody({ cash }) }));
    expect(await brokerErrorOf(broker.account())).toMatchObject({ code: 'bad-answer' });
  });
});

describe('positions', () => {
  const position = (symbol: string, side: string, qty: string, available = qty): object => ({
    symbol,
    side,
    qty,
    qty_available: available,
    market_value: '1',
  });

  it('come by symbol, to the nano-share, with what may be sold now', async () => {
    const { broker } = await anAlpaca(() => ({ body: [position('TLT', 'long', '7.123456789', '2'), position('SPY', 'long', '10')] }));
    expect(await broker.positions()).toEqual([
      { symbol: 'SPY', quantity: 10_000_000_000n, available: 10_000_000_000n },
      { symbol: 'TLT', quantity: 7_123_456_789n, available: 2_000_000_000n },
    ]);
  });

  it.each(['5', '-5'])('are negative when short, written as %s, and leave nothing to sell', async (qty) => {
    const { broker } = await anAlpaca(() => ({ body: [position('SPY', 'short', qty)] }));
    expect(await broker.positions()).toEqual([{ symbol: 'SPY', quantity: -5_000_000_000n, available: 0n }]);
  });

  it('refuse a quantity finer than a nano-share', async () => {
    const { broker } = await anAlpaca(() => ({ body: [position('SPY', 'long', '1.0000000001')] }));
    expect(await brokerErrorOf(broker.positions())).toMatchObject({ code: 'bad-answer' });
  });
});

describe('order by client order id', () => {
  it('asks for the id and reads quantity, fill and average price', async () => {
    const body = orderBody({ client_order_id: 'a/b c', status: 'partially_filled', filled_qty: '0.5', filled_avg_price: '600.1234565' });
    const { broker, server } = await anAlpaca(() => ({ body }));
    expect(await broker.orderByClientOrderId('a/b c')).toMatchObject({
      quantity: 1_500_000_000n,
      filledQuantity: 500_000_000n,
      averageFillPrice: 600_123_456n,
      status: 'working',
    });
    expect(server.asked[0]?.path).toBe('/v2/orders:by_client_order_id');
    expect(server.asked[0]?.query.get('client_order_id')).toBe('a/b c');
  });

  it('is undefined when the broker says that it knows no such order', async () => {
    const { broker } = await anAlpaca(() => NOT_FOUND);
    expect(await broker.orderByClientOrderId('x')).toBeUndefined();
  });

  it.each([
    ['a page that does not exist', { status: 404, body: '<html>not found</html>' }],
    ['an endpoint that does not exist', { status: 404, body: { message: 'endpoint not found.' } }],
    [
      'an endpoint that does not exist, with the code of an order',
      { status: 404, body: { code: 40410000, message: 'endpoint not found.' } },
    ],
  ])('does not take %s for an order that does not exist', async (_, reply) => {
    const { broker } = await anAlpaca(() => reply);
    expect(await brokerErrorOf(broker.orderByClientOrderId('x'))).toMatchObject({ code: 'http-404', effect: 'none' });
  });

  it('refuses the answer when it is another order', async () => {
    const { broker } = await anAlpaca(() => ({ body: orderBody() }));
    expect(await brokerErrorOf(broker.orderByClientOrderId('x'))).toMatchObject({ code: 'bad-answer', effect: 'none' });
  });

  it.each([
    ['accepted', 'pending'],
    ['pending_new', 'pending'],
    ['accepted_for_bidding', 'pending'],
    ['held', 'suspended'],
    ['suspended', 'suspended'],
    ['new', 'working'],
    ['partially_filled', 'working'],
    ['pending_replace', 'working'],
    ['stopped', 'stopped'],
    ['done_for_day', 'done-for-day'],
    ['calculated', 'done-for-day'],
    ['pending_cancel', 'canceling'],
    ['filled', 'filled'],
    ['canceled', 'canceled'],
    ['expired', 'expired'],
    ['rejected', 'rejected'],
    ['replaced', 'replaced'],
    ['a_word_of_tomorrow', 'unknown'],
  ])('reads the status %s as %s', async (word, status) => {
    const { broker } = await anAlpaca(() => ({ body: orderBody({ client_order_id: 'x', status: word }) }));
    expect(await broker.orderByClientOrderId('x')).toMatchObject({ status });
  });
});

describe('open orders', () => {
  it('shows an order by amount, which a person placed, with what it got so far', async () => {
    const { broker } = await anAlpaca(() => ({
      body: [orderBody({ qty: null, notional: '100', filled_qty: '0.25', filled_avg_price: '400', side: 'sell_short' })],
    }));
    expect(await broker.openOrders()).toMatchObject([{ quantity: 250_000_000n, filledQuantity: 250_000_000n, side: 'sell' }]);
  });

  it('reads every page, and no order twice', async () => {
    const first = Array.from({ length: 500 }, (_, n) => orderBody({ id: `order-${n}`, submitted_at: '2026-11-20T20:35:00.123456789Z' }));
    const second = [first[499], orderBody({ id: 'order-500' })];
    const { broker, server } = await anAlpaca((_, nth) => ({ body: nth === 0 ? first : second }));
    const orders = await broker.openOrders();
    expect(orders.map((order) => order.orderId)).toEqual(Array.from({ length: 501 }, (_, n) => `order-${n}`));
    expect(server.asked.map(({ query }) => query.get('after'))).toEqual([null, '2026-11-20T20:35:00.122Z']);
    expect(server.asked[0]?.query.get('status')).toBe('open');
  });

  it('refuses a list that it cannot read to its end', async () => {
    const page = Array.from({ length: 500 }, (_, n) => orderBody({ id: `order-${n}` }));
    const { broker } = await anAlpaca(() => ({ body: page }));
    expect(await brokerErrorOf(broker.openOrders())).toMatchObject({ code: 'bad-answer' });
  });

  it('refuses an order that is neither a buy nor a sell', async () => {
    const { broker } = await anAlpaca(() => ({ body: [orderBody({ side: 'swap' })] }));
    expect(await brokerErrorOf(broker.openOrders())).toMatchObject({ code: 'bad-answer' });
  });
});

describe('cancel', () => {
  it.each([
    [{ status: 204 }, 'requested'],
    [{ status: 422, body: { code: 42210000, message: 'order is already in "filled" state' } }, 'already-terminal'],
    // It may still fill.
    [{ status: 422, body: { code: 42210000, message: 'order is already in "pending_cancel" state' } }, 'requested'],
    [NOT_FOUND, 'not-found'],
  ])('reads %j as %s', async (reply, result) => {
    const { broker, server } = await anAlpaca(() => reply);
    expect(await broker.cancel('904837e3-3b76')).toBe(result);
    expect(server.asked.map(({ method, url }) => `${method} ${url}`)).toEqual(['DELETE /v2/orders/904837e3-3b76']);
  });

  it.each([
    [{ status: 500 }, { code: 'http-500', effect: 'unknown' }],
    [
      { status: 404, body: '<html/>' },
      { code: 'http-404', effect: 'unknown' },
    ],
    [
      { status: 403, body: { message: 'forbidden.' } },
      { code: 'http-403', effect: 'none' },
    ],
    [{ drop: 'before-answer' as const }, { code: 'connection', effect: 'unknown' }],
    [
      { status: 204, delayMs: 400 },
      { code: 'timeout', effect: 'unknown' },
    ],
  ])('that ends with %j says what it leaves open, and is not repeated', async (reply, error) => {
    const { broker, server } = await anAlpaca(() => reply);
    expect(await brokerErrorOf(broker.cancel('904837e3'))).toMatchObject(error);
    expect(server.asked).toHaveLength(1);
  });

  it.each(['', '.', '..', 'a/b', 'a?b'])('of %j is never sent: it could name every order', async (orderId) => {
    const { broker, server } = await anAlpaca(() => ({ status: 204 }));
    await expect(broker.cancel(orderId)).rejects.toThrow('order id');
    expect(server.asked).toHaveLength(0);
  });
});

describe('calendar', () => {
  it('places opening and close in New York time, in winter and in summer', async () => {
    const days = [
      { date: '2026-07-02', open: '09:30', close: '16:00', settlement_date: '2026-07-06' },
      { date: '2026-11-27', open: '09:30', close: '13:00' },
      { date: '2026-11-30', open: '09:30', close: '16:00' },
    ];
    const { broker, server } = await anAlpaca(() => ({ body: days }));
    expect(await broker.calendar('2026-07-02', '2026-11-27')).toEqual([
      { date: '2026-07-02', open: Date.UTC(2026, 6, 2, 13, 30), close: Date.UTC(2026, 6, 2, 20), settlementDate: '2026-07-06' },
      { date: '2026-11-27', open: Date.UTC(2026, 10, 27, 14, 30), close: Date.UTC(2026, 10, 27, 18) },
    ]);
    expect(server.asked[0]?.url).toBe('/v2/calendar?start=2026-07-02&end=2026-11-27');
    expect(newYorkInstant('2026-11-27', 13, 0)).toBe(Date.UTC(2026, 10, 27, 18));
  });

  it.each([{ date: '2026-02-30' }, { open: '9:30' }, { close: '24:00' }])('refuses a day with %j', async (changes) => {
    const { broker } = await anAlpaca(() => ({ body: [{ date: '2026-11-27', open: '09:30', close: '16:00', ...changes }] }));
    expect(await brokerErrorOf(broker.calendar('2026-01-01', '2026-12-31'))).toMatchObject({ code: 'bad-answer' });
  });
});

describe('assets', () => {
  const asset = (symbol: string, changes: object = {}): object => ({
    id: 'i',
    class: 'us_equity',
    symbol,
    status: 'active',
    tradable: true,
    fractionable: true,
    ...changes,
  });

  it.each([['crypto'], ['us_option'], [undefined]])('are no shares where their class is %s', async (said) => {
    const { broker } = await anAlpaca(() => ({ body: asset('BTCUSD', { class: said }) }));
    expect(await broker.assets(['BTCUSD'])).toMatchObject([{ symbol: 'BTCUSD', class: 'other' }]);
  });

  it('asks for each once, and leaves out the unknown', async () => {
    const { broker, server } = await anAlpaca(({ path }) => {
      if (path.endsWith('/NOSUCH')) return { status: 404, body: { code: 40410000, message: 'asset not found for NOSUCH' } };
      return { body: path.endsWith('/BRK.B') ? asset('BRK.B', { fractionable: false }) : asset('SPY', { status: 'inactive' }) };
    });
    expect(await broker.assets(['SPY', 'NOSUCH', 'BRK.B', 'SPY'])).toEqual([
      { symbol: 'BRK.B', isTradable: true, isFractionable: false },
      { symbol: 'SPY', isTradable: false, isFractionable: true },
    ]);
    expect(server.asked.map(({ path }) => path)).toEqual(['/v2/assets/BRK.B', '/v2/assets/NOSUCH', '/v2/assets/SPY']);
  });

  it.each([
    [
      { shortable: true, borrow_status: 'easy_to_borrow' },
      { isShortable: true, isEasyToBorrow: true },
    ],
    [
      { shortable: true, easy_to_borrow: true },
      { isShortable: true, isEasyToBorrow: true },
    ],
    [
      { shortable: false, easy_to_borrow: false },
      { isShortable: false, isEasyToBorrow: false },
    ],
    [
      { shortable: true, borrow_status: 'hard_to_borrow' },
      { isShortable: true, isEasyToBorrow: false },
    ],
    // Where the two fields contradict each other, the cautious one counts.
    [
      { shortable: true, borrow_status: 'easy_to_borrow', easy_to_borrow: false },
      { isShortable: true, isEasyToBorrow: false },
    ],
    [
      { shortable: true, borrow_status: 'not_available', easy_to_borrow: true },
      { isShortable: true, isEasyToBorrow: false },
    ],
  ])('reads %o as %o', async (stated, expected) => {
    const { broker } = await anAlpaca(() => ({ body: asset('SPY', stated) }));
    expect(await broker.assets(['SPY'])).toEqual([{ symbol: 'SPY', isTradable: true, isFractionable: true, ...expected }]);
  });

  it('reads one listing when many are asked for, and prefers the one that trades under a name used twice', async () => {
    const symbols = Array.from({ length: 41 }, (_, n) => `A${String.fromCharCode(65 + (n % 26))}${n < 26 ? 'A' : 'B'}`);
    const listing = [asset('AAA', { status: 'inactive' }), asset('AAA'), asset('AAA', { tradable: false }), asset('ZZZ')];
    const { broker, server } = await anAlpaca(() => ({ body: listing }));
    expect(await broker.assets(symbols)).toEqual([{ symbol: 'AAA', isTradable: true, isFractionable: true }]);
    expect(server.asked).toHaveLength(1);
  });

  it('never puts what is not a symbol into an address', async () => {
    const { broker, server } = await anAlpaca(() => ({ body: [] }));
    await expect(broker.assets(['../account'])).rejects.toThrow('not a symbol');
    expect(server.asked).toHaveLength(0);
  });
});
