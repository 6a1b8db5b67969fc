// The simulated adapter against the Alpaca adapter over the HTTP exchange: whatever is done to both, both show the same.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../exchange/faults/fault.ts';
import type { OrderIntent } from '../../shared/core/execution/order.ts';
import { roundToCents, usd } from '../../shared/core/values/money.ts';
import { shares } from '../../shared/core/values/shares.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/core/values/time.ts';
import type { BrokerWorld } from './broker-world.ts';
import { exchangeWorld } from './exchange-world.ts';
import { simulatedWorld } from './simulated-world.ts';

type Step =
  | { readonly kind: 'submit'; readonly intent: Omit<OrderIntent, 'limitPrice' | 'clientOrderId'>; readonly pricePercent: number }
  /** Of an earlier order; where there is none, a repetition is nothing, and a cancel is of an order nobody knows. */
  | { readonly kind: 'repeat' | 'cancel'; readonly which: number }
  | { readonly kind: 'advance'; readonly ms: number }
  | { readonly kind: 'arm'; readonly fault: Fault };

const symbol = fc.constantFrom('SPY', 'TLT');

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('submit' as const),
      intent: fc.record({
        symbol: fc.oneof({ weight: 9, arbitrary: symbol }, { weight: 1, arbitrary: fc.constant('NOSUCH') }),
        side: fc.constantFrom('buy' as const, 'buy' as const, 'sell' as const),
        quantity: fc.constantFrom('0.000000001', '1.123456789', '7', '7', '40', '40', '250', '5000').map(shares),
        timeInForce: fc.constantFrom('day' as const, 'day' as const, 'ioc' as const),
      }),
      pricePercent: fc.constantFrom(60, 99, 100, 101, 104),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('repeat' as const), which: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('cancel' as const), which: fc.nat(20) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('advance' as const),
      ms: fc.constantFrom(0, 1, 99, 100, 499, 501, SECOND_MS, 7 * SECOND_MS, 5 * MINUTE_MS, 2 * HOUR_MS, 6 * HOUR_MS, DAY_MS, 3 * DAY_MS),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('arm' as const),
      fault: fc.record({
        kind: fc.constantFrom('partial-fill' as const, 'fill-after-cancel' as const, 'reject' as const),
        symbol,
        count: fc.constant(1),
      }),
    }),
  },
);

/** Every kind of outcome once: bought, sold, repeated, canceled by hand, canceled as `ioc`, rejected, expired. */
const EVERY_OUTCOME: readonly Step[] = [
  submission('TLT', 'buy', '40', 'day', 101),
  { kind: 'advance', ms: MINUTE_MS },
  { kind: 'repeat', which: 2 },
  submission('TLT', 'sell', '7', 'day', 99),
  submission('SPY', 'buy', '7', 'day', 60),
  { kind: 'advance', ms: SECOND_MS },
  { kind: 'cancel', which: 4 },
  { kind: 'advance', ms: 100 },
  submission('SPY', 'buy', '7', 'ioc', 60),
  submission('SPY', 'sell', '5000', 'day', 101),
  submission('NOSUCH', 'buy', '7', 'day', 101),
  submission('SPY', 'buy', '1.123456789', 'day', 60),
  { kind: 'advance', ms: DAY_MS },
];

/** What both worlds hold before the steps begin, so that there is something to sell. */
const PRELUDE: readonly Step[] = [
  submission('SPY', 'buy', '40', 'day', 104),
  submission('TLT', 'buy', '40', 'day', 104),
  { kind: 'advance', ms: 30 * SECOND_MS },
];

function submission(
  symbol: string,
  side: OrderIntent['side'],
  quantity: string,
  timeInForce: OrderIntent['timeInForce'],
  pricePercent: number,
): Step {
  return { kind: 'submit', intent: { symbol, side, quantity: shares(quantity), timeInForce }, pricePercent };
}

