// Constructions as strategies: what they hold, why, and in which words they have no answer.
import { describe, expect, it } from 'vitest';
import { quadraticSolver } from '../../../../../shared/adapters/solvers/quadratic-solver.ts';
import { needsSolver } from '../../../../../shared/contracts/solver-needed.ts';
import { decide } from '../../../../../shared/core/strategy/decide.ts';
import { closesNeeded, evaluate, gridUntil, identityOf, symbolsOf } from '../../../../../shared/core/strategy/evaluate.ts';
import { evaluatorOf } from '../../../../../shared/core/strategy/evaluator/evaluator.ts';
import { measure } from '../../../../../shared/core/strategy/evaluator/measure.ts';
import { compile } from '../../../../../shared/core/strategy/evaluator/program.ts';
import { trace } from '../../../../../shared/core/strategy/evaluator/trace.ts';
import { DEFAULT_OPTIONS } from '../../../../../shared/core/strategy/options.ts';
import type { Given } from '../../../../../shared/core/strategy/ready-made/given.ts';
import { openRule, readyMadeNamed } from '../../../../../shared/core/strategy/ready-made/ready-mades.ts';
import type { Tree } from '../../../../../shared/core/strategy/tree.ts';
import { givenOf, percentsOf, readyMadeTree } from '../../../../builders/ready-made.ts';
import { asset, CASH, dateAt, inverseVolatility, someHistory, specified } from '../../../../builders/strategy.ts';

/** Up and down by this much, each return followed by its opposite and the two assets never in step: no covariance at all. */
const swings = (pattern: readonly number[], by: number): number[] => {
  let close = 100;
  return [close, ...pattern.map((sign) => (close *= 1 + sign * by))];
};
const SLOW = [1, -1, 1, -1];
const FAST = [1, 1, -1, -1];
// Deviations of 1% and 2% in the ratio 1 : 2, uncorrelated; with a mean of zero.
const CALM_AND_WILD = { CALM: swings(SLOW, 0.01), WILD: swings(FAST, 0.02) };

const OWN: Readonly<Record<string, Given>> = { 'minimum-cvar': { confidence: 750_000 } };
const treeOf = (name: string, given: Given = {}) => {
  const kind = readyMadeNamed(name);
  if (kind === undefined) throw new Error(name);
  return readyMadeTree(name, givenOf(kind, { ...(OWN[name] ?? { shrinkage: 'none' }), of: ['WILD', 'CALM'], window: 4, ...given }));
};
const decidedBy = (name: string, closes: Readonly<Record<string, readonly number[]>> = CALM_AND_WILD, given: Given = {}) =>
  evaluate(treeOf(name, given), someHistory(closes), undefined, dateAt(4), DEFAULT_OPTIONS, quadraticSolver);

describe('of two assets that have nothing to do with each other, one twice as wild', () => {
  it.each([
    // By inverse variance, 4 : 1.
    ['minimum-variance', { CALM: '80%', WILD: '20%', cash: '0%' }],
    ['hierarchical-risk-parity', { CALM: '80%', WILD: '20%', cash: '0%' }],
    // By inverse deviation, 2 : 1.
    ['risk-parity', { CALM: '66.6667%', WILD: '33.3333%', cash: '0%' }],
    ['maximum-diversification', { CALM: '66.6667%', WILD: '33.3333%', cash: '0%' }],
    // Losses on the days of −1% and of −2%: the worst day of w and 1 − w is the one on which both fall, and it is the mildest with
    // all in the calm one.
    ['minimum-cvar', { CALM: '100%', cash: '0%' }],
    // Without an opinion: what is held without one, the same of each.
    ['black-litterman', { CALM: '50%', WILD: '50%', cash: '0%' }],
  ])('%s holds %o', (name, expected) => {
    expect(percentsOf(decidedBy(name))).toEqual(expected);
  });
});

