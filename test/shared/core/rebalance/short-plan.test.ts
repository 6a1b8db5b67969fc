import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RebalancePlan } from '../../../../shared/core/rebalance/plan.ts';
import { planRebalance } from '../../../../shared/core/rebalance/plan-rebalance.ts';
import { reviewPlan } from '../../../../shared/core/risk/review-plan.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { formatShares, isWhole, type NanoShares, notional } from '../../../../shared/core/values/shares.ts';
import { percent, WHOLE } from '../../../../shared/core/values/weight.ts';
import { longShortCase, type PlanCase } from '../../../arbitraries/rebalance.ts';
import { afterTrades } from '../../../builders/after-trades.ts';
import { aPortfolio, somePrices, someRules, someTargets } from '../../../builders/portfolio.ts';

const HUNDREDS = somePrices({ AGG: '100', SPY: '100' });

function tradesOf({ trades }: RebalancePlan): string[] {
  return trades.map(
    ({ side, position, quantity, symbol }) => `${side} ${formatShares(quantity)} ${symbol}${position === undefined ? '' : ' short'}`,
  );
}

describe('a short target', () => {
  it('is sold short in whole shares, as many as fit under it, even where fractions are bought', () => {
    const targets = someTargets({ AGG: '50.5%', SPY: '-40.55%' });
    const plan = planRebalance(aPortfolio({}, { cash: '1000' }), targets, HUNDREDS, someRules({ shareUnit: 'fractional' }));
    expect(tradesOf(plan)).toEqual(['buy 5.05 AGG', 'sell 4 SPY short']);
  });

  it('binds as much of our own money as it brings, and brings nothing to buy with', () => {
    const targets = someTargets({ AGG: '50%', SPY: '-50%' });
    const plan = planRebalance(aPortfolio({}, { cash: '1000' }), targets, HUNDREDS, someRules());
    expect(tradesOf(plan)).toEqual(['buy 5 AGG', 'sell 5 SPY short']);
    expect(plan).toMatchObject({ proceedsAtLeast: 0n, costAtMost: usd('1000') });
    expect(plan).not.toHaveProperty('coversAtMost');
  });

  it('leaves less for the rest than the cash says: what is short already is collateral', () => {
    // 700 in cash, 200 of it the proceeds of 2 SPY: equity 500, free 700 − 2 × 200 = 300. AGG may not grow by 4.
    const plan = planRebalance(aPortfolio({ SPY: '-2' }, { cash: '700' }), someTargets({ AGG: '80%', SPY: '-40%' }), HUNDREDS, someRules());
    expect(tradesOf(plan)).toEqual(['buy 3 AGG']);
    expect(plan.skipped).toContainEqual({ symbol: 'AGG', code: 'insufficient-cash', figures: { wanted: '4', leftOut: '1' } });
  });

  it('is scaled with the buys where the money does not reach, both alike', () => {
    // At 200 bp of collar a buy costs 102 and a short sale binds 2 × 102 − 98: 1,040 is wanted of 1,000, so 4.8 of 5.
    const targets = someTargets({ AGG: '50%', SPY: '-50%' });
    const plan = planRebalance(aPortfolio({}, { cash: '1000' }), targets, HUNDREDS, someRules({ collarBps: 200 }));
    expect(tradesOf(plan)).toEqual(['buy 4 AGG', 'sell 4 SPY short']);
    expect(plan.costAtMost).toBe(usd('832')); // 4 × 102 + 4 × 106
    expect(plan.skipped.map(({ code }) => code)).toEqual(['insufficient-cash', 'insufficient-cash']);
  });

  it('that grew by itself is bought back in part, and what is freed pays for a buy', () => {
    // Equity 1,200 − 600 = 600; SPY may be 240 short: 2 shares. 4 are covered, which frees 800 for 400.
    const plan = planRebalance(
      aPortfolio({ SPY: '-6' }, { cash: '1200' }),
      someTargets({ AGG: '50%', SPY: '-40%' }),
      HUNDREDS,
      someRules(),
    );
    expect(tradesOf(plan)).toEqual(['buy 4 SPY short', 'buy 3 AGG']);
    expect(plan).toMatchObject({ coversAtMost: usd('400'), costAtMost: usd('300') });
  });

  it('that leaves the targets is bought back whole, also below the minimum trade', () => {
    const rules = someRules({ minimumTrade: usd('1000'), shareUnit: 'fractional' });
    const plan = planRebalance(aPortfolio({ SPY: '-1' }, { cash: '300' }), someTargets({}), HUNDREDS, rules);
    expect(tradesOf(plan)).toEqual(['buy 1 SPY short']);
  });

  it('is bought back before anything is bought, where the money does not reach for both', () => {
    // No room at all: 100 in cash, 4 AGG held and not for sale, 2 SPY short. All cash goes into the cover.
    const prices = [
      { symbol: 'AGG', value: usd('100'), refusal: { code: 'quote-wide' as const, figures: {} } },
      ...somePrices({ GLD: '100', SPY: '100' }),
    ];
    const plan = planRebalance(aPortfolio({ AGG: '4', SPY: '-2' }, { cash: '100' }), someTargets({ GLD: '100%' }), prices, someRules());
    expect(tradesOf(plan)).toEqual(['buy 1 SPY short']);
    expect(plan.skipped.map(({ symbol, code }) => `${symbol} ${code}`)).toEqual([
      'AGG quote-wide',
      'GLD insufficient-cash',
      'SPY insufficient-cash',
    ]);
  });

  it('needs no fractions, so an asset without them is sold short all the same', () => {
    const prices = [{ symbol: 'SPY', value: usd('100'), refusal: { code: 'not-fractionable' as const, figures: {} } }];
    const rules = someRules({ shareUnit: 'fractional' });
    expect(tradesOf(planRebalance(aPortfolio({}, { cash: '1000' }), someTargets({ SPY: '-50%' }), prices, rules))).toEqual([
      'sell 5 SPY short',
    ]);
    expect(tradesOf(planRebalance(aPortfolio({}, { cash: '1000' }), someTargets({ SPY: '50%' }), prices, rules))).toEqual([]);
  });
});

