import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { History } from '../../../../shared/core/strategy/history.ts';
import { tailLosses } from '../../../../shared/core/strategy/tail-loss.ts';
import { addDays, type NewYorkDate } from '../../../../shared/core/values/time.ts';
import { percent } from '../../../../shared/core/values/weight.ts';

/** Closes that change by these parts of a hundred, from 100 on, a day apart. */
function closesOf(changes: readonly number[], from: NewYorkDate = '2024-01-01', scale = 1) {
  const closes = [100 * scale];
  for (const change of changes) closes.push((closes.at(-1) ?? 0) * (1 + change / 100));
  return { dates: closes.map((_, day) => addDays(from, day)), closes };
}

function history(
  columns: Readonly<Record<string, { readonly dates: readonly NewYorkDate[]; readonly closes: readonly number[] }>>,
): History {
  return { anchor: '2024-01-01', columns: Object.entries(columns).map(([symbol, column]) => ({ symbol, ...column })) };
}

/** 1, 2, 3 … percent lost, in no order. */
const LOSSES = Array.from({ length: 100 }, (_, place) => -(((place * 37) % 100) + 1) / 10);

describe('the tail of what is held', () => {
  it('is the worst day in twenty and in a hundred, and their mean', () => {
    // 0.1 % to 10 % lost, each once. The five worst: 10, 9.9, 9.8, 9.7, 9.6, whose mean is 9.8.
    const { returns, levels } = tailLosses([{ symbol: 'SPY', weight: percent('100%') }], [history({ SPY: closesOf(LOSSES) })]);
    expect(returns).toBe(100);
    expect(levels).toEqual([
      { level: '95%', valueAtRisk: percent('9.6%'), expectedShortfall: percent('9.8%') },
      { level: '99%', valueAtRisk: percent('10%'), expectedShortfall: percent('10%') },
    ]);
  });

  it('counts weights, and what is short gains when the price falls', () => {
    const prices = [history({ SPY: closesOf(LOSSES), TLT: closesOf(LOSSES) })];
    const weights = (spy: string, tlt: string) => [
      { symbol: 'SPY', weight: percent(spy) },
      { symbol: 'TLT', weight: percent(tlt) },
    ];
    expect(tailLosses(weights('50%', '0%'), prices).levels[0]?.valueAtRisk).toBe(percent('4.8%'));
    expect(tailLosses(weights('60%', '-60%'), prices).levels[0]?.valueAtRisk).toBe(0n);
    expect(tailLosses(weights('-50%', '0%'), prices).levels[0]?.valueAtRisk).toBe(0n);
  });

  it('is not told by fewer days than it takes', () => {
    const spy = [{ symbol: 'SPY', weight: percent('100%') }];
    expect(tailLosses(spy, [history({ SPY: closesOf(LOSSES.slice(0, 19)) })])).toEqual({ returns: 19, levels: [] });
    expect(tailLosses(spy, [history({ SPY: closesOf(LOSSES.slice(0, 20)) })]).levels.map(({ level }) => level)).toEqual(['95%']);
    expect(tailLosses(spy, [])).toEqual({ returns: 0, levels: [] });
    expect(tailLosses([], [history({ SPY: closesOf(LOSSES) })])).toEqual({ returns: 0, levels: [] });
  });

  it('puts histories together that were adjusted differently, and counts each session once', () => {
    const early = closesOf(LOSSES.slice(0, 60));
    const whole = closesOf(LOSSES, '2024-01-01', 0.5);
    const late = { dates: whole.dates.slice(50), closes: whole.closes.slice(50) };
    const spy = [{ symbol: 'SPY', weight: percent('100%') }];
    expect(tailLosses(spy, [history({ SPY: late }), history({ SPY: early })])).toEqual(tailLosses(spy, [history({ SPY: whole })]));
  });

  it('leaves out a session that one of the symbols did not trade', () => {
    const tlt = closesOf(LOSSES);
    const gap = { dates: tlt.dates.filter((_, day) => day !== 50), closes: tlt.closes.filter((_, day) => day !== 50) };
    const both = ['SPY', 'TLT'].map((symbol) => ({ symbol, weight: percent('50%') }));
    // Without day 50 two returns are lost: into it and out of it.
    expect(tailLosses(both, [history({ SPY: closesOf(LOSSES), TLT: gap })]).returns).toBe(98);
  });

  it('is never milder at its mean than at its edge, nor at 99 % than at 95 %', () => {
    const changes = fc.array(fc.integer({ min: -90, max: 90 }), { minLength: 100, maxLength: 140 });
    fc.assert(
      fc.property(changes, (drawn) => {
        const { levels } = tailLosses([{ symbol: 'SPY', weight: percent('100%') }], [history({ SPY: closesOf(drawn) })]);
        const [at95, at99] = levels;
        expect(levels).toHaveLength(2);
        for (const { valueAtRisk, expectedShortfall } of levels) expect(expectedShortfall).toBeGreaterThanOrEqual(valueAtRisk);
        expect(at99?.valueAtRisk).toBeGreaterThanOrEqual(at95?.valueAtRisk ?? 0n);
      }),
      { numRuns: 50 },
    );
  });
});
