// The verdict, word by word and edge by edge.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence, RecordEvidence } from '../../../../research/validation/verdict/evidence.ts';
import { judge, VERDICTS } from '../../../../research/validation/verdict/judge.ts';

const record = { bars: 2_000, barsAYear: 252, yearsOutOfSample: 2, sharpe: 1.8, claimedSharpe: 1, barsNeeded: 900 };
/** What may be scaled, every condition met at its edge where it has one. */
function evidence(changed: Partial<Omit<Evidence, 'record'>> & { readonly record?: Partial<RecordEvidence> } = {}): Evidence {
  return {
    trials: { count: 20, effective: 12, variance: 0.001, max: 20 },
    netExcess: 0.1,
    netAtDoubleSlippage: 0.08,
    deflatedSharpe: 0.95,
    overfitting: 0.2,
    superiorP: 0.05,
    trades: 100,
    rebalances: 10,
    holdout: { openings: 1, netReturn: 0.02 },
    ...changed,
    record: { ...record, ...changed.record },
  };
}
const codes = (changed: Parameters<typeof evidence>[0]): readonly string[] => judge(evidence(changed)).reasons.map(({ code }) => code);
const word = (changed: Parameters<typeof evidence>[0]): string => judge(evidence(changed)).verdict;

describe('SCALE', () => {
  it('is said when every condition is met, edges included, and names them all', () => {
    expect(judge(evidence())).toEqual({
      verdict: 'SCALE',
      reasons: [
        { code: 'claimed-sharpe', figure: 1.8, threshold: 1 },
        { code: 'deflated-sharpe', figure: 0.95, threshold: 0.95 },
        { code: 'overfitting', figure: 0.2, threshold: 0.2 },
        { code: 'superior-to-benchmark', figure: 0.05, threshold: 0.05 },
        { code: 'trades-or-rebalances', figure: 100, threshold: 100 },
        { code: 'double-slippage', figure: 0.08, threshold: 0 },
        { code: 'holdout-opened-once', figure: 1, threshold: 1 },
        { code: 'holdout-positive', figure: 0.02, threshold: 0 },
      ],
    });
  });

  it('takes sixty rebalances for a hundred trades', () => {
    expect(judge(evidence({ trades: 99, rebalances: 60 })).reasons).toContainEqual({
      code: 'trades-or-rebalances',
      figure: 60,
      threshold: 60,
    });
    expect(codes({ trades: 99, rebalances: 59 })).toEqual(['trades-or-rebalances']);
  });

  it('does not ask for over-fitting where one variant was tried', () => {
    expect(word({ overfitting: null })).toBe('SCALE');
    expect(codes({ overfitting: null })).not.toContain('overfitting');
  });
});

describe('ITERATE', () => {
  it.each([
    ['claimed-sharpe', { record: { claimedSharpe: 1.81, barsNeeded: null } }],
    ['claimed-sharpe', { record: { sharpe: null, barsNeeded: null } }],
    ['deflated-sharpe', { deflatedSharpe: 0.9499 }],
    ['deflated-sharpe', { deflatedSharpe: null }],
    ['overfitting', { overfitting: 0.21 }],
    ['superior-to-benchmark', { superiorP: 0.051 }],
    ['superior-to-benchmark', { superiorP: null }],
    ['double-slippage', { netAtDoubleSlippage: 0 }],
    ['double-slippage', { netAtDoubleSlippage: null }],
    ['holdout-positive', { holdout: { openings: 1, netReturn: 0 } }],
    ['holdout-opened-once', { holdout: { openings: 2, netReturn: 0.02 } }],
  ])('is said for want of %s: %j', (code, changed) => {
    const { verdict, reasons } = judge(evidence(changed));
    expect([verdict, reasons.map((reason) => reason.code)]).toEqual(['ITERATE', [code]]);
  });

  it('is said while the holdout is sealed, with both of its conditions', () => {
    expect(codes({ holdout: null })).toEqual(['holdout-opened-once', 'holdout-positive']);
  });
});

describe('KILL', () => {
  it.each([
    ['economic and statistical', { netExcess: 0, deflatedSharpe: 0.49 }, ['no-excess', 'worse-than-luck']],
    ['economic and robustness', { netExcess: -0.01, netAtDoubleSlippage: -0.01 }, ['no-excess', 'lost-at-double-slippage']],
    ['statistical and robustness', { deflatedSharpe: 0.1, overfitting: 0.51 }, ['worse-than-luck', 'over-fitted']],
  ])('takes two kinds: %s', (_, changed, reasons) => {
    expect([word(changed), codes(changed)]).toEqual(['KILL', reasons]);
  });

  it('does not count one kind twice, and what is not defined not at all', () => {
    expect(word({ netAtDoubleSlippage: -0.01, overfitting: 0.9 })).toBe('ITERATE');
    expect(word({ netExcess: 0, deflatedSharpe: 0.5, overfitting: 0.5 })).toBe('ITERATE');
    expect(word({ netExcess: null, deflatedSharpe: null, netAtDoubleSlippage: -0.01 })).toBe('ITERATE');
  });
});

describe('INSUFFICIENT', () => {
  it('comes before everything else, with bars and years', () => {
    const bad = { netExcess: -1, deflatedSharpe: 0, overfitting: 1 };
    expect(judge(evidence({ ...bad, record: { bars: 899, yearsOutOfSample: 0.99 } }))).toEqual({
      verdict: 'INSUFFICIENT',
      reasons: [
        { code: 'record-too-short', figure: 899, threshold: 900 },
        { code: 'too-short-out-of-sample', figure: 0.99, threshold: 1 },
      ],
    });
  });

  it('is not said of a record as long as is needed, or of one that shows no more than is claimed', () => {
    expect(word({ record: { bars: 900, yearsOutOfSample: 1 } })).toBe('SCALE');
    expect(word({ record: { bars: 300, sharpe: 0.9, barsNeeded: null } })).toBe('ITERATE');
  });
});

describe('a verdict', () => {
  const figure = fc.option(fc.double({ min: -1, max: 1, noNaN: true }));
  const anyEvidence = fc
    .record({
      netExcess: figure,
      netAtDoubleSlippage: figure,
      deflatedSharpe: figure,
      overfitting: figure,
      superiorP: figure,
      trades: fc.integer({ min: 0, max: 200 }),
      rebalances: fc.integer({ min: 0, max: 100 }),
      holdout: fc.option(fc.record({ openings: fc.integer({ min: 0, max: 2 }), netReturn: figure })),
      bars: fc.integer({ min: 800, max: 1_000 }),
    })
    .map(({ bars, ...rest }) => evidence({ ...rest, record: { bars } }));

  it('is one of four words, always with reasons', () => {
    fc.assert(
      fc.property(anyEvidence, (each) => {
        const { verdict, reasons } = judge(each);
        expect(VERDICTS).toContain(verdict);
        expect(reasons.length).toBeGreaterThan(0);
      }),
    );
  });

  it('is never SCALE because something became worse', () => {
    fc.assert(
      fc.property(anyEvidence, fc.constantFrom('deflatedSharpe', 'netAtDoubleSlippage', 'netExcess'), (each, name) => {
        const worse = { ...each, [name]: each[name] === null ? null : each[name] - 0.1 };
        if (judge(worse).verdict === 'SCALE') expect(judge(each).verdict).toBe('SCALE');
      }),
    );
  });
});