describe('a trade that would go through zero', () => {
  it.each([
    ['5', '-40%', 'sell 5 SPY', { wanted: '9', leftOut: '4' }],
    ['5.5', '-40%', 'sell 5.5 SPY', { wanted: '9', leftOut: '3.5' }],
    ['-4', '50%', 'buy 4 SPY short', { wanted: '9', leftOut: '5' }],
  ])('from %s shares to %s stops at zero and names the rest', (held, target, trade, figures) => {
    const value = Number(held) * 100;
    const plan = planRebalance(
      aPortfolio({ SPY: held }, { cash: `${1_000 - value}` }),
      someTargets({ SPY: target }),
      somePrices({ SPY: '100' }),
      someRules(),
    );
    expect(plan.equity).toBe(usd('1000'));
    expect(tradesOf(plan)).toEqual([trade]);
    expect(plan.skipped).toEqual([{ symbol: 'SPY', code: 'through-zero', figures }]);
  });

  it('goes on with the next plan', () => {
    const portfolio = aPortfolio({ SPY: '5' }, { cash: '500' });
    const targets = someTargets({ SPY: '-40%' });
    const first = planRebalance(portfolio, targets, somePrices({ SPY: '100' }), someRules());
    const second = planRebalance(afterTrades(portfolio, first.trades), targets, somePrices({ SPY: '100' }), someRules());
    expect(tradesOf(second)).toEqual(['sell 4 SPY short']);
  });

  it('is told by what holds it back, where it does not even come to zero', () => {
    const portfolio = aPortfolio({ SPY: '5' }, { cash: '500', available: { SPY: '2' } });
    const plan = planRebalance(portfolio, someTargets({ SPY: '-40%' }), somePrices({ SPY: '100' }), someRules());
    expect(tradesOf(plan)).toEqual(['sell 2 SPY']);
    expect(plan.skipped.map(({ code }) => code)).toEqual(['quantity-held']);
  });
});

