import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Vary, variantsOf } from '../../../research/sweep/vary.ts';

const TEXT = 'strategy: Rotation\ntree: { filter: { top: 1, by: { cumulative-return: 20 }, of: [SPY, TLT] } }\n';
const TOP = 'tree.filter.top';
const DAYS = 'tree.filter.by.cumulative-return';

function made(varies: readonly Vary[]) {
  const variants = variantsOf(TEXT, varies);
  if (variants.kind === 'refused') throw new Error(JSON.stringify(variants.flaws));
  return variants;
}

describe('the variants of a sweep', () => {
  it('are every combination, the last path turning fastest', () => {
    const { count, variant } = made([
      { path: TOP, values: ['1', '2'] },
      { path: DAYS, values: ['63', '126'] },
    ]);
    const all = Array.from({ length: count }, (_, place) => variant(place));
    expect(all.map(({ values }) => [values[TOP], values[DAYS]])).toEqual([
      ['1', '63'],
      ['1', '126'],
      ['2', '63'],
      ['2', '126'],
    ]);
    expect(all[2]?.text).toContain('filter: { top: 2, by: { cumulative-return: 63 }, of: [ SPY, TLT ] }');
  });

  it('vary a place of a list by its number', () => {
    expect(made([{ path: 'tree.filter.of.1', values: ['GLD'] }]).variant(0).text).toContain('[ SPY, GLD ]');
  });

  it('differ from each other, each having the values that it names', () => {
    const anyValues = fc.uniqueArray(fc.integer({ min: 1, max: 99 }).map(String), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(anyValues, anyValues, (tops, days) => {
        const { count, variant } = made([
          { path: TOP, values: tops },
          { path: DAYS, values: days },
        ]);
        const texts = Array.from({ length: count }, (_, place) => variant(place).text);
        expect(new Set(texts).size).toBe(tops.length * days.length);
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ['a path that is not there', [{ path: 'tree.filter.tops', values: ['1'] }]],
    ['a path of more than a value', [{ path: 'tree.filter', values: ['1'] }]],
    [
      'a path twice',
      [
        { path: TOP, values: ['1'] },
        { path: TOP, values: ['2'] },
      ],
    ],
    ['a value twice', [{ path: TOP, values: ['1', '1'] }]],
    ['a value twice, spelled otherwise', [{ path: TOP, values: ['1', '1.0'] }]],
    ['no value', [{ path: TOP, values: [''] }]],
    ['a value that is none', [{ path: TOP, values: ['[1'] }]],
    [
      'more than anybody means',
      ['top', 'by.cumulative-return'].map((path) => ({
        path: `tree.filter.${path}`,
        values: Array.from({ length: 1_001 }, (_, at) => String(at)),
      })),
    ],
  ])('are refused for %s', (_, varies) => {
    expect(variantsOf(TEXT, varies).kind).toBe('refused');
  });
});
