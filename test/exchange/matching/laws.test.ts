import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountValue, availableQuantity } from '../../../exchange/matching/account-value.ts';
import { advanceTo } from '../../../exchange/matching/advance.ts';
import { cancelOrder } from '../../../exchange/matching/cancel-order.ts';
import { replaceOrder } from '../../../exchange/matching/replace-order.ts';
import { restoreExchange, saveExchange } from '../../../exchange/matching/saved-exchange.ts';
import { formatUsd, type MicroUsd, usd } from '../../../shared/core/values/money.ts';
import { aMarket, at, type PricePath, sessions as weekdays } from '../a-market.ts';
import { aBook, buy, type TestBook } from './a-book.ts';

type Move =
  | {
      readonly kind: 'order';
      readonly side: 'buy' | 'sell';
      readonly symbol: string;
      readonly nanos: bigint;
      readonly cents: number;
      readonly tif: 'day' | 'gtc' | 'ioc' | 'fok';
      readonly id: number;
    }
  | { readonly kind: 'cancel' | 'replace'; readonly pick: number; readonly cents: number }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'fault'; readonly fault: 'partial-fill' | 'fill-after-cancel' | 'reject' };

const order: fc.Arbitrary<Move> = fc.record({
  kind: fc.constant('order' as const),
  side: fc.constantFrom('buy', 'sell'),
  symbol: fc.constantFrom('AAA', 'BBB'),
  nanos: fc.oneof(
    fc.bigInt(1n, 40n).map((whole) => whole * 1_000_000_000n),
    fc.bigInt(20_000_000n, 40_000_000_000n),
  ),
  // 0 is a market order.
  cents: fc.oneof(fc.constant(0), fc.integer({ min: 9_500, max: 10_500 })),
  tif: fc.constantFrom('day', 'gtc', 'ioc', 'fok'),
  id: fc.integer({ min: 0, max: 30 }),
});
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 5, arbitrary: order },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('cancel', 'replace'), pick: fc.nat(), cents: fc.integer({ min: 9_500, max: 10_500 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.constant(90_000), fc.constant(21_000_000)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('fault' as const), fault: fc.constantFrom('partial-fill', 'fill-after-cancel', 'reject') }),
  },
);
const moves = fc.array(move, { minLength: 5, maxLength: 30 });

/** Swings by up to three dollars around a hundred within minutes. */
const swing =
  (phase: number): PricePath =>
  (now) => {
    const mid = 10_000 + Math.round(300 * Math.sin(now / 40_000 + phase));
    return [formatUsd(BigInt(mid - 1) * 10_000n), formatUsd(BigInt(mid + 1) * 10_000n)];
  };
const market = aMarket({ AAA: swing(0), BBB: swing(2) });

function play(steps: readonly Move[], seen: (test: TestBook) => void = () => undefined): TestBook {
  const test = aBook({ market, cash: '5000', from: at('2026-11-20', '10:00:00'), partialFillPpm: 300_000 });
  const { book, around, faults } = test;
  book.configuration = { ...book.configuration, maxMarginMultiplier: 1 };
  for (const step of steps) {
    if (step.kind === 'wait') test.wait(step.ms);
    if (step.kind === 'fault') faults.arm({ kind: step.fault, count: 1 });
    if (step.kind === 'order') {
      const price = step.cents === 0 ? { type: 'market' as const } : { type: 'limit' as const, limitPrice: cents(step.cents) };
      test.submit({
        ...buy(step.symbol, '1'),
        quantity: step.nanos,
        side: step.side,
        timeInForce: step.tif,
        clientOrderId: `c${step.id}`,
        ...price,
      });
    }
    const id = 'pick' in step ? [...book.orders.keys()][step.pick % Math.max(book.orders.size, 1)] : undefined;
    if (step.kind === 'cancel' && id !== undefined) cancelOrder(book, id);
    if (step.kind === 'replace' && id !== undefined) replaceOrder(book, around, id, { limitPrice: cents(step.cents) });
    seen(test);
  }
  return test;
}

const cents = (amount: number): MicroUsd => BigInt(amount) * 10_000n;
const RUNS = { numRuns: 60 };

