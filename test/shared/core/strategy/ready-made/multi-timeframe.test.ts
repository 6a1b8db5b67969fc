import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sessionsBetween } from '../../../../../shared/core/market/nyse-calendar.ts';
import { closesNeeded, evaluate } from '../../../../../shared/core/strategy/evaluate.ts';
import { DEFAULT_OPTIONS } from '../../../../../shared/core/strategy/options.ts';
import type { Given } from '../../../../../shared/core/strategy/ready-made/given.ts';
import { multiTimeframe } from '../../../../../shared/core/strategy/ready-made/multi-timeframe.ts';
import type { NewYorkDate } from '../../../../../shared/core/values/time.ts';
import { givenOf, percentsOf, readyMadeTree } from '../../../../builders/ready-made.ts';

type Closes = Readonly<Record<NewYorkDate, number>>;

// Fridays are the 9th and the 16th of January 2026; Monday the 19th is a holiday. AAA's weeks end at 100 and 110, BBB's
// at 100 and 90. AAA fell on the 20th alone, BBB until the 16th.
const AAA: Closes = { '2026-01-08': 99, '2026-01-09': 100, '2026-01-15': 101, '2026-01-16': 110, '2026-01-20': 105, '2026-01-21': 106 };
const BBB: Closes = { '2026-01-08': 99, '2026-01-09': 100, '2026-01-15': 95, '2026-01-16': 90, '2026-01-20': 91, '2026-01-21': 92 };

const treeOf = (changed: Given) =>
  readyMadeTree(
    'multi-timeframe',
    givenOf(multiTimeframe, { of: ['AAA', 'BBB'], daily: 2, weekly: 2, monthly: 0, refuge: 'BIL', ...changed }),
  );
const decide = (asOf: NewYorkDate, changed: Given = {}, closes: Readonly<Record<string, Closes>> = { AAA, BBB }) =>
  evaluate(
    treeOf(changed),
    {
      anchor: '2025-01-02',
      columns: Object.entries(closes).map(([symbol, each]) => ({
        symbol,
        dates: Object.keys(each) as NewYorkDate[],
        closes: Object.values(each),
      })),
    },
    undefined,
    asOf,
    DEFAULT_OPTIONS,
  );

describe('multi-timeframe', () => {
  it('holds what goes up in days and in weeks; the places of the others go to the refuge', () => {
    // AAA: 106 above the mean of 105 and 106, and 110 above that of 100 and 110. BBB: 92 is, 90 is not.
    expect(percentsOf(decide('2026-01-21'))).toEqual({ AAA: '50%', BIL: '50%', cash: '0%' });
    expect(percentsOf(decide('2026-01-21', { refuge: 'cash' }))).toEqual({ AAA: '50%', cash: '50%' });
    // On the 20th AAA fell.
    expect(percentsOf(decide('2026-01-20'))).toEqual({ BIL: '100%', cash: '0%' });
  });

  it('leaves out a timeframe that it is told to', () => {
    expect(percentsOf(decide('2026-01-20', { daily: 0 }))).toEqual({ AAA: '50%', BIL: '50%', cash: '0%' });
    expect(percentsOf(decide('2026-01-21', { weekly: 0 }))).toEqual({ AAA: '50%', BBB: '50%', cash: '0%' });
  });

  it('knows a week at the close of its last session, and not before', () => {
    expect(percentsOf(decide('2026-01-16', { of: ['AAA'] }))).toEqual({ AAA: '100%', cash: '0%' });
    // On Thursday only one week is over.
    expect(decide('2026-01-15', { of: ['AAA'] })).toMatchObject({
      kind: 'undefined',
      symbol: 'AAA',
      metric: 'weekly moving-average-price',
    });
  });

  it('asks the months that are over too', () => {
    // November ended at 100, December at 110 or at 90. The 5th of January is above the 2nd.
    const until = (december: number): Closes => ({ '2025-11-28': 100, '2025-12-31': december, '2026-01-02': 120, '2026-01-05': 130 });
    const changed = { of: ['AAA', 'BBB'], weekly: 0, monthly: 2 };
    expect(percentsOf(decide('2026-01-05', changed, { AAA: until(110), BBB: until(90) }))).toEqual({ AAA: '50%', BIL: '50%', cash: '0%' });
  });

  it('is not above a mean that it equals', () => {
    const flat = Object.fromEntries(Object.keys(AAA).map((date) => [date, 0.1]));
    expect(percentsOf(decide('2026-01-21', { daily: 3 }, { AAA: flat, BBB: flat }))).toEqual({ BIL: '100%', cash: '0%' });
  });

  it('leaves out what cannot be judged, shares its place among the others, and says so', () => {
    const late: Closes = { '2026-01-20': 91, '2026-01-21': 92 };
    const decided = decide('2026-01-21', {}, { AAA, BBB: late });
    expect(percentsOf(decided)).toEqual({ AAA: '100%', cash: '0%' });
    expect(decided).toMatchObject({ leftOut: [{ symbol: 'BBB', metric: 'weekly current-price', why: 'undefined', dataOf: 'BBB' }] });
    // Where the days say no, the weeks do not matter.
    const fell = decide('2026-01-21', {}, { AAA, BBB: { '2026-01-20': 92, '2026-01-21': 91 } });
    expect(percentsOf(fell)).toEqual({ AAA: '50%', BIL: '50%', cash: '0%' });
    expect(fell).toMatchObject({ leftOut: [] });
  });

  it('refuses means of one, no timeframe at all, and a refuge with a place', () => {
    const said = (changed: Given) => multiTimeframe.contradictions(givenOf(multiTimeframe, changed)).map(({ parameter }) => parameter);
    expect(said({})).toEqual([]);
    expect(said({ weekly: 1, monthly: 1 })).toEqual(['weekly', 'monthly']);
    expect(said({ daily: 0, weekly: 0, monthly: 0 })).toEqual(['daily']);
    expect(said({ refuge: 'GLD' })).toEqual(['refuge']);
  });

  it('looks back on enough closes that whole weeks and months have begun', () => {
    // Ten months and the one that is open, of 23 sessions each at most.
    expect(closesNeeded(treeOf({ monthly: 10 }), DEFAULT_OPTIONS)).toBeGreaterThanOrEqual(11 * 23);
    expect(closesNeeded(treeOf({ weekly: 0 }), DEFAULT_OPTIONS)).toBe(3);
  });

  it('knows nothing of what comes after, on any day of a quarter', () => {
    const dates = sessionsBetween('2025-10-01', '2025-12-31').map(({ date }) => date);
    const prices = fc.array(fc.integer({ min: 80, max: 120 }), { minLength: dates.length, maxLength: dates.length });
    fc.assert(
      fc.property(prices, prices, fc.integer({ min: 44, max: dates.length - 1 }), (before, after, day) => {
        const closes = (from: (place: number) => number | undefined): Closes =>
          Object.fromEntries(dates.map((date, place) => [date, from(place) ?? 1]));
        const answer = (each: Closes) => decide(dates[day] ?? '2025-12-31', { of: ['AAA'], monthly: 2 }, { AAA: each });
        const known = answer(closes((place) => before[place]));
        expect(answer(closes((place) => (place <= day ? before : after)[place]))).toEqual(known);
        expect(known.kind).toBe('weights');
      }),
      { numRuns: 100 },
    );
  });
});
