// What holds for every strategy on every history.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../../../shared/core/strategy/evaluator/program.ts';
import { DEFAULT_OPTIONS, type StrategyOptions } from '../../../../../shared/core/strategy/options.ts';
import type { Condition, Tree } from '../../../../../shared/core/strategy/tree.ts';
import { anyOptions } from '../../../../arbitraries/strategy-options.ts';
import { asset, equal } from '../../../../builders/strategy.ts';
import { anyCloses, anySessions, anyTree, DAYS } from './any-market.ts';
import {
  type Answer,
  answerOn,
  answersOn,
  type Closes,
  choose,
  gridOfCloses,
  group,
  is,
  metricOver,
  not,
  over,
  price,
  top,
} from './market.ts';
import { referenceWeights } from './reference.ts';

type Check = (tree: Tree, closes: Closes, sessions: readonly number[], options: StrategyOptions) => void;

/** Half of the time with the options that most strategies have. */
const options = fc.oneof(fc.constant(DEFAULT_OPTIONS), anyOptions);

function law(name: string, runs: number, check: Check): void {
  it(name, () => {
    fc.assert(
      fc.property(anyTree, anyCloses, anySessions, options, (tree, closes, sessions, chosen) => {
        check(tree, closes, sessions, chosen);
      }),
      { numRuns: runs },
    );
  });
}

function expectSameWeights(actual: Answer | undefined, expected: Readonly<Record<string, number>> | undefined): void {
  const weights = actual !== undefined && 'weights' in actual ? actual.weights : undefined;
  expect(weights === undefined).toBe(expected === undefined);
  for (const symbol of new Set([...Object.keys(weights ?? {}), ...Object.keys(expected ?? {})])) {
    expect(Math.abs((weights?.[symbol] ?? 0) - (expected?.[symbol] ?? 0))).toBeLessThan(1e-12);
  }
}

describe('any strategy on any history', () => {
  law('answers every day what the plain reference answers', 2_500, (tree, closes, sessions, options) => {
    for (const [day, answer] of answersOn(tree, gridOfCloses(closes, sessions), options).entries()) {
      expectSameWeights(answer, referenceWeights(tree, day, { closes, sessions, options }));
    }
  });

  law('answers for one day alone what it answers among all days, to the last bit', 300, (tree, closes, sessions, options) => {
    const answers = answersOn(tree, gridOfCloses(closes, sessions), options);
    expect(sessions.map((_, day) => answerOn(tree, closes, day, sessions, options))).toEqual(answers);
  });

  law('never looks ahead: what comes later changes no answer, to the last bit', 300, (tree, closes, sessions, options) => {
    const answers = answersOn(tree, gridOfCloses(closes, sessions), options);
    for (const until of [1, 4, 6]) {
      const cut = Object.fromEntries(Object.entries(closes).map(([symbol, each]) => [symbol, each.slice(0, until)]));
      const before = answersOn(
        tree,
        gridOfCloses(
          cut,
          sessions.filter((day) => day < until),
        ),
        options,
      );
      expect(before.map(withoutTheFuture)).toEqual(answers.slice(0, before.length).map(withoutTheFuture));
    }
  });

  law('divides exactly one: no weight is negative, and they sum with cash to one', 300, (tree, closes, sessions, options) => {
    for (const answer of answersOn(tree, gridOfCloses(closes, sessions), options)) {
      if (!('weights' in answer)) continue;
      const weights = Object.values(answer.weights);
      expect(weights.every((weight) => weight > 0 && weight <= 1 + 1e-12)).toBe(true);
      const held = weights.reduce((sum, weight) => sum + weight, 0);
      expect(held).toBeLessThanOrEqual(1 + 1e-12);
      if (!/"cash"|"volatility-target"/.test(textOf(tree))) expect(held).toBeGreaterThanOrEqual(1 - 1e-12);
    }
  });

  law('says who is undefined, and from a day on which that has a value', 300, (tree, closes, sessions, options) => {
    for (const answer of answersOn(tree, gridOfCloses(closes, sessions), options)) {
      if (!('undefined' in answer)) continue;
      expect(answer.undefined).toMatch(/^([A-D]|NONE|a group of .*)$/);
      expect(answer.definedFrom ?? 0).toBeLessThan(sessions.length);
    }
  });

  law('does not depend on the order in which the symbols are given', 100, (tree, closes, sessions) => {
    const reversed = Object.fromEntries(Object.entries(closes).reverse());
    expect(answersOn(tree, gridOfCloses(reversed, sessions))).toEqual(answersOn(tree, gridOfCloses(closes, sessions)));
  });

  law('does not depend on symbols that it does not name', 100, (tree, closes, sessions) => {
    const more = { ...closes, OTHER: Array.from({ length: DAYS }, () => 1) };
    expect(answersOn(tree, gridOfCloses(more, sessions))).toEqual(answersOn(tree, gridOfCloses(closes, sessions)));
  });

  law('does not depend on the order of children, where the values are not the same', 300, (tree, closes, sessions) => {
    const answers = answersOn(tree, gridOfCloses(closes, sessions));
    const turned = answersOn(turnedRound(tree), gridOfCloses(closes, sessions));
    for (const [day, answer] of answers.entries()) {
      expectSameWeights(turned[day], 'weights' in answer ? answer.weights : undefined);
    }
  });

  law('does not depend on whether equal subtrees are one object or many', 200, (tree, closes, sessions) => {
    const twice = equal(tree, structuredClone(tree), tree);
    const once = compile(equal(tree, tree, tree));
    const copied = compile(twice);
    expect([copied.nodes, copied.tests, copied.columns]).toEqual([once.nodes, once.tests, once.columns]);
    const answers = answersOn(tree, gridOfCloses(closes, sessions));
    for (const [day, answer] of answersOn(twice, gridOfCloses(closes, sessions)).entries()) {
      const alone = answers[day];
      expectSameWeights(answer, alone !== undefined && 'weights' in alone ? alone.weights : undefined);
    }
  });

  law('does not depend on the scale of the prices, where only returns are compared', 100, (tree, closes, sessions) => {
    if (/price|bollinger|indicator/.test(textOf(tree))) return;
    const doubled = Object.fromEntries(Object.entries(closes).map(([symbol, each]) => [symbol, each.map((close) => close && close * 2)]));
    expect(answersOn(tree, gridOfCloses(doubled, sessions))).toEqual(answersOn(tree, gridOfCloses(closes, sessions)));
  });
});

