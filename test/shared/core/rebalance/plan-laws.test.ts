import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealArtifact } from '../../../../shared/contracts/artifacts.ts';
import { canonicalJson } from '../../../../shared/contracts/canonical-json.ts';
import { largestDrift } from '../../../../shared/core/rebalance/drift.ts';
import type { RebalancePlan, SkipCode } from '../../../../shared/core/rebalance/plan.ts';
import { planRebalance } from '../../../../shared/core/rebalance/plan-rebalance.ts';
import { absolute, larger } from '../../../../shared/core/values/rounding.ts';
import { isWhole, notional } from '../../../../shared/core/values/shares.ts';
import { WHOLE } from '../../../../shared/core/values/weight.ts';
import { anyCase, freeCase, type PlanCase } from '../../../arbitraries/rebalance.ts';
import { afterTrades } from '../../../builders/after-trades.ts';

function planOf({ portfolio, targets, prices, rules }: PlanCase): RebalancePlan {
  return planRebalance(portfolio, targets, prices, rules);
}

function law(check: (input: PlanCase, plan: RebalancePlan) => void, cases = anyCase): void {
  fc.assert(
    fc.property(cases, (input) => {
      check(input, planOf(input));
    }),
    { numRuns: 300 },
  );
}

describe('every plan', () => {
  it('conserves weights: with cash they sum to one million, and the drifts to zero', () => {
    law((_, { lines, equity }) => {
      expect(lines.reduce((sum, { weight }) => sum + weight, 0n)).toBe(WHOLE);
      expect(lines.reduce((sum, { target }) => sum + target, 0n)).toBe(WHOLE);
      expect(lines.reduce((sum, { drift }) => sum + drift, 0n)).toBe(0n);
      expect(lines.reduce((sum, { value }) => sum + value, 0n)).toBe(equity);
      expect(lines.at(-1)?.symbol).toBe('cash');
      expect(lines.every(({ drift }) => absolute(drift) <= largestDrift(lines))).toBe(true);
    });
  });

  it('never spends more than the cash it will have, at the worst limit that each order may get', () => {
    law(({ portfolio, rules }, { trades, cashBefore, proceedsAtLeast, costAtMost }) => {
      expect(cashBefore).toBe(portfolio.account.cash);
      expect(costAtMost <= larger(cashBefore + proceedsAtLeast, 0n)).toBe(true);
      // Derived again from the trades: every buy at its arrival plus the collar, every sell at its arrival less it.
      const bps = BigInt(rules.collarBps);
      const worst = trades.map(({ side, arrival, quantity }) => {
        const price = side === 'buy' ? (arrival * (10_000n + bps)) / 10_000n : -((-arrival * (10_000n - bps)) / 10_000n);
        return side === 'buy' ? -notional(price, quantity, 'ceil') : notional(price, quantity, 'floor');
      });
      const cashAfter = worst.reduce((sum, each) => sum + each, cashBefore);
      const hasBuys = trades.some(({ side }) => side === 'buy');
      expect(!hasBuys || cashAfter >= 0n).toBe(true);
    });
  });

  it('has one trade a symbol at most, of shares above zero, sells before buys, each by symbol', () => {
    law((_, { trades }) => {
      expect(new Set(trades.map(({ symbol }) => symbol)).size).toBe(trades.length);
      expect(trades.every(({ quantity }) => quantity > 0n)).toBe(true);
      const order = trades.map(({ side, symbol }) => `${side === 'sell' ? 0 : 1} ${symbol}`);
      expect(order).toEqual(order.toSorted());
    });
  });

  it('sells no more than is available, and never what it may not trade or does not own', () => {
    law(({ portfolio, prices }, { trades }) => {
      for (const { symbol, side, quantity } of trades) {
        expect(prices.find((price) => price.symbol === symbol)).not.toHaveProperty('refusal');
        const available = portfolio.positions.find((position) => position.symbol === symbol)?.available ?? 0n;
        expect(side === 'buy' || quantity <= available).toBe(true);
      }
    });
  });

  it('trades whole shares where only whole shares trade, but for the end of a position', () => {
    law(({ portfolio, rules }, { trades }) => {
      if (rules.shareUnit === 'fractional') return;
      for (const { symbol, side, quantity } of trades) {
        const held = portfolio.positions.find((position) => position.symbol === symbol)?.quantity;
        expect(isWhole(quantity) || (side === 'sell' && quantity === held)).toBe(true);
      }
    });
  });

  it('makes no trade below the minimum, but for the end of a position', () => {
    law(({ portfolio, rules }, { trades }) => {
      for (const { symbol, side, quantity, notional: amount } of trades) {
        const held = portfolio.positions.find((position) => position.symbol === symbol)?.quantity;
        expect(amount >= rules.minimumTrade || (side === 'sell' && quantity === held)).toBe(true);
      }
    });
  });

  it('keeps to the turnover cap, except for the first funding', () => {
    law(({ rules }, { trades, lines, equity }) => {
      const isFirstFunding = lines.every(({ symbol, value }) => symbol === 'cash' || value === 0n);
      const traded = trades.reduce((sum, trade) => sum + trade.notional, 0n);
      expect(isFirstFunding || traded * WHOLE <= 2n * equity * rules.turnoverMax).toBe(true);
    });
  });

  it('trades only toward the target and not past it', () => {
    law((_, { trades, lines, equity }) => {
      for (const { symbol, side, notional: amount, arrival } of trades) {
        const line = lines.find((each) => each.symbol === symbol);
        const gap = (line?.target ?? 0n) * equity - (line?.value ?? 0n) * WHOLE;
        // A sell may go past it by less than a share: of whole shares as many are kept as fit under the target.
        expect(side === 'buy' ? amount * WHOLE <= gap + WHOLE : amount * WHOLE <= -gap + (arrival + 1n) * WHOLE).toBe(true);
      }
    });
  });

  it('gives every symbol a trade or a reason, and does nothing inside the band unless it is forced', () => {
    law(({ prices, rules }, { trades, skipped, lines, isTriggered }) => {
      const spoken = new Set([...trades, ...skipped].map(({ symbol }) => symbol));
      for (const { symbol } of prices) expect(spoken).toContain(symbol);
      expect(isTriggered).toBe(rules.isForced || lines.some(({ isInside }) => !isInside));
      expect(isTriggered || trades.length === 0).toBe(true);
      expect(skipped.map(({ symbol }) => symbol)).toEqual(skipped.map(({ symbol }) => symbol).toSorted());
    });
  });

  it('leaves what is not the portfolio’s alone, and plans as if it were not there', () => {
    law((input, plan) => {
      const own = { ...input.portfolio, positions: input.portfolio.positions.filter(({ symbol }) => symbol !== 'ZZZ') };
      const without = planOf({ ...input, portfolio: own });
      expect({ ...plan, skipped: plan.skipped.filter(({ code }) => code !== 'not-in-portfolio') }).toEqual(without);
    });
  });

  it('is the same bytes when planned twice, in whatever order positions and prices come', () => {
    law((input, plan) => {
      const shuffled = {
        ...input,
        portfolio: { ...input.portfolio, positions: input.portfolio.positions.toReversed() },
        prices: input.prices.toReversed(),
      };
      const bytesOf = (each: RebalancePlan) =>
        sealArtifact({ kind: 'plan', previous: 'a'.repeat(64), band: input.rules.band, plan: each }).text;
      expect(bytesOf(planOf(input))).toBe(bytesOf(plan));
      expect(bytesOf(planOf(shuffled))).toBe(bytesOf(plan));
      expect(() => canonicalJson(plan.skipped)).not.toThrow();
    });
  });
});

