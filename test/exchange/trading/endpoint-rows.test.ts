// Each row of the Trading API table of the Alpaca reference, by the endpoint that it names; orders have a file of their own.
import { describe, expect, it } from 'vitest';
import { usd } from '../../../shared/core/values/money.ts';
import { aMarket, anExchange, at, step, still } from '../a-market.ts';

const buy = (symbol: string, qty: string, more: object = {}) => ({
  symbol,
  qty,
  side: 'buy',
  type: 'market',
  time_in_force: 'day',
  ...more,
});
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const NANOS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{9}Z$/;

describe('endpoint row', () => {
  it('every answer carries an X-Request-ID, no two alike', async () => {
    const { ask, app } = await anExchange();
    const ids = [(await ask('GET', '/v2/clock')).headers['x-request-id'], (await ask('GET', '/v2/orders/none')).headers['x-request-id']];
    ids.push((await app.inject({ url: '/v2/clock' })).headers['x-request-id']);
    for (const id of ids) expect(id).toMatch(UUID);
    expect(new Set(ids).size).toBe(3);
  });

  it('GET /v2/account: money is strings, switches are booleans, what was removed in 2026 is absent', async () => {
    const { ask, wait } = await anExchange();
    await ask('POST', '/v2/orders', buy('SPY', '10'));
    wait(2_000);
    const { body } = await ask('GET', '/v2/account');
    expect(body).toMatchObject({
      account_number: 'PA1',
      status: 'ACTIVE',
      currency: 'USD',
      cash: '98999.90',
      equity: '99999.90',
      last_equity: '100000.00',
      buying_power: '398999.60',
      regt_buying_power: '198999.80',
      non_marginable_buying_power: '98999.90',
      long_market_value: '1000.00',
      short_market_value: '0',
      initial_margin: '500.00',
      maintenance_margin: '300.00',
      accrued_fees: '0.01',
      pending_transfer_in: '0',
      pending_transfer_out: '0',
      intraday_adjustments: '0',
      multiplier: '4',
      trading_blocked: false,
      transfers_blocked: false,
      account_blocked: false,
      trade_suspended_by_user: false,
      shorting_enabled: true,
    });
    expect(body.id).toMatch(UUID);
    expect(body.created_at).toMatch(NANOS);
    for (const removed of ['daytrade_count', 'pattern_day_trader', 'daytrading_buying_power']) expect(body).not.toHaveProperty(removed);
  });

  it('GET /v2/account shows a blocked account, which may not trade', async () => {
    const { ask } = await anExchange({
      account: { keyId: 'key', secretKey: 'secret', cash: usd('1000'), accountNumber: 'PA2', isBlocked: true },
    });
    expect((await ask('GET', '/v2/account')).body).toMatchObject({ account_blocked: true, trading_blocked: true });
    expect(await ask('POST', '/v2/orders', buy('SPY', '1'))).toMatchObject({ status: 403, body: { code: 40310000 } });
  });

  it('GET and PATCH /v2/account/configurations: "1" and no_shorting make a long-only account without leverage', async () => {
    const { ask } = await anExchange();
    expect((await ask('GET', '/v2/account/configurations')).body).toMatchObject({
      fractional_trading: true,
      max_margin_multiplier: '4',
      no_shorting: false,
      suspend_trade: false,
      trade_confirm_email: 'all',
    });
    const patched = await ask('PATCH', '/v2/account/configurations', { max_margin_multiplier: '1', no_shorting: true });
    expect(patched.body).toMatchObject({ max_margin_multiplier: '1', no_shorting: true, fractional_trading: true });
    expect((await ask('GET', '/v2/account')).body).toMatchObject({ multiplier: '1', buying_power: '100000.00' });
    await ask('PATCH', '/v2/account/configurations', { suspend_trade: true });
    expect((await ask('GET', '/v2/account')).body.trade_suspended_by_user).toBe(true);
    expect((await ask('POST', '/v2/orders', buy('SPY', '1'))).status).toBe(403);
    expect((await ask('PATCH', '/v2/account/configurations', { max_margin_multiplier: '3' })).status).toBe(422);
  });

  it('GET /v2/positions[/{symbol}]: every figure a string, none is 404', async () => {
    const noon = at('2026-11-20', '12:00:00');
    const market = aMarket({ SPY: step(noon, ['99.99', '100.01'], ['109.99', '110.01']) });
    const { ask, wait, moveTo } = await anExchange({ market });
    expect((await ask('GET', '/v2/positions')).body).toEqual([]);
    await ask('POST', '/v2/orders', buy('SPY', '10'));
    wait(2_000);
    moveTo(noon);
    await ask('POST', '/v2/orders', { ...buy('SPY', '4', { type: 'limit', limit_price: '120' }), side: 'sell' });
    const { body } = await ask('GET', '/v2/positions');
    expect(body).toMatchObject([
      {
        asset_id: 'asset-SPY',
        symbol: 'SPY',
        exchange: 'ARCA',
        asset_class: 'us_equity',
        side: 'long',
        qty: '10',
        qty_available: '6',
        avg_entry_price: '100.01',
        cost_basis: '1000.10',
        market_value: '1100.00',
        current_price: '110.00',
        lastday_price: '100.00',
        change_today: '0.1',
        unrealized_pl: '99.90',
        // 99.90 / 1,000.10 = 0.09989001099…
        unrealized_plpc: '0.099890011',
        // Bought today: against what it cost, not against yesterday's close.
        unrealized_intraday_pl: '99.90',
        unrealized_intraday_plpc: '0.099890011',
      },
    ]);
    expect((await ask('GET', '/v2/positions/SPY')).body).toEqual(body[0]);
    expect((await ask('GET', '/v2/positions/asset-SPY')).body).toEqual(body[0]);
    expect((await ask('GET', '/v2/positions/TLT')).status).toBe(404);
  });

  it('GET /v2/positions: the gain of the day is against the last close for shares held overnight, against the cost for those of today', async () => {
    const market = aMarket({ SPY: step(at('2026-11-21', '00:00:00'), ['99.99', '100.01'], ['109.99', '110.01']) });
    const { ask, wait, moveTo } = await anExchange({ market });
    const gain = async () => {
      const { body } = await ask('GET', '/v2/positions/SPY');
      return [body.unrealized_intraday_pl, body.unrealized_intraday_plpc];
    };
    await ask('POST', '/v2/orders', buy('SPY', '10'));
    moveTo(at('2026-11-23', '10:00:00'));
    // 10 × (110 − 100), on 10 × 100
    expect(await gain()).toEqual(['100.00', '0.1']);
    await ask('POST', '/v2/orders', buy('SPY', '10'));
    wait(2_000);
    // 100 + 10 × (110 − 110.01), on 1,000 + 1,100.10
    expect(await gain()).toEqual(['99.90', '0.0475691634']);
    // The shares that were held overnight go first: five of them are left.
    await ask('DELETE', '/v2/positions/SPY?qty=5');
    wait(2_000);
    expect(await gain()).toEqual(['49.90', '0.0311855509']);
    // Five of today's are left: 5 × (110 − 110.01), on 550.05
    await ask('DELETE', '/v2/positions/SPY?qty=10');
    wait(2_000);
    expect(await gain()).toEqual(['-0.05', '-0.0000909008']);
    // A day later they were all held overnight, and the price stands still.
    moveTo(at('2026-11-24', '10:00:00'));
    expect(await gain()).toEqual(['0.00', '0']);
  });

  it('DELETE /v2/positions/{symbol}?qty or percentage: 200 with an order', async () => {
    const { ask, wait } = await anExchange();
    await ask('POST', '/v2/orders', buy('SPY', '10'));
    wait(2_000);
    const part = await ask('DELETE', '/v2/positions/SPY?qty=2.5');
    expect(part).toMatchObject({ status: 200, body: { symbol: 'SPY', side: 'sell', type: 'market', time_in_force: 'day', qty: '2.5' } });
    wait(2_000);
    expect((await ask('DELETE', '/v2/positions/SPY?percentage=50')).body.qty).toBe('3.75');
    wait(2_000);
    expect((await ask('DELETE', '/v2/positions/SPY')).body.qty).toBe('3.75');
    wait(2_000);
    expect((await ask('GET', '/v2/positions')).body).toEqual([]);
    for (const query of ['qty=1&percentage=1', 'percentage=101', 'qty=0', 'qty=x']) {
      await ask('POST', '/v2/orders', buy('SPY', '1'));
      wait(2_000);
      expect((await ask('DELETE', `/v2/positions/SPY?${query}`)).status).toBe(422);
    }
  });

  it('GET /v2/positions: a short one has a side of its own, and quantity, value and cost below zero; DELETE buys it back', async () => {
    const lent = { isShortable: true, isEasyToBorrow: true };
    const { ask, wait } = await anExchange({ market: aMarket({ SPY: still('99.99', '100.01') }, { SPY: lent }) });
    await ask('POST', '/v2/orders', { ...buy('SPY', '10'), side: 'sell' });
    wait(2_000);
    // Sold at the bid of 99.99, and owed at 100.
    expect((await ask('GET', '/v2/positions/SPY')).body).toMatchObject({
      side: 'short',
      qty: '-10',
      qty_available: '-10',
      avg_entry_price: '99.99',
      market_value: '-1000.00',
      cost_basis: '-999.90',
      unrealized_pl: '-0.10',
      unrealized_plpc: '-0.00010001',
      unrealized_intraday_pl: '-0.10',
    });
    expect((await ask('GET', '/v2/account')).body).toMatchObject({
      cash: '100999.90',
      equity: '99999.90',
      long_market_value: '0.00',
      short_market_value: '-1000.00',
      position_market_value: '-1000.00',
      // 100,000 of settled cash less twice what is owed: the proceeds of today have not arrived.
      cash_withdrawable: '98000.00',
      shorting_enabled: true,
    });
    expect((await ask('GET', '/v2/assets/SPY')).body).toMatchObject({
      shortable: true,
      easy_to_borrow: true,
      borrow_status: 'easy_to_borrow',
    });
    expect((await ask('DELETE', '/v2/positions/SPY')).body).toMatchObject({ side: 'buy', qty: '10' });
    wait(2_000);
    expect((await ask('GET', '/v2/positions')).body).toEqual([]);
  });

  it('DELETE /v2/positions: 207 with symbol, status and body of each', async () => {
    const { ask, wait } = await anExchange();
    await ask('POST', '/v2/orders', buy('SPY', '10'));
    await ask('POST', '/v2/orders', buy('TLT', '10'));
    wait(2_000);
    await ask('POST', '/v2/orders', { ...buy('TLT', '4', { type: 'limit', limit_price: '60' }), side: 'sell' });
    const { status, body } = await ask('DELETE', '/v2/positions');
    expect(status).toBe(207);
    expect(body).toMatchObject([
      { symbol: 'SPY', status: 200, body: { side: 'sell', qty: '10' } },
      { symbol: 'TLT', status: 403, body: { code: 40310000, available: '6' } },
    ]);
    expect((await ask('DELETE', '/v2/positions?cancel_orders=true')).body).toMatchObject([{ status: 200 }, { symbol: 'TLT', status: 200 }]);
    wait(2_000);
    expect((await ask('GET', '/v2/positions')).body).toEqual([]);
  });

  it('GET /v2/clock: timestamp, is_open, next_open and next_close with offset', async () => {
    const { ask, moveTo } = await anExchange();
    expect((await ask('GET', '/v2/clock')).body).toEqual({
      timestamp: '2026-11-20T10:00:00-05:00',
      is_open: true,
      next_open: '2026-11-23T09:30:00-05:00',
      next_close: '2026-11-20T16:00:00-05:00',
    });
    moveTo(at('2026-11-25', '16:00:00') + 250);
    expect((await ask('GET', '/v2/clock')).body).toEqual({
      timestamp: '2026-11-25T16:00:00.250-05:00',
      is_open: false,
      next_open: '2026-11-27T09:30:00-05:00',
      next_close: '2026-11-27T13:00:00-05:00',
    });
    moveTo(at('2027-06-01', '08:00:00'));
    expect((await ask('GET', '/v2/clock')).body).toMatchObject({
      is_open: false,
      next_open: '2027-06-01T09:30:00-04:00',
      next_close: '2027-06-01T16:00:00-04:00',
    });
  });

  it('GET /v2/calendar?start&end: sessions with hours and settlement date, both ends included', async () => {
    const { ask } = await anExchange();
    const { body } = await ask('GET', '/v2/calendar?start=2026-11-25&end=2026-11-27');
    expect(body).toEqual([
      { date: '2026-11-25', open: '09:30', close: '16:00', session_open: '0400', session_close: '2000', settlement_date: '2026-11-27' },
      { date: '2026-11-27', open: '09:30', close: '13:00', session_open: '0400', session_close: '1700', settlement_date: '2026-11-30' },
    ]);
    expect((await ask('GET', '/v2/calendar?start=2026-13-01')).status).toBe(422);
    expect((await ask('GET', '/v2/calendar')).body[0].date).toBe('2026-11-20');
    expect((await ask('GET', '/v2/calendar?start=2030-12-27&end=2099-01-01')).body).toHaveLength(2);
  });

  it('GET /v2/calendar disagrees about the armed date only, and as often as it was armed', async () => {
    const { ask, faults } = await anExchange();
    faults.arm({ kind: 'calendar-disagrees', date: '2026-11-24', count: 1 });
    const dates = async (query: string) => (await ask('GET', `/v2/calendar?${query}`)).body.map(({ date }: { date: string }) => date);
    expect(await dates('start=2026-11-23&end=2026-11-23')).toEqual(['2026-11-23']);
    expect(await dates('start=2026-11-23&end=2026-11-25')).toEqual(['2026-11-23', '2026-11-25']);
    expect(await dates('start=2026-11-23&end=2026-11-25')).toEqual(['2026-11-23', '2026-11-24', '2026-11-25']);
    faults.arm({ kind: 'calendar-disagrees', date: '2026-11-24', ms: 3 * 3_600_000, count: 1 });
    expect((await ask('GET', '/v2/calendar?start=2026-11-24&end=2026-11-24')).body[0].close).toBe('13:00');
  });

  it('GET /v2/assets[/{symbol}]', async () => {
    const market = aMarket({ SPY: still('1', '2'), OLD: still('1', '2') }, { OLD: { isTradable: false, isFractionable: false } });
    const { ask } = await anExchange({ market });
    expect((await ask('GET', '/v2/assets/SPY')).body).toEqual({
      id: 'asset-SPY',
      class: 'us_equity',
      exchange: 'ARCA',
      symbol: 'SPY',
      name: 'SPY Fund',
      status: 'active',
      tradable: true,
      marginable: true,
      maintenance_margin_requirement: 30,
      margin_requirement_long: '30',
      margin_requirement_short: '100',
      shortable: false,
      easy_to_borrow: false,
      borrow_status: 'not_available',
      fractionable: true,
      attributes: [],
    });
    expect((await ask('GET', '/v2/assets/asset-SPY')).body.symbol).toBe('SPY');
    const symbols = async (query: string) => (await ask('GET', `/v2/assets${query}`)).body.map(({ symbol }: { symbol: string }) => symbol);
    expect(await symbols('')).toEqual(['SPY', 'OLD']);
    expect(await symbols('?status=active&asset_class=us_equity')).toEqual(['SPY']);
    expect(await symbols('?status=inactive')).toEqual(['OLD']);
    expect(await symbols('?asset_class=crypto')).toEqual([]);
    expect(await symbols('?exchange=NYSE')).toEqual([]);
  });

  it('GET /v2/account/activities: FILL, FEE and CSD, newest first', async () => {
    const { ask, wait, moveTo, faults } = await anExchange();
    faults.arm({ kind: 'partial-fill', count: 1 });
    const { body: order } = await ask('POST', '/v2/orders', buy('SPY', '11'));
    wait(3_000);
    moveTo(at('2026-11-20', '20:00:00'));
    const { body } = await ask('GET', '/v2/account/activities');
    expect(body).toMatchObject([
      {
        activity_type: 'FEE',
        date: '2026-11-20',
        net_amount: '-0.01',
        description: 'CAT fee for trades on 2026-11-20',
        status: 'executed',
      },
      {
        activity_type: 'FILL',
        order_id: order.id,
        symbol: 'SPY',
        side: 'buy',
        qty: '6',
        cum_qty: '11',
        leaves_qty: '0',
        price: '100.01',
        type: 'fill',
        order_status: 'filled',
      },
      {
        activity_type: 'FILL',
        order_id: order.id,
        qty: '5',
        cum_qty: '5',
        leaves_qty: '6',
        price: '100.01',
        type: 'partial_fill',
        order_status: 'partially_filled',
      },
      { activity_type: 'CSD', date: '2026-11-20', net_amount: '100000.00', status: 'executed' },
    ]);
    expect(body[1].transaction_time).toMatch(NANOS);
    const types = async (path: string) =>
      (await ask('GET', path)).body.map((activity: { activity_type: string }) => activity.activity_type);
    expect(await types('/v2/account/activities/FILL')).toEqual(['FILL', 'FILL']);
    expect(await types('/v2/account/activities?activity_types=FEE,CSD')).toEqual(['FEE', 'CSD']);
    expect(await types('/v2/account/activities/DIV')).toEqual([]);
    expect(await types('/v2/account/activities?date=2026-11-19')).toEqual([]);
    expect(await types('/v2/account/activities?after=2026-11-20T20:00:00Z')).toEqual(['FEE']);
    expect(await types('/v2/account/activities?until=2026-11-20T15:00:00.000000001Z')).toEqual(['CSD']);
  });

  it('GET /v2/account/activities: pages of at most 100 by the last id', async () => {
    const { ask, wait } = await anExchange();
    for (let n = 0; n < 4; n++) await ask('POST', '/v2/orders', buy('SPY', '1'));
    wait(2_000);
    const seen: string[] = [];
    for (let token = ''; ; token = `&page_token=${encodeURIComponent(seen.at(-1) ?? '')}`) {
      const { body } = await ask('GET', `/v2/account/activities?page_size=2&direction=asc${token}`);
      seen.push(...body.map(({ id }: { id: string }) => id));
      if (body.length < 2) break;
    }
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
    const newest = await ask('GET', `/v2/account/activities?page_size=1&page_token=${encodeURIComponent(seen[4] ?? '')}`);
    expect(newest.body[0].id).toBe(seen[3]);
    expect((await ask('GET', '/v2/account/activities?page_size=101')).status).toBe(422);
  });

  it('GET /v2/account/activities: a fee outside the table says that it is unpriced', async () => {
    const { ask, moveTo } = await anExchange({ from: at('2004-08-31', '10:00:00') });
    await ask('POST', '/v2/orders', buy('SPY', '1'));
    moveTo(at('2004-08-31', '20:00:00'));
    expect((await ask('GET', '/v2/account/activities/FEE')).body).toMatchObject([
      { net_amount: '0.00', status: 'unpriced', description: 'CAT fee unpriced: 2004-08-31 is outside the fee table' },
    ]);
  });

  it('GET /v2/account/portfolio/history: numbers, seconds, and gains against the deposit', async () => {
    const overnight = at('2026-11-21', '00:00:00');
    const market = aMarket({ SPY: step(overnight, ['99.99', '100.01'], ['109.99', '110.01']) });
    const { ask, moveTo } = await anExchange({ market });
    await ask('POST', '/v2/orders', buy('SPY', '10'));
    moveTo(at('2026-11-24', '12:00:00'));
    const { body } = await ask('GET', '/v2/account/portfolio/history?period=1M&timeframe=1D');
    expect(body).toMatchObject({
      timestamp: [at('2026-11-20', '16:00:00') / 1000, at('2026-11-23', '16:00:00') / 1000, at('2026-11-24', '12:00:00') / 1000],
      // 98,999.90 and 10 × 100 or 10 × 110. The cent of CAT is posted at 20:00, after the first close is valued.
      equity: [99999.9, 100099.89, 100099.89],
      profit_loss: [-0.1, 99.89, 99.89],
      base_value: 100000,
      timeframe: '1D',
    });
    expect(body.profit_loss_pct[1]).toBeCloseTo(0.0009989, 12);
    const hourly = await ask('GET', '/v2/account/portfolio/history?timeframe=1H&start=2026-11-23&end=2026-11-23');
    // 10:30 to 15:30, and the close.
    expect(hourly.body.timestamp).toHaveLength(7);
    for (const query of ['period=1X', 'timeframe=2H', 'date_end=x']) {
      expect((await ask('GET', `/v2/account/portfolio/history?${query}`)).status).toBe(422);
    }
  });
});
