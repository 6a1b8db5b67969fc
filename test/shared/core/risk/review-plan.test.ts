import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RebalancePlan } from '../../../../shared/core/rebalance/plan.ts';
import { planRebalance } from '../../../../shared/core/rebalance/plan-rebalance.ts';
import { DENIAL_CODES } from '../../../../shared/core/risk/denial.ts';
import type { Limits } from '../../../../shared/core/risk/limits.ts';
import { reviewPlan } from '../../../../shared/core/risk/review-plan.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { percent, WHOLE } from '../../../../shared/core/values/weight.ts';
import { anyCase } from '../../../arbitraries/rebalance.ts';
import { aLine, aPlan, aTrade } from '../../../builders/plan.ts';
import { anAccount } from '../../../builders/portfolio.ts';

const RICH = anAccount({ cash: usd('1000'), buyingPower: usd('1000') });

function someLimits(stated: Partial<Limits> = {}): Limits {
  return { orderNotionalMax: usd('1000'), ordersMax: 10, positionMax: percent('30%'), shortMax: 0n, turnoverMax: WHOLE, ...stated };
}

/** One buy of SPY at 100 dollars, out of 1,000 dollars in cash. */
function buying(quantity: string, stated: Partial<RebalancePlan> = {}): RebalancePlan {
  const trade = aTrade('buy', 'SPY', quantity, '100');
  return aPlan({ lines: [aLine('SPY'), aLine('cash', { value: '1000' })], trades: [trade], costAtMost: trade.notional, ...stated });
}

/** One short sale of SPY at 100 dollars, out of 1,000 dollars in cash. */
function shorting(quantity: string, stated: Partial<RebalancePlan> = {}): RebalancePlan {
  const trade = { ...aTrade('sell', 'SPY', quantity, '100'), position: 'short' as const };
  return aPlan({ lines: [aLine('SPY'), aLine('cash', { value: '1000' })], trades: [trade], costAtMost: trade.notional, ...stated });
}