/** The day from which a value exists may lie ahead: it is told, and decides nothing. */
function withoutTheFuture(answer: Answer): unknown {
  return 'undefined' in answer ? { undefined: answer.undefined, metric: answer.metric } : answer;
}

function textOf(tree: Tree): string {
  return JSON.stringify(tree, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

/** Every list of children the other way round, but those of filters, where the order decides between the same values. */
function turnedRound(tree: Tree): Tree {
  switch (tree.kind) {
    case 'asset':
    case 'cash':
    case 'ready-made':
      return tree;
    case 'group':
    case 'stand-in':
    case 'volatility-target':
      return { ...tree, child: turnedRound(tree.child) };
    case 'specified':
      return { ...tree, children: tree.children.map(({ weight, child }) => ({ weight, child: turnedRound(child) })).reverse() };
    case 'if':
      return choose(turnedCondition(tree.condition), turnedRound(tree.then), turnedRound(tree.otherwise));
    case 'equal':
    case 'inverse-volatility':
      return { ...tree, children: tree.children.map(turnedRound).reverse() };
    case 'filter':
      // A symbol that is named twice stays one name: only the order of the file between subtrees may decide.
      return { ...tree, children: tree.children.every(({ kind }) => kind === 'asset') ? tree.children.toReversed() : tree.children };
  }
}

function turnedCondition(condition: Condition): Condition {
  if (condition.kind === 'compare') return condition;
  if (condition.kind === 'not') return { ...condition, condition: turnedCondition(condition.condition) };
  return { ...condition, conditions: condition.conditions.map(turnedCondition).reverse() };
}

describe('a very deep or very repetitive strategy', () => {
  const closes: Closes = { A: [1, 2, 3, 4], B: [4, 3, 2, 1] };

  it('of depth 3,000 is evaluated, and so is its series', () => {
    let branches: Tree = asset('A');
    let groups: Tree = asset('A');
    for (let depth = 0; depth < 3_000; depth += 1) {
      branches = choose(is(price('A'), 'gt', depth % 2), branches, asset('B'));
      groups = group(equal(groups));
    }
    expect(answerOn(branches, closes, 3)).toEqual({ weights: { A: 1 } });
    expect(answerOn(groups, closes, 3)).toEqual({ weights: { A: 1 } });
    expect(metricOver(groups, over('cumulative-return', 1), closes)).toEqual([Number.NaN, 100, 50, expect.closeTo(100 / 3, 9)]);
  });

  it('of 3,000 filters, each over the series of the next, is evaluated', () => {
    // On day 1 only the innermost knows A's return, all others take B; from day 2 on every one is at least as good as B.
    let tree: Tree = asset('A');
    for (let depth = 0; depth < 3_000; depth += 1) tree = top(1, over('cumulative-return', 1), tree, asset('B'));
    expect(answersOn(tree, gridOfCloses(closes)).slice(1)).toEqual([{ weights: { B: 1 } }, { weights: { A: 1 } }, { weights: { A: 1 } }]);
  });

  it('with a condition of depth 100,000 is evaluated', () => {
    let condition = is(price('A'), 'gt', 0);
    for (let depth = 0; depth < 100_000; depth += 1) condition = not(condition);
    expect(answerOn(choose(condition, asset('A'), asset('B')), closes, 3)).toEqual({ weights: { A: 1 } });
  });

  it('that uses one subtree twice at each of 60 levels costs 60 nodes, not 2⁶⁰', () => {
    let tree: Tree = choose(is(price('A'), 'gt', 0), asset('A'), asset('B'));
    for (let level = 0; level < 60; level += 1) tree = equal(tree, tree);
    expect(compile(tree).nodes).toHaveLength(63);
    expect(answerOn(tree, closes, 3)).toEqual({ weights: { A: 1 } });
  });
});
