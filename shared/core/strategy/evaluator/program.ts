// A strategy tree compiled once: every distinct node, condition and measured column has one number, children come
// before parents, and nothing is ever evaluated twice. Iterative over depth: the native stack never grows with the tree.
import { WHOLE } from '../../values/weight.ts';
import { DEFAULT_OPTIONS, type StrategyOptions } from '../options.ts';
import { openRule } from '../ready-made/ready-mades.ts';
import { type Condition, childrenOf, type Expression, type Metric, type Tree } from '../tree.ts';
import { Interned } from './interned.ts';
import { benchmarkOf } from './metric-inputs.ts';
import type { Measured, Node, Operand, Test } from './node.ts';
import { postOrder } from './post-order.ts';
import { keyOfMeasured, keyOfNode, keyOfRule, keyOfTest } from './program-keys.ts';
import { candidatesOf, tieOrder } from './ranking.ts';
import { isSpliced, type Mass, type Members, membersOf } from './splice.ts';
import { dailyDeviation } from './volatility.ts';

export interface Program {
  readonly options: StrategyOptions;
  readonly nodes: readonly Node[];
  readonly tests: readonly Test[];
  readonly columns: readonly Measured[];
  readonly root: number;
  /** Every symbol that is held or looked at, ascending. */
  readonly symbols: readonly string[];
}

