import { describe, expect, it } from 'vitest';
import { cancelOrder } from '../../../exchange/matching/cancel-order.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { aMarket, at, step, still } from '../a-market.ts';
import { aBook, buy, limit, sell, stop } from './a-book.ts';

const NOON = at('2026-11-20', '12:00:00');

describe('the price of a fill', () => {
  it('is the ask for a buy, however high its limit', () => {
    const { book, place, wait } = aBook();
    place(buy('SPY', '10', limit('105')));
    wait(1_000);
    // 100,000 − 10 × 100.01
    expect(book.cash).toBe(usd('98999.90'));
  });

  it('is the bid for a sell, however low its limit', () => {
    const { book, place, wait } = aBook();
    book.holdings.set('SPY', { quantity: shares('10'), cost: usd('900') });
    place(sell('SPY', '4', limit('90')));
    wait(1_000);
    // 100,000 + 4 × 99.99
    expect(book.cash).toBe(usd('100399.96'));
    // 6 of 10 shares that cost 900 are left
    expect(book.holdings.get('SPY')).toEqual({ quantity: shares('6'), cost: usd('540') });
  });

  it('rounds a fraction of a micro-dollar against the account', () => {
    const { book, place, wait } = aBook({ market: aMarket({ SPY: still('99.99', '100.01') }) });
    place(buy('SPY', '0.123456789'));
    wait(1_000);
    // 0.123456789 × 100.01 = 12.34691346789: 12.346914 paid
    expect(book.cash).toBe(usd('99987.653086'));
  });
});

describe('a resting limit', () => {
  it('fills in the second in which the quote crosses it, at the quote', () => {
    const market = aMarket({ SPY: step(NOON, ['99.99', '100.01'], ['97.98', '98.00']) });
    const { place, look, moveTo } = aBook({ market });
    const order = place(buy('SPY', '10', limit('98.50')));
    moveTo(NOON - 1);
    expect(look(order).status).toBe('new');
    moveTo(NOON);
    expect(look(order)).toMatchObject({ status: 'filled', filledAt: BigInt(NOON) * 1_000_000n, filledValue: usd('98') * shares('10') });
  });

  it('does not fill while there is no quote on its side, or the quote is crossed', () => {
    for (const quote of [['99.99', '0'], ['100.02', '100.00'], undefined] as const) {
      const market = aMarket({ SPY: (now) => (now <= at('2026-11-20', '10:00:00') ? ['99.99', '100.01'] : quote) });
      const { place, look, wait } = aBook({ market });
      const order = place(buy('SPY', '10', limit('105')));
      wait(60_000);
      expect(look(order)).toMatchObject({ status: 'new', filledQuantity: 0n });
    }
  });
});

describe('a stop', () => {
  it('sells at the market once the price has fallen to it', () => {
    const market = aMarket({ SPY: step(NOON, ['99.99', '100.01'], ['94.99', '95.01']) });
    const { book, place, look, moveTo } = aBook({ market });
    book.holdings.set('SPY', { quantity: shares('10'), cost: usd('900') });
    const order = place(sell('SPY', '10', stop('95')));
    moveTo(NOON - 1);
    expect(look(order)).toMatchObject({ status: 'new', isTriggered: false });
    moveTo(NOON);
    expect(look(order)).toMatchObject({ status: 'filled', filledValue: usd('94.99') * shares('10') });
  });

  it('buys once the price has risen to it', () => {
    const market = aMarket({ SPY: step(NOON, ['99.99', '100.01'], ['104.99', '105.01']) });
    const { place, look, moveTo } = aBook({ market });
    const order = place(buy('SPY', '10', stop('105')));
    moveTo(NOON);
    expect(look(order)).toMatchObject({ status: 'filled', filledValue: usd('105.01') * shares('10') });
  });

  it('stays a limit order after it is triggered when it has a limit', () => {
    const market = aMarket({ SPY: step(NOON, ['99.99', '100.01'], ['104.99', '105.01']) });
    const { place, look, moveTo } = aBook({ market });
    const order = place(buy('SPY', '10', { type: 'stop_limit', stopPrice: usd('105'), limitPrice: usd('105') }));
    moveTo(NOON + 60_000);
    expect(look(order)).toMatchObject({ status: 'new', isTriggered: true });
  });
});

