// Walking variants forward: choices that know nothing of what comes, tests put together as if by hand, on any number of workers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { USUAL_OPTIONS } from '../../../research/backtest/backtest-options.ts';
import { type PriceTable, priceTable, tableOf } from '../../../research/backtest/price-table.ts';
import { runVariant } from '../../../research/sweep/run-variant.ts';
import { variantsOf } from '../../../research/sweep/vary.ts';
import { seededChance } from '../../../research/validation/statistics/chance.ts';
import { sharpeOf } from '../../../research/validation/statistics/return-shape.ts';
import { bayesianSearch } from '../../../research/validation/walk-forward/bayesian-search.ts';
import {
  gridSearch,
  type ParameterSpace,
  randomSearch,
  type Search,
  successiveHalving,
} from '../../../research/validation/walk-forward/search.ts';
import { placeOf, type Walk, walkVariants } from '../../../research/walk-forward/walk-variants.ts';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import { centMarket } from '../full/cent-market.ts';

const PRICES = priceTable(centMarket('2023-01-03', '2024-12-31'), 'equities');
const TEXT =
  'strategy: Rotation\nrebalance: { every: month }\ntree: { filter: { top: 1, by: { cumulative-return: 20 }, of: [VTI, TLT, GLD, IWN] } }\n';
const VARIES = [
  { path: 'tree.filter.top', values: ['1', '2'] },
  { path: 'tree.filter.by.cumulative-return', values: ['5', '10', '30'] },
];
const FIRST_DAY = 40;
/** Half a spread of ten basis points alone, so that a change of choice costs what can be reckoned by hand. */
const OPTIONS = {
  ...USUAL_OPTIONS,
  weights: 'exact' as const,
  costs: { ...USUAL_OPTIONS.costs, halfSpreadBps: 10, impact: 0, fees: 'none' as const },
};
const RULE = { kind: 'rolling', trainingBars: 120, testBars: 60, purgeBars: 30, embargoBars: 2 } as const;

const SEARCHES: Readonly<Record<string, (space: ParameterSpace) => Search>> = {
  grid: gridSearch,
  random: (space) => (score) => randomSearch(space, { count: 4, chance: seededChance(7) })(score),
  halving: (space) => (score) => successiveHalving(space, { count: 5, keep: 0.5, chance: seededChance(7) })(score),
  bayesian: (space) => (score) => bayesianSearch(space, { count: 5, chance: seededChance(7) })(score),
};

function variants(text = TEXT, varies = VARIES) {
  const made = variantsOf(text, varies);
  if (made.kind === 'refused') throw new Error(JSON.stringify(made.flaws));
  return made;
}

function walkOf(prices: PriceTable, more: Partial<Walk> = {}): Walk {
  return {
    ...{
      kind: 'strategy',
      prices,
      options: OPTIONS,
      varies: VARIES,
      variant: variants().variant,
      workers: 1,
      rule: RULE,
      metric: 'sharpe',
    },
    ...{ firstDay: FIRST_DAY, lastDay: prices.dates.length - 1, search: gridSearch, onRow: () => undefined, isStopped: () => false },
    ...more,
  };
}

/** All prices after a day, times something for each symbol. */
function changedAfter(day: number, factors: readonly number[]): PriceTable {
  const date = PRICES.dates[day] as string;
  return tableOf(
    PRICES.columns.map((column, place) => {
      const changed = (values: Float64Array): Float64Array =>
        values.map((value, bar) =>
          (column.dates[bar] as string) > date ? value * (factors[(place + bar) % factors.length] as number) : value,
        );
      const { symbol, dates, closes, adjusted, opens, volumes } = column;
      return {
        ...{ symbol, dates, closes: changed(closes), adjusted: changed(adjusted) },
        ...(opens === undefined ? {} : { opens: changed(opens) }),
        ...(volumes === undefined ? {} : { volumes }),
      };
    }),
    'equities',
  );
}

