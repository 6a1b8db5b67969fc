// What a family says of the one that was chosen from it, on columns made up.
import { describe, expect, it } from 'vitest';
import type { LivedFamily } from '../../../../research/validation/report/live-family.ts';
import { validateFamily } from '../../../../research/validation/report/validate-family.ts';
import { seededChance } from '../../../../research/validation/statistics/chance.ts';
import { expectedMaximum } from '../../../../research/validation/statistics/deflated-sharpe.ts';
import { addDays, type NewYorkDate } from '../../../../shared/core/values/time.ts';
import { normalReturns } from '../statistics/made-up-returns.ts';

const START: NewYorkDate = '2015-01-01';
const rules = { seed: 1, samples: 300 };

function familyOf(columns: readonly Float64Array[], refused = 0): LivedFamily {
  const bars = columns[0]?.length ?? 0;
  return {
    start: START,
    dates: Array.from({ length: bars }, (_, bar) => addDays(START, bar + 1)),
    riskFree: new Float64Array(bars),
    lived: columns.map((returns, place) => ({ values: { top: String(place + 1) }, returns })),
    refused: Array.from({ length: refused }, (_, place) => ({ values: { top: `-${place + 1}` }, detail: 'no' })),
  };
}

const varied = (count: number, own: number) => [
  { path: 'top', values: Array.from({ length: count }, (_, at) => String(at + 1)), own: String(own) },
];

/** Mean and one percent either side in turn: of n bars a Sharpe ratio of mean / 0.01 · √((n − 1) / n) a bar. */
const swinging = (mean: number, bars = 400) => Float64Array.from({ length: bars }, (_, bar) => mean + (bar % 2 === 0 ? 0.01 : -0.01));
const validated = (
  columns: readonly Float64Array[],
  own: number,
  benchmark?: Float64Array,
  refused = 0,
  counted?: { readonly variants: number; readonly variance: number | null },
) =>
  validateFamily(
    varied(columns.length, own),
    familyOf(columns, refused),
    { excess: columns[own - 1] as Float64Array, benchmark, counted },
    rules,
  );
const annual = (mean: number) => (mean / 0.01) * Math.sqrt(399 / 400) * Math.sqrt(365.25);