describe('every plan with short positions', () => {
  function law(check: (input: PlanCase, plan: RebalancePlan) => void): void {
    fc.assert(
      fc.property(longShortCase, (input) => {
        check(input, planRebalance(input.portfolio, input.targets, input.prices, input.rules));
      }),
      { numRuns: 400 },
    );
  }
  const heldIn = ({ portfolio }: PlanCase, symbol: string): NanoShares =>
    portfolio.positions.find((position) => position.symbol === symbol)?.quantity ?? 0n;

  it('conserves weights, trades each symbol once, and gives each a trade or a reason', () => {
    law(({ prices }, { lines, trades, skipped, equity }) => {
      expect(lines.reduce((sum, { weight }) => sum + weight, 0n)).toBe(WHOLE);
      expect(lines.reduce((sum, { value }) => sum + value, 0n)).toBe(equity);
      expect(new Set(trades.map(({ symbol }) => symbol)).size).toBe(trades.length);
      const spoken = new Set([...trades, ...skipped].map(({ symbol }) => symbol));
      for (const { symbol } of prices) expect(spoken).toContain(symbol);
    });
  });

  it('goes through zero nowhere, and says which side of zero each trade is on', () => {
    law((input, { trades }) => {
      for (const { symbol, side, position, quantity } of trades) {
        const held = heldIn(input, symbol);
        const after = side === 'buy' ? held + quantity : held - quantity;
        expect(held > 0n ? after >= 0n : held < 0n ? after <= 0n : true).toBe(true);
        expect(position === 'short').toBe(held < 0n || after < 0n);
        expect(position === undefined || isWhole(quantity)).toBe(true);
      }
    });
  });

  it('trades toward the target alone', () => {
    law((_, { trades, lines }) => {
      for (const { symbol, side } of trades) {
        const drift = lines.find((line) => line.symbol === symbol)?.drift ?? 0n;
        const target = lines.find((line) => line.symbol === symbol)?.target ?? 0n;
        expect(drift === 0n ? target === 0n : (side === 'buy') === drift < 0n).toBe(true);
      }
    });
  });

  it('holds no more than the account is worth when anything was opened, at the worst limit of every order', () => {
    let opened = 0;
    law((input, { trades, lines, cashBefore, proceedsAtLeast, costAtMost, coversAtMost = 0n }) => {
      const spendable = cashBefore + proceedsAtLeast;
      expect(costAtMost + coversAtMost <= (spendable > 0n ? spendable : 0n)).toBe(true);
      if (!trades.some(({ side, position }) => (side === 'sell') === (position === 'short'))) return;
      opened += 1;
      const bps = BigInt(input.rules.collarBps);
      let cash = cashBefore;
      let shortAfter = lines.reduce((sum, { symbol, value }) => (symbol !== 'cash' && value < 0n ? sum - value : sum), 0n);
      for (const { side, position, arrival, quantity, notional: amount } of trades) {
        const price = side === 'buy' ? (arrival * (10_000n + bps)) / 10_000n : -((-arrival * (10_000n - bps)) / 10_000n);
        cash += side === 'buy' ? -notional(price, quantity, 'ceil') : notional(price, quantity, 'floor');
        if (position === 'short') shortAfter += side === 'sell' ? amount : -amount;
      }
      // Equity is cash + long − short; long + short ≤ equity is the same as 2 × short ≤ cash.
      expect(2n * shortAfter <= cash).toBe(true);
    });
    expect(opened).toBeGreaterThan(100);
  });

  it('is approved by our own review where the file allows short positions, and by no other', () => {
    law((input, plan) => {
      const limits = {
        orderNotionalMax: usd('1000000000'),
        ordersMax: 10,
        positionMax: percent('100000%'),
        shortMax: percent('100000%'),
        turnoverMax: WHOLE,
      };
      const account = { ...input.portfolio.account, buyingPower: usd('1000000000') };
      expect(reviewPlan(plan, account, limits)).toEqual({ kind: 'approved' });
      const staysShort = plan.lines.some(({ symbol, value }) => {
        if (symbol === 'cash') return false;
        const trade = plan.trades.find((each) => each.symbol === symbol);
        const change = trade === undefined ? 0n : trade.side === 'buy' ? trade.notional : -trade.notional;
        return value + change < 0n;
      });
      const review = reviewPlan(plan, account, { ...limits, shortMax: 0n });
      expect(review.kind === 'denied' ? review.code : undefined).toBe(staysShort ? 'short-position' : undefined);
    });
  });

  it('comes to a rest in two runs where nothing is cut: the first to zero, the second to the other side', () => {
    let flipped = 0;
    law((input) => {
      const rules = { ...input.rules, turnoverMax: WHOLE * 1_000n, collarBps: 0, minimumTrade: 0n };
      let { portfolio } = input;
      const codes = new Set<string>();
      for (const _ of [1, 2]) {
        const next = planRebalance(portfolio, input.targets, input.prices, rules);
        for (const { code } of next.skipped) codes.add(code);
        portfolio = afterTrades(portfolio, next.trades);
      }
      if (codes.has('insufficient-cash')) return;
      if (codes.has('through-zero')) flipped += 1;
      expect(planRebalance(portfolio, input.targets, input.prices, rules).trades).toEqual([]);
    });
    expect(flipped).toBeGreaterThan(20);
  });

  it('ends every position where nothing is to be held', () => {
    law((input) => {
      const flat = { ...input, targets: someTargets({}), rules: { ...input.rules, band: {}, turnoverMax: WHOLE * 1_000n } };
      const plan = planRebalance(flat.portfolio, flat.targets, flat.prices, flat.rules);
      if (!plan.isTriggered || plan.skipped.some(({ code }) => code === 'insufficient-cash')) return;
      expect(afterTrades(flat.portfolio, plan.trades).positions).toEqual([]);
    });
  });
});
