import { describe, expect, it } from 'vitest';
import { decidedBy } from '../../../research/sweep/decided-by.ts';
import { aClaim, STRATEGY, turningPrices } from '../hypothesis/claims.ts';

const values = (days: string) => ({ 'tree.filter.by.cumulative-return': days });

describe('what a variant of a sweep decides', () => {
  it('is what the same variant of a claim decides, whatever stands beside it in the file and however its value is spelled', () => {
    const { variants } = aClaim(turningPrices(0));
    expect(variants.map(({ counted }) => decidedBy(STRATEGY)(counted))).toEqual(variants.map(({ hash }) => hash));
    expect(decidedBy(`# another file\n${STRATEGY}`)(values('5.0'))).toBe(variants[0]?.hash);
    expect(decidedBy(STRATEGY)(values('6'))).not.toBe(variants[0]?.hash);
  });

  it('is told of no portfolio, and of nothing that cannot be read', () => {
    const portfolio =
      'portfolio: one\nschedules: { daily: { at: close-25m, every: day } }\nsleeves: { core: { capital: 100%, strategy: SPY } }\n';
    expect(decidedBy(portfolio)({ 'sleeves.core.capital': '100%' })).toBeUndefined();
    expect(decidedBy(STRATEGY)(values('lots'))).toBeUndefined();
    expect(decidedBy(STRATEGY)({ 'tree.nowhere': '1' })).toBeUndefined();
  });
});