/** @throws RangeError for a tree that no schema would have let through: no children, weights of zero, a selection of none. */
export function compile(tree: Tree, options: StrategyOptions = DEFAULT_OPTIONS): Program {
  const nodes = new Interned(keyOfNode);
  const tests = new Interned(keyOfTest);
  const columns = new Interned(keyOfMeasured);
  const numberOf = new Map<Tree, number>();
  const numberOfTest = new Map<Condition, number>();

  const operandOf = (expression: Expression): Operand => {
    if (expression.kind === 'constant') {
      if (!Number.isFinite(expression.value)) throw new RangeError(`a comparison with ${expression.value}`);
      return { kind: 'constant', value: expression.value };
    }
    return { kind: 'column', column: columns.number({ kind: 'symbol', metric: expression.metric, symbol: expression.symbol }) };
  };
  const testOf = (condition: Condition): number => {
    postOrder(condition, partsOf, numberOfTest, (each) => numberOfTest.set(each, tests.number(compiledTest(each))));
    return known(numberOfTest, condition);
  };
  const compiledTest = (condition: Condition): Test => {
    switch (condition.kind) {
      case 'compare':
        return { kind: 'compare', left: operandOf(condition.left), comparator: condition.comparator, right: operandOf(condition.right) };
      case 'not':
        return { kind: 'not', test: known(numberOfTest, condition.condition) };
      case 'all':
      case 'any':
        return { kind: condition.kind, tests: condition.conditions.map((each) => known(numberOfTest, each)) };
    }
  };
  /** An asset, and what stands in for one, is measured by its own closes; anything else, a group around it too, by its simulated series. */
  const columnOf = (metric: Metric, child: Tree): number =>
    columns.number(
      child.kind === 'asset' || child.kind === 'stand-in'
        ? { kind: 'symbol', metric, symbol: child.symbol }
        : { kind: 'node', metric, node: known(numberOf, child) },
    );
  /** By what is spliced into blocks of that kind: equal ones, or inverse volatilities of one window. */
  const splicedInto = new Map<number | 'equal', Map<Tree, number>>();
  const splicedBlock = (children: readonly Tree[], kind: number | 'equal', massOf: (child: Tree) => Mass): Node => {
    const done = splicedInto.get(kind) ?? new Map<Tree, number>();
    splicedInto.set(kind, done);
    const add = (each: Tree, members: Members): number => nodes.number(splicedNode(each, members));
    const numberOfChild = (child: Tree): number => known(numberOf, child);
    return { kind: 'spliced', ...membersOf(children, { options, done, numberOf: numberOfChild, massOf, add }) };
  };
  const splicedNode = (each: Tree, { children, masses }: Members): Node => {
    if (each.kind === 'equal') return { kind: 'spliced', children, masses };
    const one = nodes.at(known(numberOf, each));
    if (one.kind === 'filter') return { ...one, children, masses };
    const [taken, otherwise] = children;
    if (one.kind !== 'if' || taken === undefined || otherwise === undefined) throw new Error(`${each.kind} cannot be spliced`);
    // biome-ignore lint/suspicious/noThenProperty: a word of the language; nothing ever awaits a node
    return { ...one, then: taken, otherwise, masses };
  };
  const compiledNode = (each: Tree): Node => {
    switch (each.kind) {
      case 'asset':
        return { kind: 'asset', symbol: each.symbol };
      case 'cash':
        return { kind: 'cash' };
      case 'group':
      case 'stand-in':
        return nodes.at(known(numberOf, each.child));
      case 'equal':
        if (each.children.some((child) => isSpliced(child, options))) return splicedBlock(each.children, 'equal', () => ({ kind: 'one' }));
        return fixedParts(each.children.map((child) => ({ part: 1 / each.children.length, node: known(numberOf, child) })));
      case 'specified':
        return fixedParts(
          each.children.map(({ weight, child }) => ({ part: Number(weight) / Number(WHOLE), node: known(numberOf, child) })),
        );
      case 'inverse-volatility': {
        requireChildren(each);
        const metric: Metric = { name: 'stdev-return', window: each.window };
        if (each.children.some((child) => isSpliced(child, options)))
          return splicedBlock(each.children, each.window, (child) => ({ kind: 'inverse', column: columnOf(metric, child) }));
        return {
          kind: 'inverse',
          children: each.children.map((child) => known(numberOf, child)),
          columns: each.children.map((child) => columnOf(metric, child)),
        };
      }
      case 'volatility-target': {
        const metric: Metric = { name: 'stdev-return', window: each.window };
        return {
          kind: 'target',
          child: known(numberOf, each.child),
          column: columnOf(metric, each.child),
          target: dailyDeviation(each.annual),
        };
      }
      case 'if':
        // biome-ignore lint/suspicious/noThenProperty: a word of the language; nothing ever awaits a node
        return { kind: 'if', test: testOf(each.condition), then: known(numberOf, each.then), otherwise: known(numberOf, each.otherwise) };
      case 'ready-made': {
        const rule = openRule(each.name, each.given);
        const strategies = new Map(each.strategies?.map(({ name, child }) => [name, child]));
        const assets = rule.holds.map((symbol): Tree => strategies.get(symbol) ?? { kind: 'asset', symbol });
        for (const asset of assets) if (!numberOf.has(asset)) numberOf.set(asset, nodes.number(compiledNode(asset)));
        return {
          kind: 'rule',
          name: each.name,
          key: keyOfRule(each.name, each.given, options),
          rule,
          children: assets.map((asset) => known(numberOf, asset)),
          assets,
          columns: rule.looksAt.map((look) => {
            if ('dated' in look) return columns.number({ kind: 'dated', ...look });
            const strategy = strategies.get(look.symbol);
            return columns.number(
              strategy === undefined ? { kind: 'symbol', ...look } : { kind: 'node', metric: look.metric, node: known(numberOf, strategy) },
            );
          }),
          ...(strategies.size === 0 ? {} : { hasStrategies: true }),
        };
      }
      case 'filter': {
        requireChildren(each);
        if (!(Number.isSafeInteger(each.count) && each.count > 0))
          throw new RangeError(`a filter selects ${each.count}, expected at least 1`);
        const candidates = candidatesOf(each, options);
        return {
          kind: 'filter',
          select: each.select,
          count: each.count,
          children: candidates.map((child) => known(numberOf, child)),
          columns: candidates.map((child) => columnOf(each.by, child)),
          ties: tieOrder(candidates.map((child) => (child.kind === 'asset' || child.kind === 'stand-in' ? child.symbol : ''))),
        };
      }
    }
  };

  postOrder(tree, childrenOf, numberOf, (each) => numberOf.set(each, nodes.number(compiledNode(each))));
  const symbols = new Set<string>();
  for (const node of nodes.all) if (node.kind === 'asset') symbols.add(node.symbol);
  for (const column of columns.all) {
    const benchmark = column.kind === 'dated' ? undefined : benchmarkOf(column.metric);
    if (column.kind === 'symbol') symbols.add(column.symbol);
    if (benchmark !== undefined) symbols.add(benchmark);
  }
  return {
    options,
    nodes: nodes.all,
    tests: tests.all,
    columns: columns.all,
    root: known(numberOf, tree),
    symbols: [...symbols].sort(),
  };
}

function requireChildren({ kind, children }: { readonly kind: string; readonly children: readonly Tree[] }): void {
  if (children.length === 0) throw new RangeError(`${kind} needs a child`);
}

function fixedParts(all: readonly { readonly part: number; readonly node: number }[]): Node {
  const parts = all.filter(({ part }) => part !== 0);
  if (parts.length === 0) throw new RangeError('a weight block needs a child with a weight above zero');
  const [only] = parts;
  return {
    kind: 'fixed',
    children: parts.map(({ node }) => node),
    parts: parts.length === 1 && only !== undefined ? [1] : parts.map(({ part }) => part),
  };
}

function partsOf(condition: Condition): readonly Condition[] {
  if (condition.kind === 'compare') return [];
  return condition.kind === 'not' ? [condition.condition] : condition.conditions;
}

function known<Key>(numbers: ReadonlyMap<Key, number>, key: Key): number {
  const number = numbers.get(key);
  if (number === undefined) throw new Error('a parent was compiled before its child');
  return number;
}