describe('limits', () => {
  it('hold for each symbol, and for some together', () => {
    expect(percentsOf(decidedBy('minimum-variance', CALM_AND_WILD, { most: 700_000 }))).toMatchObject({ CALM: '70%', WILD: '30%' });
    const limits = [{ of: ['WILD'], least: 450_000, most: 1_000_000 }];
    expect(percentsOf(decidedBy('minimum-variance', CALM_AND_WILD, { limits }))).toMatchObject({ CALM: '55%', WILD: '45%' });
  });

  it('that cannot be kept together are an answer in words', () => {
    const limits = [
      { of: ['WILD'], least: 0, most: 400_000 },
      { of: ['CALM'], least: 0, most: 500_000 },
    ];
    expect(decidedBy('minimum-variance', CALM_AND_WILD, { limits })).toEqual({
      kind: 'undefined',
      symbol: 'CALM, WILD',
      metric: 'minimum-variance',
      detail: `has no answer on ${dateAt(4)}: no weights keep all of its limits`,
    });
  });
});

describe('bounds of risk parity', () => {
  it.each([
    // Even risk would be 2 : 1, and inverse variance 4 : 1.
    ['risk-parity', { most: 600_000 }, { CALM: '60%', WILD: '40%' }],
    ['risk-parity', { limits: [{ of: ['WILD'], least: 0, most: 250_000 }] }, { CALM: '75%', WILD: '25%' }],
    ['hierarchical-risk-parity', { most: 600_000 }, { CALM: '60%', WILD: '40%' }],
    ['hierarchical-risk-parity', { limits: [{ of: ['WILD'], least: 300_000, most: 1_000_000 }] }, { CALM: '70%', WILD: '30%' }],
    ['risk-parity', { most: 900_000, least: 100_000 }, { CALM: '66.6667%', WILD: '33.3333%' }],
  ] as const)('%s keeps %o', (name, given, expected) => {
    expect(percentsOf(decidedBy(name, CALM_AND_WILD, given as Given))).toMatchObject(expected);
  });

  it.each(['risk-parity', 'hierarchical-risk-parity'])('%s has none of several symbols together, and says so', (name) => {
    const limits = [{ of: ['A', 'B'], least: 0, most: 500_000 }];
    expect(() => openRule(name, { of: ['A', 'B', 'C'], limits })).toThrow(
      'limits of risk-parity is a limit of A, B together, expected limits of one symbol each: it has none of several together, as minimum-variance has'.replace(
        'risk-parity',
        name,
      ),
    );
  });
});

