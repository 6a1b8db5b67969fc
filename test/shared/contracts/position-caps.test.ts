import { describe, expect, it } from 'vitest';
import { policyIn } from './portfolio-text.ts';

/** The limits of a portfolio with this strategy, and a daily slot of this band. */
function limitsOf(strategy: string, { band = '', limits = '' } = {}) {
  const slot = `at: open+30m, every: day${band === '' ? '' : `, band: ${band}`}`;
  return policyIn(
    `portfolio: tiny\nschedules: { daily: { ${slot} } }\nsleeves: { core: { capital: 100%, strategy: ${strategy} } }\n${limits}`,
  ).limits;
}

describe('the cap of a position that the file sets no limit for', () => {
  it('is the declared weight and its band: of 60 % and 40 % five points, the narrower part of the default band', () => {
    expect(limitsOf('{ specified: { VTI: 60%, BND: 40% } }')).toMatchObject({
      positionMax: 100_000n,
      positionMaxOf: { VTI: 650_000n, BND: 450_000n },
    });
  });

  it('is a quarter above a weight of 12 %, where the relative part is the narrower', () => {
    expect(limitsOf('{ specified: { VTI: 12%, BND: 88% } }').positionMaxOf).toEqual({ VTI: 150_000n, BND: 930_000n });
  });

  it('is never above the whole, and the bare weight where any drift is traded', () => {
    expect(limitsOf('SPY').positionMaxOf).toEqual({ SPY: 1_000_000n });
    expect(limitsOf('{ equal: [A, B] }', { band: '{ absolute: 0% }' }).positionMaxOf).toEqual({ A: 500_000n, B: 500_000n });
  });

  it('is 10 % for what is given less, and for what prices decide', () => {
    expect(limitsOf('{ specified: { A: 5%, B: 95% } }').positionMaxOf).not.toHaveProperty('A');
    expect(limitsOf('{ inverse-volatility: { window: 20, of: [A, B, C] } }')).toMatchObject({ positionMax: 100_000n, positionMaxOf: {} });
  });

  it('is at most 30 % for what a choice may give', () => {
    // Two of four: a half each, if chosen. Four of eight: a quarter each, and five points of band.
    const limits = 'limits: { position: 50% }\n';
    const filter = (count: number, of: string) => `{ filter: { top: ${count}, by: { rsi: 10 }, of: [${of}] } }`;
    expect(limitsOf(filter(4, 'A, B, C, D, E, F, G, H')).positionMaxOf).toMatchObject({ A: 300_000n, H: 300_000n });
    expect(limitsOf(filter(8, 'A, B, C, D, E, F, G, H, I')).positionMaxOf).toMatchObject({ A: 156_250n });
    expect(limitsOf(filter(2, 'A, B, C, D'), { limits })).toMatchObject({ positionMax: 500_000n });
  });

  it('counts what every branch gives as declared', () => {
    const branches =
      '{ if: { when: { gt: [{ rsi: [A, 10] }, 70] }, then: { specified: { A: 40%, B: 60% } }, else: { specified: { A: 70%, C: 30% } } } }';
    const { positionMaxOf } = limitsOf(
      branches.replace('A: 70%, C: 30%', 'A: 45%, C: 25%, B: 30%').replace('A: 40%, B: 60%', 'A: 45%, B: 30%, D: 25%'),
    );
    expect(positionMaxOf).toEqual({ A: 500_000n, B: 350_000n, C: 300_000n, D: 300_000n });
  });

  it('counts all candidates of a filter that takes them all', () => {
    expect(limitsOf('{ filter: { top: 2, by: { rsi: 10 }, of: [A, B] } }').positionMaxOf).toEqual({ A: 550_000n, B: 550_000n });
  });

  it('is what the file says, for every symbol alike, as soon as it says it', () => {
    const limits = limitsOf('{ equal: [A, B, C, D] }', { limits: 'limits: { position: 26% }\n' });
    expect(limits.positionMax).toBe(260_000n);
    expect(limits).not.toHaveProperty('positionMaxOf');
  });
});
