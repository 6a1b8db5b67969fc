// Any portfolio to be planned: whole and fractional positions, cash below zero, symbols that may not be traded, and
// shares held back by other orders.
import fc from 'fast-check';
import type { Portfolio, Position } from '../../shared/core/portfolio/portfolio.ts';
import type { RebalanceRules } from '../../shared/core/rebalance/rules.ts';
import type { SymbolPrice } from '../../shared/core/rebalance/wanted-trades.ts';
import type { TargetWeights } from '../../shared/core/strategy/weights.ts';
import { usd } from '../../shared/core/values/money.ts';
import { NANOS_PER_SHARE, type NanoShares, notional, truncateShares } from '../../shared/core/values/shares.ts';
import { percent, WHOLE } from '../../shared/core/values/weight.ts';
import { anAccount } from '../builders/portfolio.ts';
import { anyLongShortTargets, anyTargets, SYMBOLS } from './strategy.ts';
import { withOptional } from './values.ts';

export interface PlanCase {
  readonly portfolio: Portfolio;
  readonly targets: TargetWeights;
  readonly prices: readonly SymbolPrice[];
  readonly rules: RebalanceRules;
}

const cents = (min: number, max: number) => fc.integer({ min, max }).map((count) => BigInt(count) * 10_000n);

const anyHolding: fc.Arbitrary<NanoShares> = fc.oneof(
  fc.constant(0n),
  fc.bigInt({ min: 1n, max: 1_000n }).map((count) => count * NANOS_PER_SHARE),
  fc.bigInt({ min: 1n, max: 1_000n * NANOS_PER_SHARE }),
);

const anyRefusal: fc.Arbitrary<NonNullable<SymbolPrice['refusal']>> = fc.constantFrom(
  { code: 'quote-stale', figures: { ageMs: '60000' } } as const,
  { code: 'not-tradable', figures: {} } as const,
);

/** Equity is above zero; nothing is refused or held back. */
export const freeCase: fc.Arbitrary<PlanCase> = fc
  .record({
    holdings: fc.array(anyHolding, { minLength: SYMBOLS.length, maxLength: SYMBOLS.length }),
    values: fc.array(cents(1, 100_000), { minLength: SYMBOLS.length, maxLength: SYMBOLS.length }),
    cash: fc.oneof(cents(0, 100_000_000), cents(-1_000_000, -1), fc.bigInt({ min: 0n, max: usd('5000') })),
    targets: anyTargets,
    rules: fc.record({
      band: withOptional(
        {},
        { absolute: fc.bigInt({ min: 0n, max: percent('10%') }), relative: fc.bigInt({ min: 0n, max: percent('50%') }) },
      ),
      isForced: fc.boolean(),
      minimumTrade: fc.constantFrom(0n, usd('1'), usd('25')),
      shareUnit: fc.constantFrom('whole', 'fractional'),
      turnoverMax: fc.constantFrom(percent('1%'), percent('20%'), WHOLE),
      collarBps: fc.integer({ min: 0, max: 500 }),
    }),
  })
  .map(({ holdings, values, cash, targets, rules }): PlanCase => {
    const prices = SYMBOLS.map((symbol, place) => ({ symbol, value: values[place] ?? 1n }));
    const positions = SYMBOLS.map((symbol, place): Position => {
      const quantity = holdings[place] ?? 0n;
      return { symbol, quantity, available: quantity };
    });
    const portfolio = { account: anAccount({ cash }), positions: positions.filter(({ quantity }) => quantity > 0n) };
    return { portfolio, targets, prices, rules };
  })
  .filter(({ portfolio, prices }) => equityOf(portfolio, prices) > usd('100'));

/** Some symbols may not be traded, some shares not be sold, and some positions belong to nobody here. */
export const anyCase: fc.Arbitrary<PlanCase> = fc
  .tuple(
    freeCase,
    fc.array(fc.option(anyRefusal, { freq: 4, nil: undefined }), { minLength: SYMBOLS.length, maxLength: SYMBOLS.length }),
    fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(100n) }, { weight: 1, arbitrary: fc.bigInt({ min: 0n, max: 100n }) }), {
      minLength: SYMBOLS.length,
      maxLength: SYMBOLS.length,
    }),
    fc.option(
      anyHolding.filter((quantity) => quantity > 0n),
      { nil: undefined },
    ),
  )
  .map(([{ portfolio, targets, prices, rules }, refusals, freePercents, stray]) => {
    const positions = portfolio.positions.map(({ symbol, quantity }, place) => ({
      symbol,
      quantity,
      available: (quantity * (freePercents[place] ?? 100n)) / 100n,
    }));
    const strays = stray === undefined ? [] : [{ symbol: 'ZZZ', quantity: stray, available: stray }];
    return {
      portfolio: { ...portfolio, positions: [...positions, ...strays] },
      targets,
      prices: prices.map((price, place) => {
        const refusal = refusals[place];
        return refusal === undefined ? price : { ...price, refusal };
      }),
      rules,
    };
  });

function equityOf({ account, positions }: Portfolio, prices: readonly SymbolPrice[]): bigint {
  return prices.reduce((sum, { symbol, value }) => {
    return sum + notional(value, positions.find((each) => each.symbol === symbol)?.quantity ?? 0n, 'half-even');
  }, account.cash);
}

/** Long and short positions, and targets of both sides, whatever the account came to since its last run. */
export const longShortCase: fc.Arbitrary<PlanCase> = fc
  .tuple(freeCase, anyLongShortTargets, fc.array(fc.boolean(), { minLength: SYMBOLS.length, maxLength: SYMBOLS.length }))
  .map(([each, targets, areShort]): PlanCase => {
    const positions = each.portfolio.positions.flatMap(({ symbol, quantity }, place): Position[] => {
      if (areShort[place] !== true) return [{ symbol, quantity, available: quantity }];
      const whole = truncateShares(quantity, 'whole');
      return whole === 0n ? [] : [{ symbol, quantity: -whole, available: 0n }];
    });
    const proceeds = positions.reduce((sum, { symbol, quantity }) => {
      const price = each.prices.find((priced) => priced.symbol === symbol)?.value ?? 0n;
      return quantity < 0n ? sum - notional(price, quantity, 'half-even') : sum;
    }, 0n);
    const cash = each.portfolio.account.cash + proceeds * 2n;
    return { ...each, targets, portfolio: { account: anAccount({ cash }), positions } };
  })
  .filter(({ portfolio, prices }) => equityOf(portfolio, prices) > usd('100'));