describe('views', () => {
  const view = (earns: number, confidence: number, beyond: readonly string[] = []) => [{ of: ['WILD'], beyond, earns, confidence }];
  // A year of these days: variances of 0.0252 and 0.1008 by 252 · 4/4 · (0.01², 0.02²), divided by 3 days as a sample: 0.0336, 0.1344.
  it('of what the prior takes for granted change nothing', () => {
    // Half of the wild one: 2.5 · 0.5 · 0.1344 = 16.8 % a year.
    const held = percentsOf(decidedBy('black-litterman', CALM_AND_WILD, { views: view(16.8, 500_000) }));
    expect(held).toMatchObject({ CALM: '50%', WILD: '50%' });
  });

  it('move what is held as far as their confidence goes', () => {
    // Expected of the wild one: 16.8 % less half of the 8.4 % that the view is below it, so 12.6 %; of the calm one 4.2 % as before.
    // The best w has 2.5 · (0.1344w − 0.0336(1 − w)) = 0.126 − 0.042, so 0.168w = 0.0336 + 0.0336 and w = 40 %.
    expect(percentsOf(decidedBy('black-litterman', CALM_AND_WILD, { views: view(8.4, 500_000) }))).toMatchObject({ WILD: '40%' });
    // Of a confidence of one quarter: 14.7 %, so 0.168w = 0.042 + 0.0336, 45 %.
    expect(percentsOf(decidedBy('black-litterman', CALM_AND_WILD, { views: view(8.4, 250_000) }))).toMatchObject({ WILD: '45%' });
  });

  it('may be of one symbol beyond another', () => {
    // Taken for granted: 16.8 − 4.2 = 12.6 % more. A view of 0 % at a half takes half of it away: by τ(0.1344 + 0.0336) of which the
    // wild one takes 4/5, so 16.8 − 5.04 and 4.2 + 1.26; 0.168w = 0.063/2.5 + 0.0336, 35 %.
    expect(percentsOf(decidedBy('black-litterman', CALM_AND_WILD, { views: view(0, 500_000, ['CALM']) }))).toMatchObject({ WILD: '35%' });
  });

  it('begin at a prior of the owner, and keep the limits', () => {
    const prior = [{ symbol: 'CALM', weight: 1_000_000 }];
    expect(percentsOf(decidedBy('black-litterman', CALM_AND_WILD, { prior }))).toMatchObject({ CALM: '100%' });
    expect(percentsOf(decidedBy('black-litterman', CALM_AND_WILD, { prior, least: 100_000 }))).toMatchObject({ CALM: '90%', WILD: '10%' });
  });

  it('of what is not in the list are refused', () => {
    expect(() => openRule('black-litterman', { of: ['A', 'B'], views: view(5, 500_000) })).toThrow(
      /a view of WILD, expected symbols of the list/,
    );
    expect(() => openRule('black-litterman', { of: ['A', 'B'], prior: [{ symbol: 'C', weight: 1_000_000 }] })).toThrow(/a weight of C/);
  });
});

describe('a turnover', () => {
  const day = { asOf: dateAt(4), session: dateAt(5) };
  const rule = { kind: 'every', every: 'day' } as const;
  const lived = (turnover: number, held: Readonly<Record<string, bigint>> | undefined) => {
    const tree = treeOf('minimum-variance', { turnover });
    const rebalanced = held && {
      on: dateAt(4),
      targets: {
        weights: Object.entries(held).map(([symbol, weight]) => ({ symbol, weight })),
        cash: Object.values(held).reduce((rest, weight) => rest - weight, 1_000_000n),
      },
      branches: '',
      strategy: identityOf(tree, DEFAULT_OPTIONS),
    };
    const prior = { anchor: dateAt(0), asOf: dateAt(3), memories: {}, ...(rebalanced && { rebalanced }) };
    return decide(tree, rule, someHistory(CALM_AND_WILD), prior, day, DEFAULT_OPTIONS, undefined, quadraticSolver);
  };
  const weightsIn = (decision: ReturnType<typeof decide>) => percentsOf(decision as ReturnType<typeof evaluate>);

  it('is counted from what the strategy holds', () => {
    // It would be 80 and 20; of half and half no more than a tenth may go.
    expect(weightsIn(lived(100_000, { CALM: 500_000n, WILD: 500_000n }))).toMatchObject({ CALM: '60%', WILD: '40%' });
    expect(weightsIn(lived(400_000, { CALM: 500_000n, WILD: 500_000n }))).toMatchObject({ CALM: '80%', WILD: '20%' });
  });

  it('invests what lies in cash beside what it exchanges', () => {
    // An exit has left half of it in cash: that is invested, and a tenth is exchanged.
    expect(weightsIn(lived(100_000, { WILD: 500_000n }))).toMatchObject({ CALM: '60%', WILD: '40%' });
  });

  it('binds nobody who holds nothing yet, and is remembered from then on, also in every run', () => {
    const first = lived(100_000, undefined);
    expect(weightsIn(first)).toMatchObject({ CALM: '80%', WILD: '20%' });
    if (first.kind === 'undefined') throw new Error(first.detail);
    expect(first.state.rebalanced).toMatchObject({ on: dateAt(5), targets: first.targets });
  });

  it('of a prior of another strategy binds nobody', () => {
    const tree = treeOf('minimum-variance', { turnover: 100_000 });
    const rebalanced = {
      on: dateAt(4),
      targets: { weights: [{ symbol: 'WILD', weight: 1_000_000n }], cash: 0n },
      branches: '',
      strategy: 'other',
    };
    const prior = { anchor: dateAt(0), asOf: dateAt(3), memories: {}, rebalanced };
    const decision = decide(tree, rule, someHistory(CALM_AND_WILD), prior, day, DEFAULT_OPTIONS, undefined, quadraticSolver);
    expect(weightsIn(decision)).toMatchObject({ CALM: '80%', WILD: '20%' });
  });

  it('that cannot be kept together with the limits is an answer in words', () => {
    const tree = treeOf('minimum-variance', { turnover: 50_000, most: 600_000 });
    const rebalanced = {
      on: dateAt(4),
      targets: {
        weights: [
          { symbol: 'CALM', weight: 900_000n },
          { symbol: 'WILD', weight: 100_000n },
        ],
        cash: 0n,
      },
      branches: '',
      strategy: identityOf(tree, DEFAULT_OPTIONS),
    };
    const prior = { anchor: dateAt(0), asOf: dateAt(3), memories: {}, rebalanced };
    expect(decide(tree, rule, someHistory(CALM_AND_WILD), prior, day, DEFAULT_OPTIONS, undefined, quadraticSolver)).toMatchObject({
      kind: 'undefined',
      detail: `has no answer on ${dateAt(4)}: no weights keep all of its limits within a turnover of 5% from what is held`,
    });
  });
});