describe('an order that cannot wait', () => {
  it('ioc fills what it can and cancels the rest', () => {
    const { faults, place, look, wait } = aBook();
    faults.arm({ kind: 'partial-fill', count: 1 });
    const order = place(buy('SPY', '10', { ...limit('100.01'), timeInForce: 'ioc' }));
    wait(1_000);
    expect(look(order)).toMatchObject({ status: 'canceled', filledQuantity: shares('5') });
  });

  it('ioc is canceled when nothing fills', () => {
    const { place, look, wait } = aBook();
    const order = place(buy('SPY', '10', { ...limit('99'), timeInForce: 'ioc' }));
    wait(1_000);
    expect(look(order)).toMatchObject({ status: 'canceled', filledQuantity: 0n });
  });

  it('fok fills whole or not at all', () => {
    const { faults, place, look, wait } = aBook();
    faults.arm({ kind: 'partial-fill' });
    const whole = place(buy('SPY', '10', { ...limit('100.01'), timeInForce: 'fok' }));
    const none = place(buy('SPY', '10', { ...limit('99'), timeInForce: 'fok' }));
    wait(1_000);
    expect(look(whole)).toMatchObject({ status: 'filled', fillCount: 1 });
    expect(look(none)).toMatchObject({ status: 'canceled', filledQuantity: 0n });
  });

  it.each(['ioc', 'fok'] as const)(
    '%s is canceled at once while its symbol is halted, and does not fill when the halt lifts',
    (timeInForce) => {
      const { book, faults, place, look, wait } = aBook();
      faults.arm({ kind: 'halt', symbol: 'SPY' });
      const order = place(buy('SPY', '10', { ...limit('100.01'), timeInForce }));
      wait(1_000);
      expect(look(order)).toMatchObject({ status: 'canceled', filledQuantity: 0n });
      faults.clear();
      wait(60_000);
      expect(look(order)).toMatchObject({ status: 'canceled', filledQuantity: 0n });
      expect(book.cash).toBe(usd('100000'));
    },
  );
});

describe('a partial fill', () => {
  it('leaves the order partially_filled and goes on a second later', () => {
    const { book, faults, place, look, wait } = aBook();
    faults.arm({ kind: 'partial-fill', symbol: 'SPY', count: 1 });
    const order = place(buy('SPY', '11'));
    wait(1_000);
    expect(look(order)).toMatchObject({ status: 'partially_filled', filledQuantity: shares('5') });
    wait(1_000);
    expect(look(order)).toMatchObject({ status: 'filled', filledQuantity: shares('11') });
    expect(book.activities.filter(({ kind }) => kind === 'FILL')).toMatchObject([
      { quantity: shares('5'), cumulativeQuantity: shares('5'), leavesQuantity: shares('6'), isLast: false },
      { quantity: shares('6'), cumulativeQuantity: shares('11'), leavesQuantity: 0n, isLast: true },
    ]);
  });

  it('keeps what it has when the rest is canceled', () => {
    const { book, faults, place, look, wait } = aBook();
    faults.arm({ kind: 'partial-fill', count: 1 });
    const order = place(buy('SPY', '10'));
    wait(1_000);
    cancelOrder(book, order.id);
    wait(500);
    expect(look(order)).toMatchObject({ status: 'canceled', filledQuantity: shares('5') });
  });

  it('comes by the seed in about one order of ten', () => {
    const { book, place, wait } = aBook({ cash: '100000000', partialFillPpm: 100_000 });
    for (let n = 0; n < 500; n++) place(buy('SPY', '100'));
    wait(1_000);
    const partial = [...book.orders.values()].filter(({ status }) => status === 'partially_filled');
    // Binomial(500, 0.1): 50 ± 6.7, so five deviations are 17 to 83.
    expect(partial.length).toBeGreaterThan(17);
    expect(partial.length).toBeLessThan(83);
    expect(new Set(partial.map(({ filledQuantity }) => filledQuantity)).size).toBeGreaterThan(12);
  });
});

describe('a notional order', () => {
  it('buys as many shares as the amount pays for at the ask', () => {
    const { book, place, look, wait } = aBook();
    const { quantity: _, ...draft } = buy('TLT', '1', { notional: usd('100') });
    const order = place(draft);
    wait(1_000);
    // 100 / 50.01 = 1.99960007998…
    expect(look(order)).toMatchObject({ status: 'filled', filledQuantity: shares('1.999600079') });
    expect(book.cash).toBeGreaterThanOrEqual(usd('99900'));
    expect(book.cash).toBeLessThan(usd('99900.000001'));
  });

  it('leaves, after a partial fill, what the rest of the amount buys', () => {
    const { book, faults, place, look, wait } = aBook();
    faults.arm({ kind: 'partial-fill', count: 1 });
    const { quantity: _, ...draft } = buy('TLT', '1', { notional: usd('100') });
    const order = place(draft);
    wait(2_000);
    expect(look(order).status).toBe('filled');
    // 100 / 50.01 = 1.99960007998…, cut off at nine decimals; half of it, cut off again, fills first.
    expect(book.activities.filter(({ kind }) => kind === 'FILL')).toMatchObject([
      { quantity: shares('0.999800039'), leavesQuantity: shares('0.99980004'), isLast: false },
      { cumulativeQuantity: look(order).filledQuantity, leavesQuantity: 0n, isLast: true },
    ]);
  });

  it('sells no share that another order has set aside', () => {
    const { book, place, look, moveTo } = aBook({
      market: aMarket({ SPY: step(NOON, ['99.99', '100.01'], ['49.99', '50.01']) }),
      from: NOON - 1,
    });
    book.holdings.set('SPY', { quantity: shares('10'), cost: usd('900') });
    const resting = place(sell('SPY', '6', limit('110')));
    const { quantity: _, ...draft } = sell('SPY', '1', { notional: usd('399') });
    const order = place(draft);
    moveTo(NOON + 2_000);
    expect(look(order)).toMatchObject({ status: 'filled', filledQuantity: shares('4') });
    expect(look(resting).status).toBe('new');
  });
});
