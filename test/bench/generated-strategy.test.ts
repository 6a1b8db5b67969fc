// The benchmarks of the evaluator say how large their strategy is: it is.
import { describe, expect, it } from 'vitest';
import { compile } from '../../shared/core/strategy/evaluator/program.ts';
import { depthOf, generatedHistory, generatedStrategy, nodesOf, SYMBOLS } from './generated-strategy.ts';

describe.each(['groups', 'chains'] as const)('the generated strategy in which %s are ranked', (ranked) => {
  const tree = generatedStrategy(10_000, 200, ranked, 7);
  const program = compile(tree);

  it('has about 10,000 nodes of which 1,500 are distinct, is 200 deep and names 60 symbols', () => {
    for (const [figure, said] of [
      [nodesOf(tree), 10_000],
      [program.nodes.length, 1_500],
      [depthOf(tree), 200],
    ] as const) {
      expect(Math.abs(figure / said - 1)).toBeLessThan(0.1);
    }
    expect(program.symbols).toEqual(SYMBOLS);
  });

  it('ranks groups by their own series', () => {
    expect(program.columns.filter(({ kind }) => kind === 'node').length).toBeGreaterThan(100);
  });
});

describe('the generated history', () => {
  it('has the days it is asked for, without week-ends, and prices above zero', () => {
    const { columns } = generatedHistory(30, 1);
    expect(columns).toHaveLength(60);
    // Six weeks of five days from Monday 2 January 2012 on.
    expect(columns[0]?.dates).toHaveLength(30);
    expect([columns[0]?.dates[0], columns[0]?.dates[5], columns[0]?.dates.at(-1)]).toEqual(['2012-01-02', '2012-01-09', '2012-02-10']);
    expect(columns.every(({ closes }) => closes.every((close) => close > 0))).toBe(true);
  });
});
