// Laws of the ladder, over plans that our own planner makes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RebalancePlan, Trade } from '../../../../shared/core/rebalance/plan.ts';
import { planRebalance } from '../../../../shared/core/rebalance/plan-rebalance.ts';
import { opensPosition } from '../../../../shared/core/risk/after-plan.ts';
import { DENIAL_CODES } from '../../../../shared/core/risk/denial.ts';
import { positionCap } from '../../../../shared/core/risk/exposure-denials.ts';
import type { RiskFacts } from '../../../../shared/core/risk/facts.ts';
import type { Limits } from '../../../../shared/core/risk/limits.ts';
import { reviewPlan } from '../../../../shared/core/risk/review-plan.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { absolute } from '../../../../shared/core/values/rounding.ts';
import { addDays } from '../../../../shared/core/values/time.ts';
import { WHOLE } from '../../../../shared/core/values/weight.ts';
import { anyCase } from '../../../arbitraries/rebalance.ts';

const share = fc.bigInt(0n, WHOLE);

/** Every limit that grows looser as its figure grows. */
const anyLimits: fc.Arbitrary<Limits> = fc.record({
  orderNotionalMax: fc.bigInt(usd('1'), usd('1000000')),
  orderSharesMax: fc.bigInt(1n, 10n ** 13n),
  ordersMax: fc.integer({ min: 0, max: 8 }),
  sessionOrdersMax: fc.integer({ min: 0, max: 12 }),
  positionMax: share,
  shortMax: share,
  turnoverMax: fc.constant(WHOLE),
  netMax: share,
  volumeMax: share,
  dayTurnoverMax: share,
  priceMoveMax: share,
  stress: fc.record({ day: share, week: share, shock: share, correlated: share }),
});

function looser(limits: Limits, by: bigint): Limits {
  const more = (value: bigint | undefined) => (value ?? 0n) + by;
  const { stress = {} } = limits;
  return {
    ...limits,
    orderNotionalMax: limits.orderNotionalMax + by,
    orderSharesMax: more(limits.orderSharesMax),
    ordersMax: limits.ordersMax + Number(by),
    sessionOrdersMax: (limits.sessionOrdersMax ?? 0) + Number(by),
    positionMax: limits.positionMax + by,
    shortMax: limits.shortMax + by,
    netMax: more(limits.netMax),
    volumeMax: more(limits.volumeMax),
    dayTurnoverMax: more(limits.dayTurnoverMax),
    priceMoveMax: more(limits.priceMoveMax),
    stress: { day: more(stress.day), week: more(stress.week), shock: more(stress.shock), correlated: more(stress.correlated) },
  };
}

/** Twenty closes a little off the arrival, and volumes to trade in. */
function factsOf(plan: RebalancePlan): RiskFacts {
  const history = {
    anchor: '2026-10-31' as const,
    columns: plan.lines.map(({ symbol }, place) => ({
      symbol,
      dates: Array.from({ length: 20 }, (_, day) => addDays('2026-10-31', day)),
      closes: Array.from({ length: 20 }, (_, day) => 100 + ((day * (place + 3)) % 7)),
      volumes: Array.from({ length: 20 }, () => 50_000),
    })),
  };
  const today = { traded: usd('100'), orders: 2, worked: [], dayTrades: 0 };
  return { mode: 'live', session: '2026-11-20', asOf: 1, history, recent: history, historyAsOf: '2026-11-19', today };
}

const planned = anyCase.map(({ portfolio, targets, prices, rules }) => ({
  plan: planRebalance(portfolio, targets, prices, rules),
  account: portfolio.account,
}));

describe('the ladder', () => {
  it('is total: every plan is approved, or denied by one of its codes with figures in words', () => {
    fc.assert(
      fc.property(planned, anyLimits, ({ plan, account }, limits) => {
        const review = reviewPlan(plan, account, limits, factsOf(plan));
        if (review.kind === 'approved') return;
        expect(DENIAL_CODES).toContain(review.code);
        expect(Object.values(review.figures).every((figure) => figure.length > 0)).toBe(true);
      }),
    );
  });

  it('lets a plan that passes pass under every looser limit', () => {
    let passed = 0;
    fc.assert(
      fc.property(planned, anyLimits, fc.bigInt(1n, 1_000_000n), ({ plan, account }, limits, by) => {
        const facts = factsOf(plan);
        // As loose as need be to pass at all, then looser still.
        const first = [0n, 1_000n, 1_000_000n, 10n ** 12n].map((more) => looser(limits, more));
        const passing = first.find((each) => reviewPlan(plan, account, each, facts).kind === 'approved');
        if (passing === undefined) return;
        passed += 1;
        expect(reviewPlan(plan, account, looser(passing, by), facts)).toEqual({ kind: 'approved' });
      }),
    );
    expect(passed).toBeGreaterThan(20);
  });

  it('lets no plan pass whose fills, in whatever order, take a position, a group or all of it beyond its limit', () => {
    fc.assert(
      fc.property(planned, share, share, fc.infiniteStream(fc.nat({ max: 1_000 })), ({ plan, account }, positionMax, groupMax, chance) => {
        const of = plan.lines.flatMap(({ symbol }, place) => (symbol === 'cash' || place % 2 === 1 ? [] : [symbol]));
        const limits: Limits = {
          orderNotionalMax: usd('1000000000'),
          ordersMax: 100,
          positionMax,
          shortMax: WHOLE,
          turnoverMax: WHOLE,
          groups: [{ name: 'half', of, max: groupMax }],
        };
        if (reviewPlan(plan, account, limits, factsOf(plan)).kind === 'denied') return;
        const start = new Map(plan.lines.flatMap(({ symbol, value }) => (symbol === 'cash' ? [] : [[symbol, value] as const])));
        const sizeOf = (values: ReadonlyMap<string, bigint>, symbols: readonly string[]) =>
          symbols.reduce((sum, symbol) => sum + absolute(values.get(symbol) ?? 0n), 0n);
        const all = [...start.keys()];
        const [grossBefore, groupBefore] = [sizeOf(start, all), sizeOf(start, of)];
        const now = new Map(start);
        for (const { symbol, side, notional } of inSomeOrder(plan.trades, chance)) {
          now.set(symbol, (now.get(symbol) ?? 0n) + (side === 'buy' ? notional : -notional));
          const size = absolute(now.get(symbol) ?? 0n);
          const cap = (positionCap(symbol, limits) + 1n) * plan.equity;
          expect(size * WHOLE <= cap || size <= absolute(start.get(symbol) ?? 0n)).toBe(true);
          expect(sizeOf(now, of) * WHOLE <= groupMax * plan.equity || sizeOf(now, of) <= groupBefore).toBe(true);
          // Each symbol's share is rounded down: all of them together by less than there are symbols.
          const room = (WHOLE + BigInt(all.length)) * plan.equity;
          expect(sizeOf(now, all) * WHOLE <= room || sizeOf(now, all) <= grossBefore).toBe(true);
        }
      }),
    );
  });
});

/** What makes positions smaller in any order, then the rest in any order: as execution does. */
function inSomeOrder(trades: readonly Trade[], chance: Iterator<number>): Trade[] {
  const shuffled = trades.map((trade) => ({ trade, at: chance.next().value ?? 0 })).sort((a, b) => a.at - b.at);
  const ordered = shuffled.map(({ trade }) => trade);
  return [...ordered.filter((trade) => !opensPosition(trade)), ...ordered.filter(opensPosition)];
}