describe('strategies in the list of a construction', () => {
  const over = (name: string, given: Given, strategies: Readonly<Record<string, Tree>>): Tree => {
    const named = Object.entries(strategies).map(([each, child]) => ({ name: each, child }));
    const tree = treeOf(name, given);
    return tree.kind === 'ready-made' ? { ...tree, strategies: named } : tree;
  };
  const decidedOf = (tree: Tree, closes: Readonly<Record<string, readonly number[]>> = CALM_AND_WILD) =>
    evaluate(tree, someHistory(closes), undefined, dateAt(4), DEFAULT_OPTIONS, quadraticSolver);
  const alone = { calm: asset('CALM'), wild: asset('WILD') };

  it.each(['minimum-variance', 'minimum-cvar', 'black-litterman', 'maximum-diversification', 'risk-parity', 'hierarchical-risk-parity'])(
    'are measured by what they earn: of two that hold one symbol each %s is that of the symbols',
    (name) => {
      const expected = percentsOf(decidedBy(name));
      expect(percentsOf(decidedOf(over(name, { of: ['calm', 'wild'] }, alone)))).toEqual(expected);
      expect(percentsOf(decidedOf(over(name, { of: ['wild', 'CALM'] }, { wild: asset('WILD') })))).toEqual(expected);
    },
  );

  it('share what they get by their own weights', () => {
    // Half of the wild one in cash moves as the calm one does: each gets a half, and a quarter of all is cash.
    const half = specified(['50%', asset('WILD')], ['50%', CASH]);
    const tree = over('risk-parity', { of: ['CALM', 'tamed'] }, { tamed: half });
    expect(percentsOf(decidedOf(tree))).toEqual({ CALM: '50%', WILD: '25%', cash: '25%' });
  });

  it('are bounded by their names', () => {
    const limits = [{ of: ['calm'], least: 0, most: 600_000 }];
    expect(percentsOf(decidedOf(over('minimum-variance', { of: ['calm', 'wild'], limits }, alone)))).toMatchObject({ CALM: '60%' });
  });

  it('are held and looked at with all of their symbols, as far back as they look themselves', () => {
    const trend = inverseVolatility(10, asset('A'), asset('B'));
    const tree = over('risk-parity', { of: ['CALM', 'trend'], window: 20 }, { trend });
    expect(symbolsOf(tree)).toEqual(['A', 'B', 'CALM']);
    // Twenty returns of the strategy and the one before them, each decided on eleven closes before it.
    expect(closesNeeded(tree, DEFAULT_OPTIONS)).toBe(20 + 2 + 11);
  });

  it('without a return on a day of the window leave no answer, and are named', () => {
    const trend = inverseVolatility(3, asset('CALM'), asset('WILD'));
    expect(decidedOf(over('risk-parity', { of: ['CALM', 'trend'] }, { trend }))).toMatchObject({
      kind: 'undefined',
      detail: `has no answer on ${dateAt(4)}: trend lacks a return among the last 5 sessions`,
    });
  });

  it('make another strategy of the same list', () => {
    const [one, other] = [asset('CALM'), asset('WILD')].map((child) =>
      identityOf(over('risk-parity', { of: ['SPY', 'own'] }, { own: child }), DEFAULT_OPTIONS),
    );
    expect(one).not.toBe(other);
  });

  it('are told with their part, and then with their own steps', () => {
    const tree = over('risk-parity', { of: ['CALM', 'tamed'] }, { tamed: specified(['50%', asset('WILD')], ['50%', CASH]) });
    const grid = gridUntil(dateAt(4), someHistory(CALM_AND_WILD));
    const told = trace(tree, 4, evaluatorOf(compile(tree), grid, measure, undefined, quadraticSolver));
    expect(told.steps.map(({ reason }) => reason.kind).sort()).toEqual(['asset', 'asset', 'cash', 'ready-made', 'specified']);
    expect(told.steps[0]?.reason).toMatchObject({ parts: [{ symbol: 'CALM' }, { symbol: 'tamed' }] });
  });
});

