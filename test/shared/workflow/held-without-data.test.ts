import { describe, expect, it } from 'vitest';
import { shares } from '../../../shared/core/values/shares.ts';
import { heldWithoutData } from '../../../shared/workflow/decide-run.ts';

const frozen = { symbol: 'AGG', metric: 'stdev-return', why: 'zero' as const, dataOf: 'AGG' };
const bonds = { symbol: 'Bonds', metric: 'cumulative-return', why: 'undefined' as const, dataOf: 'TLT' };

function holding(...symbols: readonly string[]) {
  return { positions: symbols.map((symbol) => ({ symbol, quantity: shares('10'), available: shares('10') })) };
}

describe('a candidate without data', () => {
  it('is refused where it is held: leaving it out would sell it', () => {
    expect(heldWithoutData([frozen], holding('AGG', 'SPY'))).toEqual({
      kind: 'refused',
      code: 'undefined-data',
      detail: 'AGG is held, and stdev-return of AGG is zero: nothing is sold for want of data',
    });
  });

  it('is refused where a symbol inside its group is held', () => {
    expect(heldWithoutData([bonds], holding('TLT'))).toMatchObject({
      detail: 'TLT is held, and cumulative-return of Bonds is undefined: nothing is sold for want of data',
    });
  });

  it('is left out where nothing of it is held', () => {
    expect(heldWithoutData([frozen, bonds], holding('SPY', 'IEF'))).toBeUndefined();
    expect(heldWithoutData([frozen], { positions: [{ symbol: 'AGG', quantity: 0n, available: 0n }] })).toBeUndefined();
    expect(heldWithoutData([], holding('AGG'))).toBeUndefined();
  });
});
