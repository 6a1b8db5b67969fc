import { describe, expect, it } from 'vitest';
import type { RebalancePlan } from '../../../../shared/core/rebalance/plan.ts';
import { planRebalance } from '../../../../shared/core/rebalance/plan-rebalance.ts';
import type { SymbolPrice } from '../../../../shared/core/rebalance/wanted-trades.ts';
import { formatUsd, usd } from '../../../../shared/core/values/money.ts';
import { formatShares, shares } from '../../../../shared/core/values/shares.ts';
import { percent } from '../../../../shared/core/values/weight.ts';
import { aPortfolio, somePrices, someRules, someTargets } from '../../../builders/portfolio.ts';

/** `['buy 6 SPY', …]`. */
function tradesOf({ trades }: RebalancePlan): string[] {
  return trades.map(({ side, quantity, symbol }) => `${side} ${formatShares(quantity)} ${symbol}`);
}

const HUNDREDS = somePrices({ AGG: '100', SPY: '100' });
const SIXTY_FORTY = someTargets({ AGG: '40%', SPY: '60%' });

describe('the plan', () => {
  it('is empty for a portfolio that is at its target, even where any drift is traded', () => {
    const plan = planRebalance(aPortfolio({ AGG: '40', SPY: '60' }), SIXTY_FORTY, HUNDREDS, someRules());
    expect(plan).toMatchObject({ isTriggered: false, trades: [], costAtMost: 0n, proceedsAtLeast: 0n, equity: usd('10000') });
    expect(plan.skipped).toEqual([
      { symbol: 'AGG', code: 'inside-band', figures: { drift: '0%' } },
      { symbol: 'SPY', code: 'inside-band', figures: { drift: '0%' } },
    ]);
  });

  it('invests cash at the targets', () => {
    const plan = planRebalance(aPortfolio({}, { cash: '10000' }), SIXTY_FORTY, HUNDREDS, someRules());
    expect(tradesOf(plan)).toEqual(['buy 40 AGG', 'buy 60 SPY']);
    expect(plan).toMatchObject({ cashBefore: usd('10000'), proceedsAtLeast: 0n, costAtMost: usd('10000') });
  });

  it('sells first what is above its target, and buys with the proceeds what is below', () => {
    const plan = planRebalance(aPortfolio({ AGG: '20', SPY: '80' }), SIXTY_FORTY, HUNDREDS, someRules());
    expect(tradesOf(plan)).toEqual(['sell 20 SPY', 'buy 20 AGG']);
    expect(plan.trades[0]).toEqual({ symbol: 'SPY', side: 'sell', quantity: shares('20'), arrival: usd('100'), notional: usd('2000') });
    expect(plan).toMatchObject({ proceedsAtLeast: usd('2000'), costAtMost: usd('2000') });
  });

  it('trades to the target inside the band too where it is forced, but nothing too small', () => {
    // 61 and 39 of 100 shares at 100 dollars: one point off, inside a band of five.
    const portfolio = aPortfolio({ AGG: '39', SPY: '61' });
    const band = { absolute: percent('5%') };
    expect(tradesOf(planRebalance(portfolio, SIXTY_FORTY, HUNDREDS, someRules({ band })))).toEqual([]);
    const forced = planRebalance(portfolio, SIXTY_FORTY, HUNDREDS, someRules({ band, isForced: true }));
    expect(tradesOf(forced)).toEqual(['sell 1 SPY', 'buy 1 AGG']);
    expect(forced).toMatchObject({ isTriggered: true, lines: [{ isInside: true }, { isInside: true }, { isInside: true }] });
    const small = planRebalance(portfolio, SIXTY_FORTY, HUNDREDS, someRules({ band, isForced: true, minimumTrade: usd('101') }));
    expect(small.trades).toEqual([]);
    expect(small.skipped.map(({ code }) => code)).toEqual(['below-minimum-trade', 'below-minimum-trade']);
  });

  it('shows each symbol and cash, with weights that add up and drifts that cancel', () => {
    const plan = planRebalance(aPortfolio({ AGG: '20', SPY: '70' }, { cash: '1000' }), SIXTY_FORTY, HUNDREDS, someRules());
    expect(plan.lines).toEqual([
      { symbol: 'AGG', value: usd('2000'), weight: percent('20%'), target: percent('40%'), drift: percent('-20%'), isInside: false },
      { symbol: 'SPY', value: usd('7000'), weight: percent('70%'), target: percent('60%'), drift: percent('10%'), isInside: false },
      { symbol: 'cash', value: usd('1000'), weight: percent('10%'), target: 0n, drift: percent('10%'), isInside: true },
    ]);
  });

  it('trades in an order that does not depend on the order of the prices', () => {
    const portfolio = aPortfolio({ AGG: '20', SPY: '80' });
    const planned = planRebalance(portfolio, SIXTY_FORTY, HUNDREDS, someRules());
    expect(planRebalance(portfolio, SIXTY_FORTY, HUNDREDS.toReversed(), someRules())).toEqual(planned);
  });

  it('throws without a price for a target, or for a portfolio that is worth nothing', () => {
    expect(() => planRebalance(aPortfolio({}, { cash: '1' }), SIXTY_FORTY, somePrices({ AGG: '100' }), someRules())).toThrow(
      'no price for SPY',
    );
    expect(() => planRebalance(aPortfolio({}), SIXTY_FORTY, HUNDREDS, someRules())).toThrow('worth nothing');
    expect(() => planRebalance(aPortfolio({ SPY: '1' }, { cash: '-200' }), SIXTY_FORTY, HUNDREDS, someRules())).toThrow('worth nothing');
  });
});