describe('a family of variants', () => {
  it('says what stands one step to either side of the own value', () => {
    const { neighbours, neighbourMean, members } = validated(
      [0.0001, 0.0002, 0.0004].map((mean) => swinging(mean)),
      2,
    );
    const [found] = neighbours;
    expect([found?.below?.value, found?.own, found?.above?.value]).toEqual(['1', '2', '3']);
    expect(found?.below?.sharpe).toBeCloseTo(annual(0.0001), 9);
    expect(found?.above?.sharpe).toBeCloseTo(annual(0.0004), 9);
    expect(neighbourMean).toBeCloseTo(annual(0.00025), 9);
    expect(members.map(({ isOwn }) => isOwn)).toEqual([false, true, false]);
    expect(validated([swinging(0.0001), swinging(0.0002)], 1).neighbours[0]).toMatchObject({ below: null, above: { value: '2' } });
    expect(validated([swinging(0.0001)], 1)).toMatchObject({ neighbourMean: null, overfitting: null, deflatedSharpe: expect.any(Number) });
  });

  it('calls a sharp peak what is more than two deviations above the mean of all, where so few can be', () => {
    // Of five alike and one above them, that one is √5 deviations above the mean; of four alike and one, 2.
    const peak = (count: number) => [...Array.from({ length: count - 1 }, () => swinging(0.0001)), swinging(0.001)];
    expect(validated(peak(6), 6).peak).toMatchObject({ values: { top: '6' }, isSharp: true });
    expect(validated(peak(5), 5).peak).toMatchObject({ values: { top: '5' }, isSharp: null });
    const even = Array.from({ length: 6 }, (_, at) => swinging(at / 10_000));
    expect(validated(even, 6).peak?.isSharp).toBe(false);
  });

  it('counts the refused ones too: the best of more worthless variants shows more', () => {
    const columns = [0, 0.0002].map((mean) => swinging(mean));
    const { variants, luckySharpe } = validated(columns, 2, undefined, 8);
    expect(variants).toBe(10);
    // Two Sharpe ratios have a deviation of their distance / √2.
    expect(luckySharpe).toBeCloseTo((annual(0.0002) / Math.SQRT2) * expectedMaximum(10), 9);
    expect(luckySharpe ?? 0).toBeGreaterThan(validated(columns, 2).luckySharpe ?? 0);
  });

  it('says up to how many years the best of so many worthless ones is expected to show its own Sharpe ratio', () => {
    const columns = [0, 0.0002].map((mean) => swinging(mean));
    const years = (expectedMaximum(10) / annual(0.0002)) ** 2;
    expect(validated(columns, 2, undefined, 8).minimumBacktestYears).toBeCloseTo(years, 9);
    // A record that shows nothing is shown by luck in any number of years.
    expect(validated([swinging(-0.0001), swinging(0)], 1).minimumBacktestYears).toBeNull();
  });

  it('says what the best of one half was worth in the other, a year', () => {
    // Eight blocks in which the first earns 0.2 % a bar, and eight in which it earns 0.05 %; the second always loses.
    const halves = Array.from({ length: 16 }, (_, block) => swinging(block < 8 ? 0.002 : 0.0005, 26));
    const first = Float64Array.from(halves.flatMap((block) => [...block]));
    const { overfitting } = validated([first, swinging(-0.001, 416)], 1);
    // It wins every half. What the whole earned is in one half or the other, so more in one is less in the other.
    expect(overfitting).toMatchObject({ probability: 0, lossProbability: 0 });
    expect(overfitting?.degradation?.slope).toBeLessThan(-0.9);
    const middle = (overfitting?.degradation?.intercept ?? 0) / (1 - (overfitting?.degradation?.slope ?? 0));
    // The line crosses the diagonal where both halves are alike: at the Sharpe ratio of the whole.
    expect(middle / annual(0.00125)).toBeCloseTo(1, 1);
  });

  it('is deflated by all trials of its hypothesis, where a ledger counts them', () => {
    const columns = [0, 0.0002].map((mean) => swinging(mean));
    expect(validated(columns, 2).trials).toEqual({ count: 2, by: 'family' });
    const counted = validated(columns, 2, undefined, 0, { variants: 50, variance: 0.0001 });
    expect([counted.variants, counted.trials]).toEqual([2, { count: 50, by: 'ledger' }]);
    expect(counted.luckySharpe).toBeCloseTo(0.01 * expectedMaximum(50) * Math.sqrt(365.25), 9);
    // A ledger that others began to write into has at least what was just tried.
    expect(validated(columns, 2, undefined, 1, { variants: 1, variance: null }).trials).toEqual({ count: 3, by: 'ledger' });
  });

  it('adjusts the chance of each by how many were looked at', () => {
    const { members } = validated(
      [0, 0.0004, 0.0012].map((mean) => swinging(mean)),
      3,
    );
    const [worst, middle, best] = members.map(({ p, adjustedP }) => ({ p: p ?? 1, adjustedP: adjustedP ?? 1 }));
    expect(worst?.p).toBeCloseTo(0.5, 9);
    expect(best?.adjustedP).toBeCloseTo(3 * (best?.p ?? 1), 12);
    expect(middle?.adjustedP).toBeCloseTo(1.5 * (middle?.p ?? 1), 12);
    expect(worst?.adjustedP).toBeCloseTo(0.5, 9);
  });

  it('tells an edge among worthless variants from the luckiest of them', () => {
    const chance = seededChance(11);
    const benchmark = normalReturns(1_500, 0, 0.01, chance);
    const noise = Array.from({ length: 20 }, () => normalReturns(1_500, 0, 0.01, chance));
    const edge = validated([...noise.slice(1), normalReturns(1_500, 0.0015, 0.01, chance)], 20, benchmark);
    expect(edge.deflatedSharpe).toBeGreaterThan(0.95);
    expect(edge.superiorP?.consistent).toBeLessThan(0.05);
    expect(edge.realityCheckP).toBeLessThan(0.05);
    expect(edge.overfitting?.probability).toBeLessThan(0.2);
    expect(edge.members[19]?.adjustedP).toBeLessThan(0.05);
    expect(edge.peak).toMatchObject({ values: { top: '20' }, isSharp: true });

    const sums = noise.map((column) => column.reduce((all, each) => all + each, 0));
    const luckiest = sums.indexOf(Math.max(...sums)) + 1;
    const lucky = validated(noise, luckiest, benchmark);
    expect(lucky.deflatedSharpe).toBeLessThan(0.95);
    expect(lucky.superiorP?.consistent).toBeGreaterThan(0.05);
    expect(lucky.realityCheckP).toBeGreaterThan(0.05);
    expect(lucky.members[luckiest - 1]?.adjustedP).toBeGreaterThan(0.05);
    expect(lucky.effective).toBeGreaterThan(15);
  });

  it('cannot tell over-fitting from fewer than two bars a block, nor what does not vary', () => {
    expect(validated([swinging(0, 31), swinging(0.001, 31)], 1).overfitting).toBeNull();
    expect(validated([swinging(0, 32), swinging(0.001, 32)], 1).overfitting?.splits).toBe(12_870);
    const flat = new Float64Array(400);
    const found = validated([flat, swinging(0.0002)], 1);
    expect(found).toMatchObject({ deflatedSharpe: null, luckySharpe: validated([flat, swinging(0.0002)], 2).luckySharpe });
    expect(found.members[0]).toMatchObject({ sharpe: null, p: null, adjustedP: null });
    // It is no test, so it makes the other no less believable.
    expect(found.members[1]?.adjustedP).toBe(found.members[1]?.p);
    expect(validated([flat, flat], 1).peak).toBeNull();
  });
});
