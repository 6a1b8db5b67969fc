import { describe, expect, it } from 'vitest';
import type { OrderDraft } from '../../../exchange/matching/book-order.ts';
import { cancelOrder } from '../../../exchange/matching/cancel-order.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { aMarket, at, still } from '../a-market.ts';
import { aBook, buy, limit, sell, stop } from './a-book.ts';

const notionalBuy = (amount: string, more: Partial<OrderDraft> = {}): OrderDraft => {
  const { quantity: _, ...draft } = buy('SPY', '1', { notional: usd(amount), ...more });
  return draft;
};

describe('a client order id', () => {
  it('is accepted once for ever, whatever became of its order', () => {
    const { book, place, submit, wait, moveTo } = aBook();
    place(buy('SPY', '1', { clientOrderId: 'filled' }));
    wait(1_000);
    const canceled = place(buy('SPY', '1', { clientOrderId: 'canceled', ...limit('90') }));
    cancelOrder(book, canceled.id);
    moveTo(at('2027-03-01', '10:00:00'));
    for (const clientOrderId of ['filled', 'canceled']) {
      expect(submit(buy('SPY', '1', { clientOrderId }))).toMatchObject({ code: 'client-order-id-taken' });
    }
  });

  it('is refused as taken before anything else is looked at', () => {
    const { book, place, submit } = aBook({ cash: '1000' });
    place(buy('SPY', '1', { clientOrderId: 'a' }));
    book.isBlocked = true;
    expect(submit(buy('SPY', '1000000', { clientOrderId: 'a' }))).toMatchObject({ code: 'client-order-id-taken' });
  });

  it('is free again after a refusal', () => {
    const { submit } = aBook();
    expect(submit(buy('SPY', '1000000', { clientOrderId: 'a' }))).toMatchObject({ code: 'buying-power' });
    expect(submit(buy('SPY', '1', { clientOrderId: 'a' }))).not.toHaveProperty('kind');
  });
});

describe('an account that may not trade', () => {
  it('is refused when blocked and when suspended by its owner', () => {
    const { book, submit } = aBook();
    book.configuration = { ...book.configuration, suspendTrade: true };
    expect(submit(buy('SPY', '1'))).toMatchObject({ code: 'trading-suspended' });
    book.isBlocked = true;
    expect(submit(buy('SPY', '1'))).toMatchObject({ code: 'account-blocked' });
  });
});

describe('the terms of an order', () => {
  const market = aMarket(
    {
      SPY: still('99.99', '100.01'),
      WHOLE: still('99.99', '100.01'),
      DEAD: still('99.99', '100.01'),
      MUTE: () => undefined,
      PENNY: still('0.4999', '0.5001'),
    },
    { WHOLE: { isFractionable: false }, DEAD: { isTradable: false } },
  );

  it.each<[string, OrderDraft, string]>([
    ['a symbol that is not listed', buy('NONE', '1'), 'asset-not-found'],
    ['an asset that is not tradable', buy('DEAD', '1'), 'asset-not-tradable'],
    ['a symbol without any price', buy('MUTE', '1'), 'price-unknown'],
    ['a limit with three decimals from one dollar up', buy('SPY', '1', limit('290.123')), 'sub-penny-price'],
    ['a stop with three decimals from one dollar up', buy('SPY', '1', stop('290.123')), 'sub-penny-price'],
    ['a limit with five decimals below one dollar', buy('PENNY', '10', limit('0.50001')), 'sub-penny-price'],
    ['a notional with three decimals', notionalBuy('100.123'), 'notional-decimals'],
    ['a notional that is not for the day', notionalBuy('100', { timeInForce: 'gtc' }), 'fractional-not-day'],
    ['a notional that is not at the market', notionalBuy('100', limit('100')), 'notional-not-market'],
    ['a fraction that is not for the day', buy('SPY', '1.5', { timeInForce: 'gtc' }), 'fractional-not-day'],
    ['a fraction of an asset that has none', buy('WHOLE', '1.5'), 'asset-not-fractionable'],
    ['a notional of an asset that has no fractions', notionalBuy('100', { symbol: 'WHOLE' }), 'asset-not-fractionable'],
    ['a notional below one dollar', notionalBuy('0.99'), 'cost-below-minimum'],
    ['a fraction that costs less than one dollar', buy('SPY', '0.009'), 'cost-below-minimum'],
    ['extended hours at the market', buy('SPY', '1', { extendedHours: true }), 'extended-hours-not-limit'],
    ['extended hours for ioc', buy('SPY', '1', { ...limit('100'), timeInForce: 'ioc', extendedHours: true }), 'extended-hours-not-limit'],
  ])('refuse %s', (_title, draft, code) => {
    const { book, submit } = aBook({ market });
    expect(submit(draft)).toMatchObject({ kind: 'refusal', code });
    expect(book.orders.size).toBe(0);
  });

  it.each<[string, OrderDraft]>([
    ['two decimals from one dollar up', buy('SPY', '1', limit('290.12'))],
    ['four decimals below one dollar', buy('PENNY', '10', limit('0.5001'))],
    ['a fraction with nine decimals for the day', buy('SPY', '1.123456789')],
    ['a fraction with a limit', buy('SPY', '1.5', limit('100'))],
    ['a notional of one dollar', notionalBuy('1')],
  ])('take %s', (_title, draft) => {
    expect(aBook({ market }).submit(draft)).not.toHaveProperty('kind');
  });

  it('refuse fractions where the account has turned them off', () => {
    const { book, submit } = aBook();
    book.configuration = { ...book.configuration, fractionalTrading: false };
    expect(submit(buy('SPY', '1.5'))).toMatchObject({ code: 'fractional-trading-off' });
  });
});

