import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clustersOf, correlationOf } from '../../../../shared/core/risk/clusters.ts';
import type { ClosesColumn, History } from '../../../../shared/core/strategy/history.ts';
import { stressOf } from '../../../../shared/core/strategy/stress.ts';
import { addDays, type NewYorkDate } from '../../../../shared/core/values/time.ts';
import { percent } from '../../../../shared/core/values/weight.ts';

function aColumn(symbol: string, closes: readonly number[], first: NewYorkDate = '2026-11-02'): ClosesColumn {
  return { symbol, dates: closes.map((_, place) => addDays(first, place)), closes };
}

function aHistory(...columns: readonly ClosesColumn[]): History {
  return { anchor: '2026-11-02', columns };
}

const target = (symbol: string, weight: string) => ({ symbol, weight: percent(weight) });

describe('stress of the targets', () => {
  it('finds the worst day and the worst five days, and when they ended', () => {
    // Half in A, a tenth short in B. On the fourth of November A falls by 10 % and B rises by 10 %: 5 % and 1 %.
    const history = aHistory(aColumn('A', [100, 100, 90, 90, 90, 90, 99]), aColumn('B', [10, 10, 11, 11, 11, 11, 11]));
    const stress = stressOf([target('A', '50%'), target('B', '-10%')], history);
    expect(stress.returns).toBe(6);
    expect(stress.day).toEqual({ loss: percent('6%'), on: '2026-11-04' });
    expect(stress.week).toEqual({ loss: percent('6%'), on: '2026-11-07' });
  });

  it('takes a fifth of all that is held, long and short', () => {
    expect(stressOf([target('A', '50%'), target('B', '-10%')], aHistory()).shock).toEqual({ loss: percent('12%') });
  });

  it('adds up three deviations of each, as if all moved as one', () => {
    // Returns of 10 % and −10 %: the deviation of that sample is 14.1421… %; of two halves, three times: 42.4264… %.
    const closes = [100, 110, 99];
    const stress = stressOf([target('A', '50%'), target('B', '-50%')], aHistory(aColumn('A', closes), aColumn('B', closes)));
    expect(stress.correlated).toEqual({ loss: percent('42.4265%') });
    // On each day the one gains what the other loses.
    expect(stress.day?.loss).toBe(0n);
  });

  it('looks at days that all of them have, and says nothing where there are too few', () => {
    const late = aColumn('B', [10, 11, 12], '2026-11-06');
    expect(stressOf([target('A', '50%'), target('B', '50%')], aHistory(aColumn('A', [1, 1, 1, 1, 1]), late))).toEqual({
      returns: 0,
      shock: { loss: percent('20%') },
    });
    expect(stressOf([target('A', '50%')], aHistory(aColumn('A', [100, 90])))).toEqual({
      returns: 1,
      day: { loss: percent('5%'), on: '2026-11-03' },
      shock: { loss: percent('10%') },
    });
    expect(stressOf([], aHistory())).toEqual({ returns: 0, shock: { loss: 0n } });
  });

  it('never loses more with less of everything', () => {
    const closes = fc.array(fc.double({ min: 1, max: 1_000, noNaN: true }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(closes, closes, fc.bigInt(-500_000n, 500_000n), fc.bigInt(-500_000n, 500_000n), (a, b, first, second) => {
        const history = aHistory(aColumn('A', a), aColumn('B', b));
        const at = (part: bigint) =>
          stressOf(
            [
              { symbol: 'A', weight: first / part },
              { symbol: 'B', weight: second / part },
            ],
            history,
          );
        const [whole, half] = [at(1n), at(2n)];
        expect(half.shock.loss <= whole.shock.loss).toBe(true);
        expect((half.correlated?.loss ?? 0n) <= (whole.correlated?.loss ?? 0n)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('clusters', () => {
  const [up, down, flat] = [
    [100, 110, 99, 108.9],
    [100, 90, 99, 89.1],
    [50, 50, 50, 50],
  ];

  it('correlate returns: with itself 1, with its mirror −1, with what never moves 0', () => {
    expect(
      correlationOf(
        aColumn('A', up),
        aColumn(
          'B',
          up.map((close) => close / 2),
        ),
        3,
      ),
    ).toBeCloseTo(1, 12);
    expect(correlationOf(aColumn('A', up), aColumn('B', down), 3)).toBeCloseTo(-1, 12);
    expect(correlationOf(aColumn('A', up), aColumn('B', flat), 3)).toBe(0);
  });

  it('cannot compare what has too few days in common', () => {
    expect(correlationOf(aColumn('A', up), aColumn('B', up), 4)).toBeUndefined();
    expect(correlationOf(aColumn('A', up), aColumn('B', up, '2026-11-03'), 3)).toBeUndefined();
    expect(correlationOf(aColumn('A', up), undefined, 3)).toBeUndefined();
  });

  it('put together what goes together with any member, each symbol once', () => {
    const history = aHistory(aColumn('A', up), aColumn('B', down), aColumn('C', up), aColumn('D', flat), aColumn('E', down));
    expect(clustersOf(['A', 'B', 'C', 'D', 'E'], history, { correlation: percent('80%'), window: 3 })).toEqual([
      ['A', 'C'],
      ['B', 'E'],
      ['D'],
    ]);
  });

  it('join only more when less correlation counts as together', () => {
    const closes = fc.array(fc.double({ min: 50, max: 150, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(closes, { minLength: 2, maxLength: 5 }), fc.bigInt(100_000n, 500_000n), (all, least) => {
        const symbols = all.map((_, place) => `S${place}`);
        const history = aHistory(...all.map((each, place) => aColumn(`S${place}`, each)));
        const count = (correlation: bigint) => clustersOf(symbols, history, { correlation, window: 5 }).length;
        expect(count(least)).toBeLessThanOrEqual(count(least * 2n));
        expect(clustersOf(symbols, history, { correlation: least, window: 5 }).flat().sort()).toEqual([...symbols].sort());
      }),
      { numRuns: 50 },
    );
  });
});
