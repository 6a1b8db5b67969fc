import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CashSettlement } from '../../../../shared/core/portfolio/cash-settlement.ts';
import { settlementRuleOf } from '../../../../shared/core/portfolio/cash-settlement.ts';
import { planRebalance } from '../../../../shared/core/rebalance/plan-rebalance.ts';
import { reviewPlan } from '../../../../shared/core/risk/review-plan.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { larger } from '../../../../shared/core/values/rounding.ts';
import { shares } from '../../../../shared/core/values/shares.ts';
import { percent, WHOLE } from '../../../../shared/core/values/weight.ts';
import { anyCase } from '../../../arbitraries/rebalance.ts';
import { anAccount, aPortfolio, somePrices, someRules, someTargets } from '../../../builders/portfolio.ts';

const PRICES = somePrices({ SPY: '100', TLT: '100' });
/** 80 SPY and 2,000 dollars: 20 SPY are to be sold and 40 TLT bought. */
const PORTFOLIO = aPortfolio({ SPY: '80' }, { cash: '2000' });
const TARGETS = someTargets({ SPY: '60%', TLT: '40%' });

function aSettlement(stated: Partial<CashSettlement> = {}): CashSettlement {
  return { rule: 'settled-only', settledCash: usd('2000'), unsettledCash: 0n, locked: [], ...stated };
}

function planned(settlement: CashSettlement) {
  return planRebalance({ ...PORTFOLIO, settlement }, TARGETS, PRICES, someRules());
}

describe('an account that spends settled cash only', () => {
  it('does not buy with what its sells bring: those buys wait', () => {
    const plan = planned(aSettlement());
    expect(plan.trades).toMatchObject([
      { symbol: 'SPY', side: 'sell', quantity: shares('20') },
      { symbol: 'TLT', side: 'buy', quantity: shares('20') },
    ]);
    expect(plan.skipped).toEqual([
      { symbol: 'TLT', code: 'unsettled-cash', figures: { wanted: '40', leftOut: '20', settled: '2000.00', unsettled: '0.00' } },
    ]);
    expect(plan.settled).toEqual({ cash: usd('2000'), unsettled: 0n });
  });

  it('does not buy with the proceeds of yesterday either, and still sells', () => {
    const plan = planned(aSettlement({ settledCash: usd('-500'), unsettledCash: usd('2500') }));
    expect(plan.trades.map(({ side }) => side)).toEqual(['sell']);
    expect(plan.skipped).toMatchObject([{ symbol: 'TLT', code: 'unsettled-cash', figures: { settled: '-500.00', unsettled: '2500.00' } }]);
    const limits = { orderNotionalMax: usd('100000'), ordersMax: 9, positionMax: WHOLE, shortMax: 0n, turnoverMax: WHOLE };
    expect(reviewPlan(plan, anAccount({ cash: usd('2000') }), limits)).toEqual({ kind: 'approved' });
    // A plan that buys all the same does not pass.
    expect(reviewPlan({ ...plan, costAtMost: 1n }, anAccount({ cash: usd('2000') }), limits)).toMatchObject({ code: 'buying-power' });
  });

  it('says insufficient-cash where it is not the settlement that holds back', () => {
    const poor = { ...PORTFOLIO, account: anAccount({ cash: usd('2000') }), settlement: aSettlement() };
    const plan = planRebalance(poor, someTargets({ SPY: '80%', TLT: '20%' }), PRICES, someRules({ collarBps: 100 }));
    // 20 TLT at 101 dollars are beyond 2,000 whichever way it is counted.
    expect(plan.skipped).toMatchObject([
      { symbol: 'SPY', code: 'at-target' },
      { symbol: 'TLT', code: 'insufficient-cash' },
    ]);
  });
});

describe('shares bought with proceeds under way', () => {
  it('are not sold, and the plan says why', () => {
    const plan = planned(aSettlement({ rule: 'allow-unsettled', locked: [{ symbol: 'SPY', quantity: shares('70') }] }));
    expect(plan.trades).toMatchObject([{ symbol: 'SPY', side: 'sell', quantity: shares('10') }, { symbol: 'TLT' }]);
    expect(plan.skipped).toMatchObject([
      { symbol: 'SPY', code: 'unsettled-purchase', figures: { wanted: '20', available: '10', locked: '70' } },
      { symbol: 'TLT', code: 'insufficient-cash' },
    ]);
    expect(plan).not.toHaveProperty('settled');
  });
});

