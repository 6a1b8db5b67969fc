import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datedColumn } from '../../../../../shared/core/strategy/evaluator/dated-column.ts';
import { datedSeries } from '../../../../../shared/core/strategy/ready-made/dated-series.ts';
import { dateAt } from '../../../../builders/strategy.ts';

/** Sessions and values by the number of their day. */
const column = (sessions: readonly number[], values: Readonly<Record<number, number>>, ageMax: number) => {
  const all = Object.fromEntries(Object.entries(values).map(([day, value]) => [dateAt(Number(day)), { SPY: value }]));
  return [...datedColumn(datedSeries('SPY', all, ageMax), sessions.map(dateAt))];
};
const NONE = Number.NaN;

describe('values by date on the days of a strategy', () => {
  it('are in force from the close of their date until the next', () => {
    expect(column([0, 1, 2, 3, 4], { 1: 7, 3: 8 }, 10)).toEqual([NONE, 7, 7, 8, 8]);
  });

  it('are known on the next session when their date was none', () => {
    expect(column([0, 1, 5, 6], { 3: 7 }, 10)).toEqual([NONE, NONE, 7, 7]);
  });

  it('take the last of several between two sessions', () => {
    expect(column([0, 5], { 1: 7, 2: 8, 3: 9 }, 10)).toEqual([NONE, 9]);
  });

  it('count until so many sessions after their date', () => {
    expect(column([0, 1, 2, 3], { 0: 7 }, 2)).toEqual([7, 7, 7, NONE]);
    expect(column([0, 1, 2, 3], { 1: 7 }, 0)).toEqual([NONE, 7, NONE, NONE]);
    // Of the weekend: the Monday is the first session after it.
    expect(column([0, 3, 4], { 2: 7 }, 1)).toEqual([NONE, 7, NONE]);
  });

  it('do not count when they are older than the history, as nobody can say by how many sessions', () => {
    expect(column([5, 6], { 4: 7 }, 100)).toEqual([NONE, NONE]);
    expect(column([5, 6], { 5: 7 }, 100)).toEqual([7, 7]);
  });

  it('are none of a symbol of which nothing is said', () => {
    expect([...datedColumn(datedSeries('TLT', { [dateAt(0)]: { SPY: 1 } }, 5), [dateAt(0), dateAt(1)])]).toEqual([NONE, NONE]);
  });

  it('are, on any sessions, what a look at the calendar finds', () => {
    const day = fc.integer({ min: 0, max: 20 });
    fc.assert(
      fc.property(
        fc.uniqueArray(day, { minLength: 1, maxLength: 15 }),
        fc.uniqueArray(day, { maxLength: 8 }),
        fc.integer({ min: 0, max: 6 }),
        (someDays, dated, ageMax) => {
          const sessions = someDays.toSorted((a, b) => a - b);
          const found = sessions.map((today) => {
            const last = Math.max(...dated.filter((date) => date <= today));
            const age = sessions.filter((session) => session > last && session <= today).length;
            return last < (sessions[0] ?? 0) || age > ageMax ? NONE : last * 10;
          });
          expect(column(sessions, Object.fromEntries(dated.map((date) => [date, date * 10])), ageMax)).toEqual(found);
        },
      ),
      { numRuns: 300 },
    );
  });
});