describe('whatever is ordered and whenever it is looked at', () => {
  it('cash is the deposit, less what was bought, plus what was sold, less fees, to the micro-dollar', () => {
    fc.assert(
      fc.property(moves, (steps) => {
        play(steps, ({ book }) => {
          let cash = 0n;
          const held = new Map<string, bigint>();
          for (const activity of book.activities) {
            if (activity.kind !== 'FILL') cash += activity.cashChange;
            else {
              const value = activity.price * activity.quantity;
              const isBuy = activity.side === 'buy';
              // A buy pays the next whole micro-dollar, a sale gives the one before.
              cash += isBuy ? -((value + 999_999_999n) / 1_000_000_000n) : value / 1_000_000_000n;
              held.set(activity.symbol, (held.get(activity.symbol) ?? 0n) + (isBuy ? activity.quantity : -activity.quantity));
            }
          }
          expect(book.cash).toBe(cash);
          for (const symbol of ['AAA', 'BBB']) expect(book.holdings.get(symbol)?.quantity ?? 0n).toBe(held.get(symbol) ?? 0n);
        });
      }),
      RUNS,
    );
  });

  it('no order fills beyond its quantity, or at a price worse than its limit', () => {
    fc.assert(
      fc.property(moves, (steps) => {
        const { book } = play(steps);
        for (const placed of book.orders.values()) {
          const fills = book.activities.filter((activity) => activity.kind === 'FILL' && activity.orderId === placed.id);
          const filled = fills.reduce((sum, fill) => sum + (fill.kind === 'FILL' ? fill.quantity : 0n), 0n);
          expect(placed.filledQuantity).toBe(filled);
          expect(filled <= (placed.quantity ?? 0n)).toBe(true);
          expect(placed.status === 'filled').toBe(filled === placed.quantity);
          for (const fill of fills) {
            if (fill.kind !== 'FILL' || placed.limitPrice === undefined) continue;
            expect(placed.side === 'buy' ? fill.price <= placed.limitPrice : fill.price >= placed.limitPrice).toBe(true);
          }
        }
      }),
      RUNS,
    );
  });

  it('no share is sold that is not there, or promised twice', () => {
    fc.assert(
      fc.property(moves, (steps) => {
        play(steps, ({ book, around }) => {
          for (const symbol of ['AAA', 'BBB']) expect(availableQuantity(book, symbol) >= 0n).toBe(true);
          for (const { quantity } of book.holdings.values()) expect(quantity > 0n).toBe(true);
          expect(accountValue(book, around).buyingPower >= 0n).toBe(true);
        });
      }),
      RUNS,
    );
  });

  it('no client order id is accepted twice', () => {
    fc.assert(
      fc.property(moves, (steps) => {
        const ids = [...play(steps).book.orders.values()].map(({ clientOrderId }) => clientOrderId);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      RUNS,
    );
  });

  it('the same moves give the same bytes', () => {
    fc.assert(
      fc.property(moves, (steps) => {
        expect(saveExchange(play(steps).book)).toBe(saveExchange(play(steps).book));
      }),
      RUNS,
    );
  });

  it('a saved and restored exchange goes on as if it had never stopped', () => {
    fc.assert(
      fc.property(moves, (steps) => {
        const { book, around } = play(steps);
        const restored = restoreExchange(saveExchange(book));
        expect(saveExchange(restored)).toBe(saveExchange(book));
        for (const one of [book, restored])
          advanceTo(one, { ...around, mischief: { take: () => false, isHalted: () => false } }, one.now + 86_400_000);
        expect(saveExchange(restored)).toBe(saveExchange(book));
      }),
      { numRuns: 20 },
    );
  });

  it('it makes no difference where time stops on its way', () => {
    fc.assert(
      fc.property(moves, fc.array(fc.integer({ min: 1, max: 30_000 }), { maxLength: 10 }), (steps, stops) => {
        const { book, around } = play(steps);
        const other = restoreExchange(saveExchange(book));
        const still = { ...around, mischief: { take: () => false, isHalted: () => false } };
        const until = book.now + 300_000;
        for (const ms of stops) advanceTo(other, still, Math.min(other.now + ms, until));
        advanceTo(other, still, until);
        advanceTo(book, still, until);
        expect(saveExchange(other)).toBe(saveExchange(book));
      }),
      RUNS,
    );
  });
});

describe('time', () => {
  it('passes in one step when no order is open, however far it goes', () => {
    const { book, around } = aBook();
    let asked = 0;
    const counting = {
      ...around,
      sessions: (date: Parameters<typeof weekdays>[0]) => {
        asked += 1;
        return weekdays(date);
      },
    };
    advanceTo(book, counting, at('2030-06-03', '10:00:00'));
    expect(asked).toBe(0);
    expect(book.now).toBe(at('2030-06-03', '10:00:00'));
  });

  it('is walked only while the market is open', () => {
    const { book, around, place } = aBook({ from: at('2026-11-20', '15:59:50') });
    place(buy('SPY', '1', { type: 'limit', limitPrice: usd('1'), timeInForce: 'gtc' }));
    let asked = 0;
    const counting = {
      ...around,
      venue: {
        ...around.venue,
        quoteAt: (symbol: string, now: number) => {
          asked += 1;
          return around.venue.quoteAt(symbol, now);
        },
      },
    };
    advanceTo(book, counting, at('2026-11-23', '09:30:04'));
    // Nine whole seconds before the close on Friday, five from the open on Monday.
    expect(asked).toBe(14);
  });

  it('does not run backwards', () => {
    const { book, around } = aBook();
    const before = saveExchange(book);
    advanceTo(book, around, book.now - 1);
    expect(saveExchange(book)).toBe(before);
  });

  it('refuses a text that is not a saved exchange', () => {
    expect(() => restoreExchange('{"version":2,"book":{}}')).toThrow('version 1');
    expect(() => restoreExchange('null')).toThrow('version 1');
    expect(() => restoreExchange('{')).toThrow(SyntaxError);
  });
});