describe('the rule of an account', () => {
  it.each([
    [undefined, 1, 'settled-only'],
    [undefined, undefined, 'settled-only'],
    [undefined, 2, 'broker'],
    [undefined, 4, 'broker'],
    ['allow-unsettled', 4, 'allow-unsettled'],
    ['broker', 1, 'broker'],
  ] as const)('where the file says %s and the multiplier is %s is %s', (stated, multiplier, rule) => {
    expect(settlementRuleOf(stated, multiplier === undefined ? {} : { multiplier })).toBe(rule);
  });
});

describe('every plan of such an account', () => {
  const anySettlement = fc.record({
    rule: fc.constantFrom<CashSettlement['rule']>('settled-only', 'allow-unsettled'),
    unsettledPart: fc.bigInt({ min: 0n, max: 150n }),
    lockedParts: fc.array(fc.bigInt({ min: 0n, max: 120n }), { minLength: 8, maxLength: 8 }),
  });

  it('buys for no more than is settled, and leaves at least what is locked', () => {
    fc.assert(
      fc.property(anyCase, anySettlement, ({ portfolio, targets, prices, rules }, { rule, unsettledPart, lockedParts }) => {
        const { cash } = portfolio.account;
        const unsettledCash = (larger(cash, 0n) * unsettledPart) / 100n;
        const locked = portfolio.positions.map(({ symbol, quantity }, place) => ({
          symbol,
          quantity: (quantity * (lockedParts[place] ?? 0n)) / 100n,
        }));
        const settlement: CashSettlement = { rule, settledCash: cash - unsettledCash, unsettledCash, locked };
        const plan = planRebalance({ ...portfolio, settlement }, targets, prices, rules);
        if (rule === 'settled-only') expect(plan.costAtMost <= larger(settlement.settledCash, 0n)).toBe(true);
        for (const { symbol, side, quantity } of plan.trades) {
          if (side === 'buy') continue;
          const held = portfolio.positions.find((position) => position.symbol === symbol)?.quantity ?? 0n;
          const kept = locked.find((each) => each.symbol === symbol)?.quantity ?? 0n;
          expect(held - quantity >= larger(0n, kept < held ? kept : held)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('a deposit', () => {
  const rules = someRules({ band: { absolute: percent('5%') }, investsDeposits: true });
  const held = { SPY: '62', TLT: '38' };

  it('buys what is below its target and sells nothing, also what only the deposit has put outside its band', () => {
    // 10,000 held and 1,000 new: cash is 9.1 % over its target, TLT 5.5 % under. Targets of 6,600 and 4,400 lack 400 and 600.
    const plan = planRebalance(aPortfolio(held, { cash: '1000' }), TARGETS, PRICES, rules);
    expect(plan.trades).toMatchObject([
      { symbol: 'SPY', side: 'buy', quantity: shares('4') },
      { symbol: 'TLT', side: 'buy', quantity: shares('6') },
    ]);
    expect(plan.deposit).toBe(usd('1000'));
  });

  it('is bought with inside the band too, though the rest of the cash is not', () => {
    // 300 in cash are 2.9 %, of which 200 came in. SPY is over its target of 6,180, TLT lacks 320 of 4,120.
    const portfolio = { ...aPortfolio(held, { cash: '300' }), uninvested: usd('200') };
    const plan = planRebalance(portfolio, TARGETS, PRICES, rules);
    expect(plan.trades).toMatchObject([{ symbol: 'TLT', side: 'buy', quantity: shares('2') }]);
    expect(plan.skipped).toEqual([
      { symbol: 'SPY', code: 'inside-band', figures: { drift: '0.1942%' } },
      { symbol: 'TLT', code: 'beyond-deposit', figures: { wanted: '3', leftOut: '1' } },
    ]);
    expect(plan).toMatchObject({ isTriggered: false, deposit: usd('200') });
    expect(planRebalance(aPortfolio(held, { cash: '300' }), TARGETS, PRICES, rules).trades).toEqual([]);
  });

  it('does not put off a rebalance that it is too small to spare', () => {
    // SPY is 65.3 %: nothing but a sale brings it inside.
    const off = aPortfolio({ SPY: '66', TLT: '34' }, { cash: '100' });
    const plan = planRebalance({ ...off, uninvested: usd('100') }, TARGETS, PRICES, rules);
    expect(plan.trades.map(({ side }) => side)).toEqual(['sell', 'buy']);
    expect(plan).not.toHaveProperty('deposit');
    // GLD is 16.8 % of its 25 %, and with 100 dollars more 17.8 %: still outside.
    const three = aPortfolio({ GLD: '17', SPY: '54', TLT: '29' }, { cash: '100' });
    const targets = someTargets({ GLD: '25%', SPY: '50%', TLT: '25%' });
    const prices = somePrices({ GLD: '100', SPY: '100', TLT: '100' });
    const other = planRebalance({ ...three, uninvested: usd('100') }, targets, prices, rules);
    expect(other.trades.map(({ side }) => side)).toEqual(['sell', 'sell', 'buy']);
  });

  it('buys a share of what lacks most where it does not reach for one of each', () => {
    // Half of 100 dollars for each would buy nothing. SPY lacks 680 dollars, TLT 390 and 60 cents.
    const portfolio = { ...aPortfolio({ SPY: '55', TLT: '37' }, { cash: '976' }), uninvested: usd('150') };
    const plan = planRebalance(portfolio, someTargets({ SPY: '60%', TLT: '40%' }), PRICES, {
      ...rules,
      band: { absolute: percent('10%') },
    });
    expect(plan.trades).toMatchObject([{ symbol: 'SPY', side: 'buy', quantity: shares('1') }]);
  });

  it('is not spread below the minimum trade', () => {
    const portfolio = { ...aPortfolio({ SPY: '55', TLT: '37' }, { cash: '976' }), uninvested: usd('150') };
    const fractional = { ...rules, band: { absolute: percent('10%') }, shareUnit: 'fractional' as const, minimumTrade: usd('60') };
    const plan = planRebalance(portfolio, someTargets({ SPY: '60%', TLT: '40%' }), PRICES, fractional);
    // In proportion SPY gets 95 of 150 dollars and TLT 54: too little, so SPY gets it all, but for the rounding.
    expect(plan.trades.map(({ symbol }) => symbol)).toEqual(['SPY']);
    expect(usd('150') - plan.costAtMost).toBeLessThan(10n);
    expect(usd('150') - plan.costAtMost).toBeGreaterThanOrEqual(0n);
  });

  it('never touches the reserve', () => {
    const portfolio = { ...aPortfolio(held, { cash: '300' }), uninvested: usd('200') };
    expect(planRebalance(portfolio, someTargets({ SPY: '59%', TLT: '38%' }), PRICES, rules)).not.toHaveProperty('deposit');
  });

  it('waits for a rebalance where the file says so, and is part of one where a symbol is outside its band', () => {
    const { investsDeposits: _, ...waits } = rules;
    expect(planRebalance({ ...aPortfolio(held, { cash: '300' }), uninvested: usd('200') }, TARGETS, PRICES, waits).trades).toEqual([]);
    const off = planRebalance(
      { ...aPortfolio({ SPY: '80', TLT: '20' }, { cash: '1000' }), uninvested: usd('1000') },
      TARGETS,
      PRICES,
      rules,
    );
    expect(off.trades.map(({ side }) => side)).toEqual(['sell', 'buy']);
    expect(off).not.toHaveProperty('deposit');
  });

  it('makes no weight worse, sells nothing and costs no more than it is', () => {
    let invested = 0;
    fc.assert(
      fc.property(
        anyCase,
        fc.bigInt({ min: 1n, max: usd('100000') }),
        ({ portfolio: before, targets, prices, rules: each }, uninvested) => {
          const wide = { ...each, band: { absolute: WHOLE }, investsDeposits: true as const };
          const portfolio = { ...before, account: anAccount({ cash: before.account.cash + 2n * uninvested }), uninvested };
          const plan = planRebalance(portfolio, targets, prices, wide);
          if (plan.deposit === undefined) return;
          invested += plan.trades.length;
          expect(plan.costAtMost <= plan.deposit).toBe(true);
          const cash = plan.lines.at(-1);
          const spent = plan.trades.reduce((sum, { notional }) => sum + notional, 0n);
          expect((cash?.value ?? 0n) - spent >= (plan.equity * (cash?.target ?? 0n)) / WHOLE).toBe(true);
          for (const { symbol, side, notional } of plan.trades) {
            const line = plan.lines.find((every) => every.symbol === symbol);
            expect(side).toBe('buy');
            expect((line?.drift ?? 0n) < 0n).toBe(true);
            // A micro-dollar for the rounding of the notional.
            expect((line?.value ?? 0n) + notional <= (plan.equity * (line?.target ?? 0n)) / WHOLE + 1n).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(invested).toBeGreaterThan(15);
  });
});