describe('a construction has no answer', () => {
  it.each([
    ['where an asset does not move', { CALM: [100, 100, 100, 100, 100], WILD: swings(FAST, 0.02) }, 'CALM did not move over the window'],
    [
      'where two assets are one',
      { CALM: swings(FAST, 0.02), WILD: swings(FAST, 0.02) },
      'the covariance is singular: some symbols are sums of others, or the window is too short; shrinkage helps',
    ],
    [
      'where a close is missing in the window, though not today',
      { CALM: [100, 101, Number.NaN, 101, 100], WILD: swings(FAST, 0.02) },
      'CALM lacks a close among the last 5 sessions',
    ],
  ])('%s', (_, closes, why) => {
    expect(decidedBy('minimum-variance', closes)).toMatchObject({ kind: 'undefined', detail: `has no answer on ${dateAt(4)}: ${why}` });
  });

  it('where a close is missing today, and names the symbol', () => {
    const closes = { CALM: [100, 101, 100, 101, Number.NaN], WILD: swings(FAST, 0.02) };
    expect(decidedBy('risk-parity', closes)).toMatchObject({ kind: 'undefined', symbol: 'CALM', metric: 'current-price' });
  });

  it('where nothing earned more than the rate', () => {
    const falling = { CALM: [100, 99, 98.5, 97, 96], WILD: [100, 98, 99, 95, 94] };
    expect(decidedBy('maximum-sharpe', falling)).toMatchObject({
      detail: `has no answer on ${dateAt(4)}: nothing that its limits allow earned more than the rate`,
    });
  });

  it('without the solver that it needs, instead of other weights', () => {
    const decided = evaluate(treeOf('minimum-variance'), someHistory(CALM_AND_WILD), undefined, dateAt(4), DEFAULT_OPTIONS);
    expect(decided).toMatchObject({
      kind: 'undefined',
      detail: `has no answer on ${dateAt(4)}: this program was built without the solver that it needs`,
    });
  });
});

it('tells what each symbol brings of the variance', () => {
  const tree = treeOf('minimum-variance');
  const grid = gridUntil(dateAt(4), someHistory(CALM_AND_WILD));
  const { steps } = trace(tree, 4, evaluatorOf(compile(tree), grid, measure, undefined, quadraticSolver));
  const reason = steps[0]?.reason;
  if (reason?.kind !== 'ready-made') throw new Error('no reason');
  // The least variance is where both have the same marginal variance, so that risk goes as the weights: 80% and 20%.
  expect(reason.parts?.map(({ symbol, risk = 0 }) => [symbol, Number(risk.toFixed(9))])).toEqual([
    ['CALM', 0.8],
    ['WILD', 0.2],
  ]);
});