describe('the band', () => {
  const rules = someRules({ band: { absolute: percent('5%') } });

  it('leaves a position alone when drift equals the band', () => {
    const plan = planRebalance(aPortfolio({ AGG: '35', SPY: '65' }), SIXTY_FORTY, HUNDREDS, rules);
    expect(plan).toMatchObject({ isTriggered: false, trades: [] });
    expect(plan.skipped).toContainEqual({ symbol: 'SPY', code: 'inside-band', figures: { drift: '5%' } });
    expect(plan.skipped).toContainEqual({ symbol: 'AGG', code: 'inside-band', figures: { drift: '-5%' } });
  });

  it('brings every symbol back to its target once one is outside', () => {
    // SPY is 6 % above; GLD only 1 % below, yet it is what the proceeds are for.
    const targets = someTargets({ AGG: '30%', GLD: '10%', SPY: '60%' });
    const prices = somePrices({ AGG: '100', GLD: '100', SPY: '100' });
    const plan = planRebalance(aPortfolio({ AGG: '25', GLD: '9', SPY: '66' }), targets, prices, rules);
    expect(tradesOf(plan)).toEqual(['sell 6 SPY', 'buy 5 AGG', 'buy 1 GLD']);
  });

  it('is left by idle cash too: a deposit is invested though each symbol is inside its own band', () => {
    // 10,600 dollars of which 600 are cash, 5.66 %; SPY at 56.6 and AGG at 37.7 % are inside.
    const plan = planRebalance(aPortfolio({ AGG: '40', SPY: '60' }, { cash: '600' }), SIXTY_FORTY, HUNDREDS, rules);
    expect(plan.lines.map(({ symbol, isInside }) => [symbol, isInside])).toEqual([
      ['AGG', true],
      ['SPY', true],
      ['cash', false],
    ]);
    // 63.6 and 42.4 shares, whole ones only
    expect(tradesOf(plan)).toEqual(['buy 2 AGG', 'buy 3 SPY']);
  });

  it('does not hold cash to a relative width', () => {
    const targets = someTargets({ SPY: '99%' });
    const plan = planRebalance(
      aPortfolio({ SPY: '100' }, { cash: '200' }),
      targets,
      somePrices({ SPY: '100' }),
      someRules({ band: { relative: percent('25%') } }),
    );
    expect(plan.lines.at(-1)).toMatchObject({ symbol: 'cash', weight: 19_608n, isInside: true });
    expect(plan.isTriggered).toBe(false);
  });
});

