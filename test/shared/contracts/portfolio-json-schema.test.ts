import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { portfolioJsonSchema } from '../../../shared/contracts/portfolio-json-schema.ts';

const editor = z.fromJSONSchema(portfolioJsonSchema());
const underlined = (strategy: unknown): boolean =>
  !editor.safeParse({
    portfolio: 'mine',
    schedules: { monthly: { at: 'close-25m', every: 'month' } },
    sleeves: { core: { capital: '100%', strategy } },
  }).success;
const ranked = (values: unknown): unknown => ({ 'factor-rank': { of: ['SPY', 'EFA'], 'values-weight': 1, values } });

describe('an editor with the JSON Schema', () => {
  it('takes a sleeve that names a strategy file', () => {
    expect(underlined({ file: 'strategies/rotation.clj' })).toBe(false);
    expect(underlined({ file: 7 })).toBe(true);
    expect(underlined({ file: 'rotation.clj', top: 1 })).toBe(true);
  });

  it('takes values from a file where values may stand, at any depth', () => {
    expect(underlined(ranked({ '2024-01-31': { SPY: 1.3 } }))).toBe(false);
    expect(underlined(ranked({ file: 'values.csv' }))).toBe(false);
    expect(underlined({ equal: ['TLT', ranked({ file: 'values.csv' })] })).toBe(false);
    expect(underlined(ranked({ file: ['values.csv'] }))).toBe(true);
    expect(underlined(ranked({ file: 'values.csv', '2024-01-31': { SPY: 1.3 } }))).toBe(true);
  });

  it('still underlines a file where a strategy has to stand', () => {
    expect(underlined({ equal: ['TLT', { file: 'rotation.clj' }] })).toBe(true);
  });
});