describe('the risk review', () => {
  it('approves a plan within its limits, and one without trades', () => {
    expect(reviewPlan(buying('3'), RICH, someLimits())).toEqual({ kind: 'approved' });
    expect(reviewPlan(aPlan(), RICH, someLimits())).toEqual({ kind: 'approved' });
  });

  it('denies everything to a blocked account', () => {
    expect(reviewPlan(aPlan(), { ...RICH, isBlocked: true }, someLimits())).toEqual({
      kind: 'denied',
      code: 'account-blocked',
      figures: {},
    });
  });

  it('denies more orders than the limit, and takes exactly as many', () => {
    const trades = [aTrade('buy', 'AGG', '1', '100'), aTrade('buy', 'SPY', '1', '100')];
    expect(reviewPlan(aPlan({ trades }), RICH, someLimits({ ordersMax: 1 }))).toEqual({
      kind: 'denied',
      code: 'orders-max',
      figures: { orders: '2', max: '1' },
    });
    expect(reviewPlan(aPlan({ trades }), RICH, someLimits({ ordersMax: 2 })).kind).toBe('approved');
  });

  it('denies an order above the largest notional, sells too, and takes one of exactly that', () => {
    expect(reviewPlan(buying('3'), RICH, someLimits({ orderNotionalMax: usd('299.99') }))).toEqual({
      kind: 'denied',
      code: 'order-notional-max',
      figures: { symbol: 'SPY', notional: '300.00', max: '299.99' },
    });
    expect(reviewPlan(buying('3'), RICH, someLimits({ orderNotionalMax: usd('300') })).kind).toBe('approved');
    const selling = aPlan({ lines: [aLine('SPY', { value: '500' })], trades: [aTrade('sell', 'SPY', '4', '100')] });
    expect(reviewPlan(selling, RICH, someLimits({ orderNotionalMax: usd('399') }))).toMatchObject({ code: 'order-notional-max' });
  });

  it('denies to sell more than is held', () => {
    const plan = aPlan({ lines: [aLine('SPY', { value: '100' })], trades: [aTrade('sell', 'SPY', '1.5', '100')] });
    expect(reviewPlan(plan, RICH, someLimits())).toEqual({
      kind: 'denied',
      code: 'short-position',
      figures: { symbol: 'SPY', value: '-50.00' },
    });
  });

  it('denies a plan that leaves a short position as it is', () => {
    const plan = aPlan({ lines: [aLine('AGG', { value: '-20' }), aLine('SPY')] });
    expect(reviewPlan(plan, RICH, someLimits())).toMatchObject({ code: 'short-position', figures: { symbol: 'AGG', value: '-20.00' } });
  });

  it('denies to buy a position beyond its limit, and takes one of exactly that', () => {
    expect(reviewPlan(buying('4'), RICH, someLimits())).toEqual({
      kind: 'denied',
      code: 'position-max',
      figures: { symbol: 'SPY', weight: '40%', max: '30%' },
    });
    expect(reviewPlan(buying('3'), RICH, someLimits()).kind).toBe('approved');
  });

  it('counts what is held already toward the limit of a position', () => {
    const plan = buying('2', { lines: [aLine('SPY', { value: '200' }), aLine('cash', { value: '800' })] });
    expect(reviewPlan(plan, RICH, someLimits())).toMatchObject({ code: 'position-max', figures: { weight: '40%' } });
  });

  it('lets a position that has outgrown its limit be sold down, or left', () => {
    const lines = [aLine('AGG'), aLine('SPY', { value: '800' }), aLine('cash', { value: '200' })];
    expect(reviewPlan(aPlan({ lines, trades: [aTrade('sell', 'SPY', '3', '100')] }), RICH, someLimits())).toEqual({ kind: 'approved' });
    const besides = aPlan({ lines, trades: [aTrade('buy', 'AGG', '1', '100')], costAtMost: usd('100') });
    expect(reviewPlan(besides, RICH, someLimits())).toEqual({ kind: 'approved' });
  });

  it('denies to buy more than the portfolio is worth', () => {
    const lines = [aLine('AGG', { value: '900' }), aLine('SPY', { value: '100' }), aLine('cash')];
    const trades = [aTrade('buy', 'SPY', '2', '100')];
    expect(reviewPlan(aPlan({ lines, trades }), RICH, someLimits())).toEqual({
      kind: 'denied',
      code: 'gross-exposure',
      figures: { weight: '120%', max: '100%' },
    });
  });

  it('lets an account that has borrowed sell, though it is still exposed to more than it is worth', () => {
    const lines = [aLine('SPY', { value: '1500' }), aLine('cash', { value: '-500' })];
    expect(reviewPlan(aPlan({ lines, trades: [aTrade('sell', 'SPY', '2', '100')] }), RICH, someLimits())).toEqual({ kind: 'approved' });
  });

  it('denies to spend more than buying power and proceeds, and takes exactly that', () => {
    const stated = { proceedsAtLeast: usd('50'), costAtMost: usd('300') };
    expect(reviewPlan(buying('3', stated), anAccount({ buyingPower: usd('249.99') }), someLimits())).toEqual({
      kind: 'denied',
      code: 'buying-power',
      figures: { cost: '300.00', buyingPower: '299.99' },
    });
    expect(reviewPlan(buying('3', stated), anAccount({ buyingPower: usd('250') }), someLimits()).kind).toBe('approved');
  });

  it('names the first of its codes that matches, in their listed order', () => {
    // Everything is wrong with this plan; what is denied first is mended, one after the other.
    const lines = [
      aLine('AGG', { value: '900' }),
      aLine('GLD', { value: '100' }),
      aLine('TLT', { value: '600' }),
      aLine('cash', { value: '-600' }),
    ];
    const trades = [aTrade('sell', 'GLD', '2', '100'), aTrade('buy', 'AGG', '8', '100')];
    const plan = aPlan({ lines, trades, costAtMost: usd('800') });
    const poor = anAccount({ buyingPower: 0n, isBlocked: true });
    const strict = someLimits({ ordersMax: 1, orderNotionalMax: usd('150') });
    const noShort = { ...plan, lines: lines.map((line) => (line.symbol === 'GLD' ? aLine('GLD', { value: '300' }) : line)) };
    const shorting = {
      ...plan,
      trades: trades.map((trade) => (trade.symbol === 'GLD' ? { ...trade, position: 'short' as const } : trade)),
    };
    const steps: [RebalancePlan, typeof poor, Limits][] = [
      [plan, poor, strict],
      [plan, { ...poor, isBlocked: false }, strict],
      [plan, { ...poor, isBlocked: false }, someLimits({ orderNotionalMax: usd('150') })],
      [plan, { ...poor, isBlocked: false }, someLimits()],
      [shorting, { ...poor, isBlocked: false }, someLimits({ shortMax: percent('5%') })],
      [noShort, { ...poor, isBlocked: false }, someLimits()],
      [noShort, { ...poor, isBlocked: false }, someLimits({ positionMax: percent('200%') })],
      [{ ...noShort, equity: usd('5000') }, { ...poor, isBlocked: false }, someLimits({ positionMax: percent('200%') })],
    ];
    const codes = steps.map((step) => {
      const review = reviewPlan(...step);
      return review.kind === 'denied' ? review.code : review.kind;
    });
    expect(codes).toEqual(DENIAL_CODES.filter((code) => codes.includes(code)));
    expect(codes).toEqual([
      'account-blocked',
      'orders-max',
      'order-notional-max',
      'short-position',
      'short-max',
      'position-max',
      'gross-exposure',
      'buying-power',
    ]);
  });

  it('denies every short position while the limit is nothing, also one that is only left as it is', () => {
    expect(reviewPlan(shorting('2'), RICH, someLimits())).toEqual({
      kind: 'denied',
      code: 'short-position',
      figures: { symbol: 'SPY', value: '-200.00' },
    });
  });

  it('denies to sell short beyond the limit, and takes exactly that', () => {
    const plan = shorting('2', { lines: [aLine('AGG', { value: '-100' }), aLine('SPY'), aLine('cash', { value: '1100' })] });
    expect(reviewPlan(plan, RICH, someLimits({ shortMax: percent('29.9999%') }))).toEqual({
      kind: 'denied',
      code: 'short-max',
      figures: { weight: '30%', max: '29.9999%' },
    });
    expect(reviewPlan(plan, RICH, someLimits({ shortMax: percent('30%') }))).toEqual({ kind: 'approved' });
  });

  it('lets short positions that have outgrown their limit be covered, or left, while others are bought', () => {
    const lines = [aLine('AGG'), aLine('SPY', { value: '-400' }), aLine('cash', { value: '1400' })];
    const cover = { ...aTrade('buy', 'SPY', '1', '100'), position: 'short' as const };
    const limits = someLimits({ shortMax: percent('10%') });
    expect(reviewPlan(aPlan({ lines, trades: [cover], coversAtMost: usd('100') }), RICH, limits)).toEqual({ kind: 'approved' });
    const besides = aPlan({ lines, trades: [aTrade('buy', 'AGG', '1', '100')], costAtMost: usd('100') });
    expect(reviewPlan(besides, RICH, limits)).toEqual({ kind: 'approved' });
  });

  it('holds a short position to the limit of a position by its size', () => {
    expect(reviewPlan(shorting('4'), RICH, someLimits({ shortMax: WHOLE }))).toEqual({
      kind: 'denied',
      code: 'position-max',
      figures: { symbol: 'SPY', weight: '40%', max: '30%' },
    });
  });

  it('counts long and short positions alike toward the gross exposure', () => {
    const plan = shorting('2', { lines: [aLine('AGG', { value: '900' }), aLine('SPY'), aLine('cash', { value: '100' })] });
    expect(reviewPlan(plan, RICH, someLimits({ shortMax: WHOLE }))).toEqual({
      kind: 'denied',
      code: 'gross-exposure',
      figures: { weight: '110%', max: '100%' },
    });
  });

  it('wants no buying power for what is bought back', () => {
    const lines = [aLine('SPY', { value: '-400' }), aLine('cash', { value: '1400' })];
    const cover = { ...aTrade('buy', 'SPY', '4', '100'), position: 'short' as const };
    expect(reviewPlan(aPlan({ lines, trades: [cover], coversAtMost: usd('400') }), anAccount({ buyingPower: 0n }), someLimits())).toEqual({
      kind: 'approved',
    });
  });

  it('never finds our own planner short, overexposed or out of money', () => {
    fc.assert(
      fc.property(anyCase, ({ portfolio, targets, prices, rules }) => {
        const plan = planRebalance(portfolio, targets, prices, rules);
        const limits = someLimits({ orderNotionalMax: usd('100000000'), positionMax: WHOLE });
        expect(reviewPlan(plan, portfolio.account, limits)).toEqual({ kind: 'approved' });
      }),
    );
  });
});