describe('the simulated adapter', () => {
  it('shows the same as the Alpaca adapter over the HTTP exchange, step by step', async () => {
    const seen = { accepted: 0, rejected: 0, duplicate: 0, filled: 0, canceled: 0, expired: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24 }), async (steps) => {
        const worlds = [await simulatedWorld(), await exchangeWorld()] as const;
        try {
          const intents: OrderIntent[] = [];
          const orderIds: string[] = [];
          for (const each of [...PRELUDE, ...steps]) {
            const intent = await intentOf(each, intents, worlds[0]);
            const orderId = each.kind === 'cancel' ? (orderIds[each.which % (orderIds.length + 1)] ?? 'nobody-knows-it') : '';
            const [simulated, overHttp] = await both(worlds, (world) => take(each, world, intent, orderId));
            expect(simulated).toEqual(overHttp);
            const [open, openOverHttp] = await both(worlds, ({ broker }) => broker.openOrders());
            expect(open).toEqual(openOverHttp);
            if (each.kind === 'submit' && intent !== undefined) intents.push(intent);
            if (typeof simulated === 'object') {
              seen[simulated.kind] += 1;
              if (simulated.kind === 'accepted') orderIds.push(simulated.order.orderId);
            }
          }
          const [simulated, overHttp] = await both(worlds, (world) => everythingIn(world, intents));
          expect(simulated).toEqual(overHttp);
          for (const order of simulated.orders) {
            if (order?.status === 'filled' || order?.status === 'canceled' || order?.status === 'expired') seen[order.status] += 1;
          }
        } finally {
          for (const world of worlds) await world.close();
        }
      }),
      { numRuns: 20, examples: [[[...EVERY_OUTCOME]]] },
    );
    // A property over worlds in which nothing happens would prove nothing.
    expect(Object.entries(seen).filter(([, count]) => count === 0)).toEqual([]);
  }, 60_000);
});

function both<T>([simulated, overHttp]: readonly [BrokerWorld, BrokerWorld], look: (world: BrokerWorld) => Promise<T>): Promise<[T, T]> {
  return Promise.all([look(simulated), look(overHttp)]);
}

async function intentOf(each: Step, earlier: readonly OrderIntent[], world: BrokerWorld): Promise<OrderIntent | undefined> {
  if (each.kind === 'repeat') return earlier[each.which % Math.max(1, earlier.length)];
  if (each.kind !== 'submit') return undefined;
  const { symbol } = each.intent;
  const quote = (await world.marketData.latestQuotes([symbol])).get(symbol);
  const limitPrice = roundToCents(((quote?.ask ?? usd('100')) * BigInt(each.pricePercent)) / 100n, 'floor');
  return { ...each.intent, limitPrice, clientOrderId: `like-alpaca_${earlier.length}` };
}

async function take(each: Step, { broker, advance, arm }: BrokerWorld, intent: OrderIntent | undefined, orderId: string) {
  if (each.kind === 'advance') return advance(each.ms);
  if (each.kind === 'arm') return arm(each.fault);
  if (each.kind === 'cancel') return broker.cancel(orderId);
  return intent === undefined ? undefined : broker.submit(intent);
}

async function everythingIn({ broker, marketData }: BrokerWorld, intents: readonly OrderIntent[]) {
  return {
    orders: await Promise.all(intents.map(({ clientOrderId }) => broker.orderByClientOrderId(clientOrderId))),
    openOrders: await broker.openOrders(),
    positions: await broker.positions(),
    account: await broker.account(),
    assets: await broker.assets(['TLT', 'SPY', 'NOSUCH', 'SPY']),
    calendar: await broker.calendar('2019-06-28', '2019-07-08'),
    quotes: await marketData.latestQuotes(['TLT', 'SPY', 'NOSUCH']),
    wholeBars: await marketData.dailyBars(['TLT', 'SPY', 'NOSUCH', 'TLT'], '2019-03-25', '2019-06-11', 'adjusted'),
  };
}