it('tells of a decision that it has none why', () => {
  const tree = treeOf('minimum-variance');
  const grid = gridUntil(dateAt(4), someHistory({ CALM: [100, 100, 100, 100, 100], WILD: swings(FAST, 0.02) }));
  const told = trace(tree, 4, evaluatorOf(compile(tree), grid, measure, undefined, quadraticSolver));
  expect(told).toMatchObject({
    weights: null,
    steps: [{ reason: { parts: null, why: 'CALM did not move over the window' } }],
    undefinedParts: [{ why: 'unsolved', words: 'CALM did not move over the window', stops: true }],
  });
});

it('holds the same to the last bit in whatever order the file has its symbols', () => {
  const closes = { A: [100, 101, 99, 102, 100, 103], B: [50, 50.4, 51, 50, 49, 50.2], C: [10, 10.1, 10.05, 10.2, 10.1, 10.3] };
  for (const name of [
    'minimum-variance',
    'minimum-cvar',
    'black-litterman',
    'maximum-diversification',
    'risk-parity',
    'hierarchical-risk-parity',
  ]) {
    const [first, ...others] = [
      ['A', 'B', 'C'],
      ['C', 'A', 'B'],
      ['B', 'C', 'A'],
    ].map((of) => {
      const tree = treeOf(name, { of, window: 5, ...(name === 'minimum-cvar' ? {} : { shrinkage: 'ledoit-wolf' }) });
      return evaluate(tree, someHistory(closes), undefined, dateAt(5), DEFAULT_OPTIONS, quadraticSolver);
    });
    expect(first?.kind, name).toBe('weights');
    for (const other of others) expect(other.kind === 'weights' && other.targets).toEqual(first?.kind === 'weights' && first.targets);
  }
});

it('reads one close more than its window', () => {
  expect(closesNeeded(treeOf('risk-parity', { window: 60 }), DEFAULT_OPTIONS)).toBe(61);
});

it('refuses parameters that no weights can keep', () => {
  expect(() => openRule('minimum-variance', { of: ['A', 'B'], least: 600_000 })).toThrow(
    /60% for each of 2 symbols, expected no more than 100% together/,
  );
  expect(() => openRule('minimum-variance', { of: ['A', 'B'], most: 400_000 })).toThrow(
    /40% for each of 2 symbols, expected at least 100% together/,
  );
  expect(() => openRule('minimum-variance', { of: ['A', 'B'], limits: [{ of: ['C'], least: 0, most: 1 }] })).toThrow(/a limit of C/);
  expect(() => openRule('risk-parity', { of: ['A', 'B'], window: 2, shrinkage: 'none' })).toThrow(/expected more than 2/);
  expect(() => openRule('risk-parity', { of: ['A', 'B'], most: 400_000 })).toThrow(/at least 100% together/);
  expect(() => openRule('minimum-cvar', { of: ['A', 'B'], window: 10 })).toThrow(
    'window of minimum-cvar is 10 days, of which the worst 5% are less than one, expected at least 20',
  );
});

it('says of which strategies a deployment needs a solver', () => {
  const sleevesOf = (name: string) => ({ sleeves: [{ strategy: { kind: 'group', name: 'x', child: treeOf(name) } as const }] });
  expect(needsSolver(sleevesOf('minimum-variance'))).toBe(true);
  expect(needsSolver(sleevesOf('black-litterman'))).toBe(true);
  expect(needsSolver(sleevesOf('risk-parity'))).toBe(false);
  expect(needsSolver(sleevesOf('minimum-cvar'))).toBe(false);
});