describe('a plan that was carried out', () => {
  const CUT_SHORT: readonly SkipCode[] = ['insufficient-cash', 'turnover-cap', 'below-minimum-trade'];

  it('trades nothing when planned again, for whole and fractional shares, with and without a band', () => {
    let carriedOut = 0;
    law(
      (input, plan) => {
        if (plan.skipped.some(({ code }) => CUT_SHORT.includes(code))) return;
        if (plan.trades.length > 0) carriedOut += 1;
        const again = planOf({ ...input, portfolio: afterTrades(input.portfolio, plan.trades) });
        expect(again.trades).toEqual([]);
      },
      freeCase.map((each) => ({ ...each, rules: { ...each.rules, turnoverMax: WHOLE, collarBps: 0 } })),
    );
    expect(carriedOut).toBeGreaterThan(50);
  });

  it('leaves no symbol further from its target than it was, or than a share', () => {
    law((input, plan) => {
      const after = planOf({ ...input, portfolio: afterTrades(input.portfolio, plan.trades) });
      plan.lines.forEach(({ symbol, drift }, place) => {
        if (symbol === 'cash') return;
        const share = input.prices.find((price) => price.symbol === symbol)?.value ?? 0n;
        const oneShare = (share * WHOLE) / plan.equity + 2n;
        expect(absolute(after.lines[place]?.drift ?? 0n) <= larger(absolute(drift) + 2n, oneShare)).toBe(true);
      });
    }, freeCase);
  });
});
