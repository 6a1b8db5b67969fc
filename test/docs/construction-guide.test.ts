import { describe, expect, it } from 'vitest';
import { quadraticSolver } from '../../shared/adapters/solvers/quadratic-solver.ts';
import { closesNeeded, evaluate, symbolsOf } from '../../shared/core/strategy/evaluate.ts';
import { toFraction } from '../../shared/core/values/weight.ts';
import { dateAt } from '../builders/strategy.ts';
import { EXAMPLES, type Example, expectSaid } from './guide.ts';
import { endingTogether, wander } from './made-up-closes.ts';

const DAYS = 300;
const exampleNamed = (name: string) => {
  const found = EXAMPLES.find((each) => each.name === name);
  if (found === undefined) throw new Error(`the guide has no example ${name}`);
  return found;
};
const weightsOf = (name: string): Readonly<Record<string, number>> => weightsIn(exampleNamed(name));
const weightsIn = ({ tree, options }: Pick<Example, 'tree' | 'options'>): Readonly<Record<string, number>> => {
  const closes = Object.fromEntries(symbolsOf(tree).map((symbol, place) => [symbol, wander(DAYS, place + 1)]));
  const decided = evaluate(tree, endingTogether(closes), undefined, dateAt(DAYS - 1), options, quadraticSolver);
  if (decided.kind === 'undefined') throw new Error(decided.detail);
  return Object.fromEntries(decided.targets.weights.map(({ symbol, weight }) => [symbol, toFraction(weight)]));
};

describe('the examples of the guide to construction', () => {
  it('keep the limits that stand beside them', () => {
    expectSaid('none above 40 %, bonds between 20 % and 60 %, gold up to 15 %');
    const { SPY = 0, EFA = 0, TLT = 0, IEF = 0, GLD = 0 } = weightsOf('Calm core');
    expect(SPY + EFA + TLT + IEF + GLD).toBeCloseTo(1, 5);
    expect(Math.max(SPY, EFA, TLT, IEF, GLD)).toBeLessThanOrEqual(0.400_001);
    expect(TLT + IEF).toBeGreaterThanOrEqual(0.199_999);
    expect(TLT + IEF).toBeLessThanOrEqual(0.600_001);
    expect(GLD).toBeLessThanOrEqual(0.150_001);
  });

  it('hold all five, and no more than there is', () => {
    const weights = Object.values(weightsOf('Even risk, held to 10 percent a year'));
    expect(weights).toHaveLength(5);
    expect(Math.min(...weights)).toBeGreaterThan(0);
    expect(weights.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(1.000_001);
  });

  it('move the prior by opinions, and hold it without them', () => {
    expectSaid('Without the two opinions it would hold the prior.');
    expectSaid('it holds at least 5 % of each');
    const { tree, options } = exampleNamed('What I believe');
    if (tree.kind !== 'ready-made') throw new Error(tree.kind);
    const prior = { SPY: 0.45, EFA: 0.15, TLT: 0.3, GLD: 0.1 };
    const without = weightsIn({ tree: { ...tree, given: { ...tree.given, views: [] } }, options });
    for (const [symbol, weight] of Object.entries(prior)) expect(without[symbol]).toBeCloseTo(weight, 5);
    const believed = weightsOf('What I believe');
    expect(Math.min(...Object.values(believed))).toBeGreaterThanOrEqual(0.049_999);
    expect(believed['GLD']).toBeGreaterThan(0.1);
  });

  it('divide among strategies, each within its limit and by weights of its own', () => {
    expectSaid('Strategies may stand in the list, each with a name by which limits, priors and views call it.');
    const { SPY = 0, TLT = 0, IEF = 0, EFA = 0, EEM = 0, GLD = 0 } = weightsOf('Even risk over strategies');
    expect(SPY + TLT + IEF + EFA + EEM + GLD).toBeCloseTo(1, 5);
    expect([EFA, EEM, GLD].filter((weight) => weight > 0)).toHaveLength(1);
    expect(EFA + EEM + GLD).toBeLessThanOrEqual(0.250_001);
    expect(Math.min(SPY, TLT, IEF)).toBeGreaterThan(0);
  });

  it('read one close more than the window, which the guide says', () => {
    expectSaid('A run reads `window` + 1 closes.');
    const { tree, options } = exampleNamed('Calm core');
    expect(closesNeeded(tree, options)).toBe(253);
  });
});