describe('walking variants forward', { timeout: 120_000 }, () => {
  it('comes to what folds come to that are made by hand', async () => {
    const walked = await walkVariants(walkOf(PRICES));
    const { variant, count } = variants();
    const bars = PRICES.dates.slice(FIRST_DAY + 1);
    // A backtest of each variant for each fold, on prices that end with it.
    const excessUntil = (place: number, last: NewYorkDate): Float64Array => {
      const cut = { ...OPTIONS, from: PRICES.dates[FIRST_DAY] as NewYorkDate, to: last };
      return runVariant('strategy', variant(place), PRICES, cut).excess;
    };
    const chosen: number[] = [];
    const stitched: number[] = [];
    for (let from = 152; from < bars.length; from += 60) {
      const to = Math.min(bars.length, from + 60);
      const sharpes = Array.from({ length: count }, (_, place) =>
        sharpeOf(excessUntil(place, bars[from - 33] as NewYorkDate).slice(from - 152, from - 32)),
      );
      const best = sharpes.indexOf(Math.max(...sharpes));
      chosen.push(best);
      stitched.push(...excessUntil(best, bars[to - 1] as NewYorkDate).slice(from, to));
    }
    expect(walked.folds.map((fold) => placeOf(VARIES, fold.chosen ?? {}))).toEqual(chosen);
    expect(new Set(chosen).size).toBeGreaterThan(1);
    expect(walked.dates).toEqual(bars.slice(152));
    // But for the first bar after a change of choice, and that of the first test, which buys from cash.
    let paid = 0;
    walked.folds.forEach(({ switched, fold }, place) => {
      const bar = fold.test.from - 152;
      const isChanged = place === 0 || chosen[place] !== chosen[place - 1];
      if (!isChanged) expect(switched).toEqual({ turnover: 0, cost: 0 });
      else if (place === 0) expect(switched.turnover).toBeCloseTo(0.5, 9);
      expect(switched.cost).toBeCloseTo(2 * switched.turnover * 0.001, 12);
      expect(walked.excess[bar]).toBeCloseTo((1 - switched.cost) * (1 + (stitched[bar] as number)) - 1, 12);
      stitched[bar] = walked.excess[bar] as number;
      paid += switched.cost;
    });
    expect(paid).toBeGreaterThan(0.001);
    expect([...walked.excess]).toEqual(stitched);
    expect([...walked.returns]).toEqual(stitched);
    expect(PRICES.dates[FIRST_DAY + 152]).toBe(walked.start);
  });

  it.each(Object.keys(SEARCHES))('is the same on one worker and on three, whichever variants a search asks for: %s', async (name) => {
    const search = SEARCHES[name] as (space: ParameterSpace) => Search;
    const one = await walkVariants(walkOf(PRICES, { search }));
    const three = await walkVariants(walkOf(PRICES, { search, workers: 3 }));
    expect(three).toEqual(one);
    expect(one.folds.length).toBeGreaterThan(4);
  });

  it('chooses the same whatever comes after a training, and has earned the same before it', async () => {
    const known = await walkVariants(walkOf(PRICES));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: known.folds.length - 1 }),
        fc.constantFrom(...Object.keys(SEARCHES)),
        fc.array(fc.double({ min: 0.5, max: 2, noNaN: true }), { minLength: 3, maxLength: 7 }),
        async (place, name, factors) => {
          const search = SEARCHES[name] as (space: ParameterSpace) => Search;
          const before = name === 'grid' ? known : await walkVariants(walkOf(PRICES, { search }));
          const { fold } = before.folds[place] as (typeof known.folds)[number];
          const lastTrained = fold.training.to;
          // Bar b lies on day FIRST_DAY + 1 + b.
          const after = await walkVariants(walkOf(changedAfter(FIRST_DAY + lastTrained, factors), { search }));
          for (let each = 0; each <= place; each += 1) {
            expect(after.folds[each]?.chosen).toEqual(before.folds[each]?.chosen);
            expect(after.folds[each]?.inSample).toEqual(before.folds[each]?.inSample);
          }
          const same = Math.max(0, lastTrained - 152);
          expect([...after.excess.subarray(0, same)]).toEqual([...before.excess.subarray(0, same)]);
          // It was another market.
          expect([...after.excess]).not.toEqual([...before.excess]);
        },
      ),
      { numRuns: 4 },
    );
  });

  it('passes over a variant that cannot be, and spends tests in cash where none can', async () => {
    const varies = [{ path: 'tree.filter.top', values: ['0', '1'] }];
    const { variant } = variants(TEXT, varies);
    const some = await walkVariants(walkOf(PRICES, { varies, variant }));
    expect(some.folds.every(({ chosen }) => chosen?.['tree.filter.top'] === '1')).toBe(true);
    expect(some.rows.map(({ outcome }) => outcome.kind)).toEqual(['refused', 'result']);
    expect([...some.throughout.keys()]).toEqual([1]);

    const bad = [{ path: 'tree.filter.top', values: ['0'] }];
    const none = await walkVariants(walkOf(PRICES, { varies: bad, variant: variants(TEXT, bad).variant }));
    expect(none.folds.every(({ chosen }) => chosen === undefined)).toBe(true);
    expect(new Set(none.returns)).toEqual(new Set([0]));
  });

  it('refuses bars that make no fold', async () => {
    await expect(walkVariants(walkOf(PRICES, { lastDay: FIRST_DAY + 100 }))).rejects.toThrow(RangeError);
  });
});