describe('a skipped trade says why', () => {
  const refused = (refusal: NonNullable<SymbolPrice['refusal']>): SymbolPrice[] => [
    { symbol: 'AGG', value: usd('100') },
    { symbol: 'SPY', value: usd('100'), refusal },
  ];

  it.each(['quote-missing', 'quote-zero', 'quote-crossed', 'quote-stale', 'quote-wide', 'not-tradable', 'not-fractionable'] as const)(
    '%s: the symbol is not traded, though it is valued',
    (code) => {
      const plan = planRebalance(
        aPortfolio({ AGG: '20', SPY: '80' }),
        SIXTY_FORTY,
        refused({ code, figures: { ageMs: '7' } }),
        someRules(),
      );
      expect(plan.equity).toBe(usd('10000'));
      // Without the proceeds of SPY there is nothing to buy AGG with.
      expect(tradesOf(plan)).toEqual([]);
      expect(plan.skipped).toEqual([
        { symbol: 'AGG', code: 'insufficient-cash', figures: { wanted: '20', leftOut: '20' } },
        { symbol: 'SPY', code, figures: { ageMs: '7' } },
      ]);
    },
  );

  it('at-target: nothing to trade in this symbol, whatever its quote', () => {
    const targets = someTargets({ AGG: '20%', SPY: '60%' });
    const plan = planRebalance(aPortfolio({ AGG: '40', SPY: '60' }), targets, refused({ code: 'quote-stale', figures: {} }), someRules());
    expect(tradesOf(plan)).toEqual(['sell 20 AGG']);
    expect(plan.skipped).toEqual([{ symbol: 'SPY', code: 'at-target', figures: {} }]);
  });

  it('at-target: a position off by what rounding leaves, less than half a part per million', () => {
    // Of 10,000 dollars half a part per million is half a cent: 0.00001 shares are a tenth of a cent.
    const portfolio = aPortfolio({ AGG: '20', SPY: '60.00001' }, { cash: '1999.999' });
    const targets = someTargets({ AGG: '30%', SPY: '60%' });
    const plan = planRebalance(portfolio, targets, HUNDREDS, someRules({ shareUnit: 'fractional' }));
    expect(tradesOf(plan)).toEqual(['buy 10 AGG']);
    expect(plan.skipped).toContainEqual({ symbol: 'SPY', code: 'at-target', figures: {} });
  });

  it('below-one-share: the distance is less than a whole share', () => {
    const plan = planRebalance(aPortfolio({ AGG: '30', SPY: '59' }, { cash: '1050' }), SIXTY_FORTY, HUNDREDS, someRules());
    // Equity 9,950: SPY 59.7 and AGG 39.8 shares.
    expect(tradesOf(plan)).toEqual(['buy 9 AGG']);
    expect(plan.skipped).toEqual([{ symbol: 'SPY', code: 'below-one-share', figures: { drift: '-0.7035%' } }]);
  });

  it('below-minimum-trade: too little to be worth an order, with both amounts', () => {
    const targets = someTargets({ AGG: '20%', SPY: '60%' });
    const rules = someRules({ minimumTrade: usd('150') });
    const plan = planRebalance(aPortfolio({ AGG: '41', SPY: '59' }), targets, HUNDREDS, rules);
    expect(tradesOf(plan)).toEqual(['sell 21 AGG']);
    expect(plan.skipped).toEqual([{ symbol: 'SPY', code: 'below-minimum-trade', figures: { notional: '100.00', minimum: '150.00' } }]);
  });

  it('below-minimum-trade does not hold for exactly the minimum', () => {
    const targets = someTargets({ SPY: '61%' });
    const plan = planRebalance(aPortfolio({ SPY: '60' }, { cash: '4000' }), targets, HUNDREDS, someRules({ minimumTrade: usd('100') }));
    expect(tradesOf(plan)).toEqual(['buy 1 SPY']);
  });

  it('quantity-held: other orders hold the shares; what is free is sold', () => {
    const portfolio = aPortfolio({ AGG: '20', SPY: '80' }, { available: { SPY: '15' } });
    const plan = planRebalance(portfolio, SIXTY_FORTY, HUNDREDS, someRules());
    expect(tradesOf(plan)).toEqual(['sell 15 SPY', 'buy 15 AGG']);
    expect(plan.skipped).toContainEqual({ symbol: 'SPY', code: 'quantity-held', figures: { wanted: '20', available: '15' } });
    const none = planRebalance(aPortfolio({ SPY: '80' }, { available: { SPY: '0' } }), someTargets({}), HUNDREDS, someRules());
    expect(tradesOf(none)).toEqual([]);
    expect(none.skipped).toContainEqual({ symbol: 'SPY', code: 'quantity-held', figures: { wanted: '80', available: '0' } });
  });

  it('quantity-held: what is free is sold in whole shares where only whole shares trade', () => {
    const portfolio = aPortfolio({ AGG: '20', SPY: '80.5' }, { available: { SPY: '3.5' } });
    expect(tradesOf(planRebalance(portfolio, SIXTY_FORTY, HUNDREDS, someRules()))).toEqual(['sell 3 SPY', 'buy 3 AGG']);
    const less = aPortfolio({ AGG: '20', SPY: '80.5' }, { available: { SPY: '0.5' } });
    expect(tradesOf(planRebalance(less, SIXTY_FORTY, HUNDREDS, someRules()))).toEqual([]);
  });

  it('insufficient-cash: every buy is cut alike to the money there is at the worst limit', () => {
    // A collar of 100 bps: 10,000 dollars are 99 shares at 101. 60 and 40 shares want 10,100.
    const plan = planRebalance(aPortfolio({}, { cash: '10000' }), SIXTY_FORTY, HUNDREDS, someRules({ collarBps: 100 }));
    // 40 × 10,000 / 10,100 = 39.6 and 60 × 10,000 / 10,100 = 59.4
    expect(tradesOf(plan)).toEqual(['buy 39 AGG', 'buy 59 SPY']);
    expect(plan.costAtMost).toBe(usd('9898'));
    expect(plan.skipped).toEqual([
      { symbol: 'AGG', code: 'insufficient-cash', figures: { wanted: '40', leftOut: '1' } },
      { symbol: 'SPY', code: 'insufficient-cash', figures: { wanted: '60', leftOut: '1' } },
    ]);
  });

  it('insufficient-cash: proceeds count at the worst limit of the sells', () => {
    const plan = planRebalance(aPortfolio({ AGG: '20', SPY: '80' }), SIXTY_FORTY, HUNDREDS, someRules({ collarBps: 100 }));
    expect(plan.proceedsAtLeast).toBe(usd('1980')); // 20 × 99
    expect(tradesOf(plan)).toEqual(['sell 20 SPY', 'buy 19 AGG']); // 20 × 1,980 / 2,020 = 19.6
    expect(plan.costAtMost).toBe(usd('1919'));
  });

  it('turnover-cap: every trade is cut alike to the cap', () => {
    // Selling 20 and buying 20 is a one-way turnover of 20 %; the cap of 10 % halves it.
    const plan = planRebalance(aPortfolio({ AGG: '20', SPY: '80' }), SIXTY_FORTY, HUNDREDS, someRules({ turnoverMax: percent('10%') }));
    expect(tradesOf(plan)).toEqual(['sell 10 SPY', 'buy 10 AGG']);
    expect(plan.skipped).toEqual([
      { symbol: 'AGG', code: 'turnover-cap', figures: { wanted: '20', leftOut: '10' } },
      { symbol: 'SPY', code: 'turnover-cap', figures: { wanted: '20', leftOut: '10' } },
    ]);
  });

  it('turnover-cap: a trade that the cap makes too small is left out whole', () => {
    const rules = someRules({ turnoverMax: percent('10%'), minimumTrade: usd('1500') });
    const plan = planRebalance(aPortfolio({ AGG: '20', SPY: '80' }), SIXTY_FORTY, HUNDREDS, rules);
    expect(tradesOf(plan)).toEqual([]);
    expect(plan.skipped).toContainEqual({ symbol: 'SPY', code: 'turnover-cap', figures: { wanted: '20', leftOut: '20' } });
  });

  it('turnover-cap does not hold for the first funding', () => {
    const plan = planRebalance(aPortfolio({}, { cash: '10000' }), SIXTY_FORTY, HUNDREDS, someRules({ turnoverMax: percent('1%') }));
    expect(tradesOf(plan)).toEqual(['buy 40 AGG', 'buy 60 SPY']);
  });

  it('not-in-portfolio: a position that no sleeve names is left alone and not counted', () => {
    const plan = planRebalance(aPortfolio({ AGG: '40', SPY: '60', TSLA: '7.5' }), SIXTY_FORTY, HUNDREDS, someRules());
    expect(plan.equity).toBe(usd('10000'));
    expect(plan.lines.map(({ symbol }) => symbol)).toEqual(['AGG', 'SPY', 'cash']);
    expect(plan.trades).toEqual([]);
    expect(plan.skipped).toContainEqual({ symbol: 'TSLA', code: 'not-in-portfolio', figures: { quantity: '7.5' } });
  });
});

