import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planRebalance } from '../../../../shared/core/rebalance/plan-rebalance.ts';
import { bandWithinCapital, CAPITAL_STEPS, withinCapital } from '../../../../shared/core/strategy/capital-step.ts';
import { grossOf } from '../../../../shared/core/strategy/weights.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { divide } from '../../../../shared/core/values/rounding.ts';
import { NANOS_PER_SHARE, notional } from '../../../../shared/core/values/shares.ts';
import { type Ppm, percent, WHOLE } from '../../../../shared/core/values/weight.ts';
import { freeCase, type PlanCase } from '../../../arbitraries/rebalance.ts';
import { anyLongShortTargets, anyTargets } from '../../../arbitraries/strategy.ts';
import { anAccount } from '../../../builders/portfolio.ts';

const steps = CAPITAL_STEPS.map((step) => percent(step));
const anyStep = fc.constantFrom(...steps);

function planAt({ portfolio, targets, prices, rules }: PlanCase, capital: Ppm) {
  const band = bandWithinCapital(rules.band, capital);
  return planRebalance(portfolio, withinCapital(targets, capital), prices, { ...rules, band });
}

describe('targets within a part of the account', () => {
  it('are that part of each, and the rest is cash', () => {
    const targets = {
      weights: [
        { symbol: 'BND', weight: percent('39%') },
        { symbol: 'VTI', weight: percent('60%') },
      ],
      cash: percent('1%'),
    };
    expect(withinCapital(targets, percent('10%'))).toEqual({
      weights: [
        { symbol: 'BND', weight: percent('3.9%') },
        { symbol: 'VTI', weight: percent('6%') },
      ],
      cash: percent('90.1%'),
    });
  });

  it('round toward zero, short ones too, and what comes to nothing is not there', () => {
    const targets = {
      weights: [
        { symbol: 'A', weight: 199n },
        { symbol: 'B', weight: -199n },
        { symbol: 'C', weight: 99n },
      ],
      cash: WHOLE - 99n,
    };
    expect(withinCapital(targets, percent('1%'))).toEqual({
      weights: [
        { symbol: 'A', weight: 1n },
        { symbol: 'B', weight: -1n },
      ],
      cash: WHOLE,
    });
  });

  it('come to no more than that part, and none is larger than at 100 %', () => {
    fc.assert(
      fc.property(fc.oneof(anyTargets, anyLongShortTargets), anyStep, (targets, capital) => {
        const within = withinCapital(targets, capital);
        expect(grossOf(within) * WHOLE <= grossOf(targets) * capital).toBe(true);
        expect(within.weights.reduce((sum, { weight }) => sum + weight, within.cash)).toBe(WHOLE);
        for (const { symbol, weight } of within.weights) {
          const whole = targets.weights.find((each) => each.symbol === symbol)?.weight ?? 0n;
          expect(whole > 0n ? weight > 0n && weight <= whole : weight < 0n && weight >= whole).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('are the very same at 100 %, and so is the band', () => {
    fc.assert(
      fc.property(freeCase, ({ targets, rules }) => {
        expect(withinCapital(targets, WHOLE)).toBe(targets);
        expect(bandWithinCapital(rules.band, WHOLE)).toBe(rules.band);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the band within a part of the account', () => {
  it('is a part of its points, while a part of the target is left as it is', () => {
    expect(bandWithinCapital({ absolute: percent('5%'), relative: percent('25%') }, percent('10%'))).toEqual({
      absolute: percent('0.5%'),
      relative: percent('25%'),
    });
    expect(bandWithinCapital({ relative: percent('25%') }, percent('1%'))).toEqual({ relative: percent('25%') });
  });

  it('is left by a first purchase at every step', () => {
    const prices = [{ symbol: 'VTI', value: usd('50') }];
    const cash = usd('100000');
    for (const capital of steps) {
      const plan = planAt(
        {
          portfolio: { account: anAccount({ cash }), positions: [] },
          targets: { weights: [{ symbol: 'VTI', weight: percent('60%') }], cash: percent('40%') },
          prices,
          rules: {
            band: { absolute: percent('5%'), relative: percent('25%') },
            isForced: false,
            minimumTrade: usd('25'),
            shareUnit: 'whole',
            turnoverMax: WHOLE,
            collarBps: 20,
          },
        },
        capital,
      );
      // 60 % of 100,000 in shares of 50 are 1,200; of a step, that part of them.
      expect(plan.trades.map(({ quantity }) => quantity / NANOS_PER_SHARE)).toEqual([(1_200n * capital) / WHOLE]);
    }
  });
});

describe('a plan within a part of the account', () => {
  it('never buys beyond that part of the equity', () => {
    fc.assert(
      fc.property(freeCase, anyStep, (input, capital) => {
        const { trades, equity } = planAt(input, capital);
        const bought = trades.filter(({ side }) => side === 'buy').reduce((sum, trade) => sum + trade.notional, 0n);
        expect(bought * WHOLE <= equity * capital).toBe(true);
        // Of what it buys, what it held before is in that part too.
        for (const { symbol, notional: amount } of trades.filter(({ side }) => side === 'buy')) {
          const held = input.portfolio.positions.find((position) => position.symbol === symbol)?.quantity ?? 0n;
          const price = input.prices.find((each) => each.symbol === symbol)?.value ?? 0n;
          expect((amount + notional(price, held, 'half-even')) * WHOLE <= (equity + WHOLE) * capital).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('from targets that are met, buys alone at a higher step and sells alone at a lower', () => {
    fc.assert(
      fc.property(freeCase, anyStep, anyStep, (input, from, to) => {
        fc.pre(from !== to);
        const equity = usd('1000000');
        // What the targets ask for, in fractions of a share, at this step.
        const positions = withinCapital(input.targets, from).weights.flatMap(({ symbol, weight }) => {
          const price = input.prices.find((each) => each.symbol === symbol)?.value ?? 1n;
          const quantity = divide(divide(equity * weight, WHOLE, 'floor') * NANOS_PER_SHARE, price, 'floor');
          return quantity > 0n ? [{ symbol, quantity, available: quantity }] : [];
        });
        const invested = positions.reduce(
          (sum, { symbol, quantity }) =>
            sum + notional(input.prices.find((each) => each.symbol === symbol)?.value ?? 1n, quantity, 'half-even'),
          0n,
        );
        const portfolio = { account: anAccount({ cash: equity - invested }), positions };
        const { trades } = planAt({ ...input, portfolio, rules: { ...input.rules, shareUnit: 'fractional', minimumTrade: usd('1') } }, to);
        const side = to > from ? 'buy' : 'sell';
        expect(trades.filter((trade) => trade.side !== side)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
