import { describe, expect, it } from 'vitest';
import { usd } from '../../../../shared/core/values/money.ts';
import { shares } from '../../../../shared/core/values/shares.ts';
import { anAlpaca, brokerErrorOf, NOW } from './alpaca-world.ts';
import type { Asked, Reply } from './scripted-server.ts';

const FILL = {
  activity_type: 'FILL',
  id: '20261120153406977::8efc7b9a',
  transaction_time: '2026-11-20T20:34:06.977123Z',
  order_id: 'order-1',
  symbol: 'SPY',
  side: 'buy',
  qty: '1.5',
  price: '500.25',
  cum_qty: '1.5',
  leaves_qty: '0',
  type: 'fill',
};
const OTHER = { activity_type: 'DIV', id: '20261120000000000::5f59', date: '2026-11-20', net_amount: '1.02', symbol: 'SPY', qty: '2' };
const FROM = NOW - 86_400_000;

/** Activities as given, and one order that we named. */
function answering(...activities: readonly object[]): (asked: Asked) => Reply {
  return ({ path }) => {
    if (path === '/v2/account/activities') return { body: activities };
    if (path === '/v2/orders') return { body: [{ id: 'order-1', client_order_id: 'ours', anything: 1 }] };
    return { status: 404, body: { code: 40410000, message: 'order not found' } };
  };
}

describe('activities', () => {
  it('tell a fill with the name that we gave to its order', async () => {
    const { broker, server } = await anAlpaca(answering(FILL));
    expect(await broker.activities(FROM)).toEqual([
      {
        kind: 'fill',
        id: FILL.id,
        at: Date.UTC(2026, 10, 20, 20, 34, 6, 977),
        word: 'FILL',
        clientOrderId: 'ours',
        symbol: 'SPY',
        side: 'buy',
        quantity: shares('1.5'),
        price: usd('500.25'),
      },
    ]);
    expect(server.asked.map(({ path }) => path)).toEqual(['/v2/account/activities', '/v2/orders']);
  });

  it('ask for an order that is not among the latest, and go without a name when the broker has forgotten it', async () => {
    const older: (asked: Asked) => Reply = (asked) =>
      asked.path === '/v2/orders/order-2'
        ? { body: { id: 'order-2', client_order_id: 'older' } }
        : answering({ ...FILL, id: 'a', order_id: 'order-2' }, { ...FILL, id: 'b', order_id: 'order-3' })(asked);
    const { broker } = await anAlpaca(older);
    const [second, third] = await broker.activities(FROM);
    expect(second).toMatchObject({ clientOrderId: 'older' });
    expect(third).not.toHaveProperty('clientOrderId');
  });

  it.each([
    ['DIV', { symbol: 'SPY', qty: '2' }, { kind: 'dividend', symbol: 'SPY' }],
    ['DIVNRA', { symbol: 'SPY' }, { kind: 'dividend', symbol: 'SPY' }],
    ['FEE', {}, { kind: 'fee' }],
    ['INT', {}, { kind: 'interest' }],
    ['CSD', {}, { kind: 'transfer' }],
    ['CSW', {}, { kind: 'transfer' }],
    ['JNLC', {}, { kind: 'transfer' }],
    ['SPLIT', { symbol: 'SPY', qty: '10' }, { kind: 'corporate-action', symbol: 'SPY', quantity: shares('10') }],
    ['MA', { symbol: 'SPY', qty: '-10' }, { kind: 'corporate-action', symbol: 'SPY', quantity: shares('-10') }],
    ['SPIN', { symbol: 'SPY' }, { kind: 'corporate-action', symbol: 'SPY', quantity: 0n }],
    ['SPLIT', {}, { kind: 'unknown', quantity: 0n }],
    ['JNLS', { symbol: 'SPY', qty: '10' }, { kind: 'unknown', symbol: 'SPY', quantity: shares('10') }],
    ['ACATS', { symbol: 'SPY', qty: '10' }, { kind: 'unknown', symbol: 'SPY', quantity: shares('10') }],
    ['NEWS', { symbol: null, qty: '' }, { kind: 'unknown', quantity: 0n }],
  ])('understand %s with %j', async (word, stated, expected) => {
    const { broker } = await anAlpaca(answering({ activity_type: word, id: 'x', date: '2026-11-20', net_amount: '-1.50', ...stated }));
    // Midnight in New York.
    const at = Date.UTC(2026, 10, 20, 5);
    expect(await broker.activities(FROM)).toEqual([{ id: 'x', at, word, amount: usd('-1.50'), ...expected }]);
  });

  it('read page after page, from a day before what was asked for', async () => {
    const pages = [Array.from({ length: 100 }, (_, place) => ({ ...OTHER, id: `a${place}` })), [{ ...OTHER, id: 'b0' }]];
    const { broker, server } = await anAlpaca(({ query }) => ({ body: query.get('page_token') === 'a99' ? pages[1] : pages[0] }));
    expect(await broker.activities(Date.UTC(2026, 10, 20, 5))).toHaveLength(101);
    expect(server.asked[0]?.query.get('after')).toBe('2026-11-19T05:00:00.000Z');
    expect(server.asked[0]?.query.get('direction')).toBe('asc');
  });

  it('leave out what is older than asked for', async () => {
    const { broker } = await anAlpaca(answering({ ...OTHER, date: '2026-11-19' }, FILL));
    expect((await broker.activities(Date.UTC(2026, 10, 20, 5))).map(({ kind }) => kind)).toEqual(['fill']);
  });

  it('that come to no end are no answer', async () => {
    const page = Array.from({ length: 100 }, (_, place) => ({ ...OTHER, id: `a${place}` }));
    const { broker } = await anAlpaca(() => ({ body: page }));
    expect(await brokerErrorOf(broker.activities(FROM))).toMatchObject({ code: 'bad-answer' });
  });

  it.each([
    ['a fill without a quantity', { ...FILL, qty: undefined }],
    ['a fill of nothing', { ...FILL, qty: '0' }],
    ['a fill of a side that we do not know', { ...FILL, side: 'held' }],
    ['a split of a quantity that is none', { ...OTHER, activity_type: 'SPLIT', qty: 'many' }],
    ['an activity without a date', { ...OTHER, date: undefined }],
  ])('are no answer with %s', async (_, activity) => {
    const { broker } = await anAlpaca(answering(activity));
    expect(await brokerErrorOf(broker.activities(FROM))).toMatchObject({ effect: 'none', code: 'bad-answer' });
  });
});