describe('whole and fractional shares', () => {
  it('buys down to the nano-share where shares are fractional', () => {
    const plan = planRebalance(
      aPortfolio({}, { cash: '100' }),
      someTargets({ SPY: '100%' }),
      somePrices({ SPY: '300' }),
      someRules({ shareUnit: 'fractional' }),
    );
    expect(tradesOf(plan)).toEqual(['buy 0.333333333 SPY']);
    expect(plan.costAtMost).toBe(usd('100'));
  });

  it('trades whole shares around a fraction that it cannot trade', () => {
    // 60.4 held, 40 wanted of 100.4: 20 whole shares are sold, the fraction stays.
    const plan = planRebalance(aPortfolio({ SPY: '60.4' }, { cash: '4000' }), someTargets({ SPY: '40%' }), HUNDREDS, someRules());
    expect(tradesOf(plan)).toEqual(['sell 20 SPY']);
  });

  it('sells a position that leaves the targets to the last fraction, however small', () => {
    const rules = someRules({ minimumTrade: usd('100') });
    const plan = planRebalance(aPortfolio({ AGG: '0.123456789', SPY: '10' }), someTargets({ SPY: '100%' }), HUNDREDS, rules);
    expect(tradesOf(plan)).toEqual(['sell 0.123456789 AGG']);
    const dust = planRebalance(aPortfolio({ AGG: '0.000000001' }, { cash: '10000' }), someTargets({ SPY: '100%' }), HUNDREDS, rules);
    expect(tradesOf(dust)).toEqual(['sell 0.000000001 AGG', 'buy 100 SPY']);
  });

  it('buys back a short position', () => {
    const plan = planRebalance(aPortfolio({ SPY: '-5' }, { cash: '1500' }), someTargets({}), HUNDREDS, someRules());
    expect(plan.equity).toBe(usd('1000'));
    expect(tradesOf(plan)).toEqual(['buy 5 SPY']);
  });

  it('pays back negative cash before it buys anything', () => {
    // 100 SPY less 2,000 dollars of debt: 8,000, of which SPY is to be 48 and AGG 32 shares.
    const plan = planRebalance(aPortfolio({ SPY: '100' }, { cash: '-2000' }), SIXTY_FORTY, HUNDREDS, someRules());
    expect(tradesOf(plan)).toEqual(['sell 52 SPY', 'buy 32 AGG']);
    expect(formatUsd(plan.cashBefore + plan.proceedsAtLeast - plan.costAtMost)).toBe('0.00');
  });
});