describe('buying power', () => {
  it('is checked at the far side of the quote for a market order and at the limit for a limit order', () => {
    const { book, submit } = aBook({ cash: '1000' });
    book.configuration = { ...book.configuration, maxMarginMultiplier: 1 };
    // 10 × 100.01
    expect(submit(buy('SPY', '10'))).toMatchObject({ code: 'buying-power', figures: { buyingPower: '1000.00', costBasis: '1000.10' } });
    expect(submit(buy('SPY', '10', limit('100')))).not.toHaveProperty('kind');
  });

  it('is reserved by open buys and given back by a cancel', () => {
    const { book, place, submit, wait } = aBook({ cash: '1000' });
    const resting = place(buy('SPY', '9', limit('90')));
    // 1,000 − 9 × 90 = 190
    expect(submit(buy('SPY', '2', limit('96')))).toMatchObject({
      code: 'buying-power',
      figures: { buyingPower: '190.00', costBasis: '192.00' },
    });
    cancelOrder(book, resting.id);
    wait(500);
    expect(submit(buy('SPY', '2', limit('96')))).not.toHaveProperty('kind');
  });
});

describe('the shares of a position', () => {
  it('are set aside by open sells', () => {
    const { book, place, submit } = aBook();
    book.holdings.set('SPY', { quantity: shares('23'), cost: usd('2000') });
    const first = place(sell('SPY', '23', limit('110')));
    expect(submit(sell('SPY', '23', limit('110')))).toMatchObject({
      code: 'quantity-unavailable',
      figures: { symbol: 'SPY', requested: '23', available: '0', existing: '23', held: '23' },
      relatedOrders: [first.id],
    });
  });

  it('cannot be sold short where nobody lends them', () => {
    expect(aBook().submit(sell('SPY', '1'))).toMatchObject({ code: 'asset-not-shortable', figures: { symbol: 'SPY' } });
  });

  it('may be sold off whole when they are worth less than a dollar', () => {
    const { book, submit } = aBook();
    book.holdings.set('SPY', { quantity: shares('0.002'), cost: usd('0.2') });
    expect(submit(sell('SPY', '0.001'))).toMatchObject({ code: 'cost-below-minimum' });
    expect(submit(sell('SPY', '0.002'))).not.toHaveProperty('kind');
  });
});

describe('a wash trade', () => {
  const held = () => {
    const test = aBook();
    test.book.holdings.set('SPY', { quantity: shares('10'), cost: usd('900') });
    return test;
  };

  it('is refused when an open order on the other side could meet it', () => {
    const { place, submit } = held();
    const resting = place(sell('SPY', '10', limit('110')));
    for (const draft of [buy('SPY', '1'), buy('SPY', '1', limit('110')), buy('SPY', '1', stop('105'))]) {
      expect(submit(draft)).toMatchObject({ code: 'wash-trade', relatedOrders: [resting.id] });
    }
  });

  it('is not seen in two limits that cannot meet, nor in another symbol', () => {
    const { place, submit } = held();
    place(sell('SPY', '10', limit('110')));
    expect(submit(buy('SPY', '1', limit('109.99')))).not.toHaveProperty('kind');
    expect(submit(buy('TLT', '1'))).not.toHaveProperty('kind');
  });

  it('is seen from the sell side too', () => {
    const { place, submit } = held();
    place(buy('SPY', '1', limit('98')));
    expect(submit(sell('SPY', '1', limit('98')))).toMatchObject({ code: 'wash-trade' });
    expect(submit(sell('SPY', '1', limit('98.01')))).not.toHaveProperty('kind');
  });
});
