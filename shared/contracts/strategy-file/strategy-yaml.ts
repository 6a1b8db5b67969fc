// A strategy as a file of ours: the inverse of parse-strategy-yaml.ts. A subtree that occurs more than once, or that
// stands too deep to be read in place, becomes a part with a name of its own.
import { indicatorOf } from '../../core/strategy/evaluator/metric-inputs.ts';
import { readyMadeNamed } from '../../core/strategy/ready-made/ready-mades.ts';
import type {
  Condition,
  DailyMetric,
  Expression,
  Metric,
  Named,
  NamedIndicator,
  RebalanceRule,
  StrategyFile,
} from '../../core/strategy/tree.ts';
import { formatPercent } from '../../core/values/weight.ts';
import { plainDecimal } from './decimal-number.ts';
import { exitsYaml } from './exits-schema.ts';
import { writtenOptions } from './options-schema.ts';
import { parameterYaml } from './ready-made-schema.ts';
import { takeApart } from './take-apart.ts';
import type { WrittenTree } from './written-tree.ts';
import { block, blockLines, list, map, quoted, scalar, type YamlValue } from './yaml-block.ts';

/** The text of a strategy file; `parseStrategyYaml` reads the same strategy from it. Usual options are not written. */
export function strategyYaml({ name, description, rebalance, decideOn, exits, options, tree }: StrategyFile): string {
  const { tree: written, parts } = takeApart(tree);
  const chosen = writtenOptions(options);
  const sections: (readonly [string, YamlValue])[] = [
    ['strategy', quoted(name)],
    ...(description === undefined ? [] : ([['description', quoted(description)]] as const)),
    ['rebalance', rebalanceValue(rebalance)],
    ...(decideOn === undefined ? [] : ([['decide-on', scalar(decideOn)]] as const)),
    ...(exits === undefined ? [] : ([['exits', exitsYaml(exits)]] as const)),
    ...(chosen.length === 0 ? [] : ([['options', map(chosen.map(([key, word]) => [key, scalar(word)]))]] as const)),
    ['tree', treeValue(written)],
    ...(parts.length === 0 ? [] : ([['parts', map(parts.map((part) => [part.name, treeValue(part.tree)]))]] as const)),
  ];
  return `${blockLines(map(sections)).join('\n')}\n`;
}

function rebalanceValue(rule: RebalanceRule): YamlValue {
  switch (rule.kind) {
    case 'none':
      return scalar('none');
    case 'every':
      return map([['every', scalar(rule.every)]]);
    case 'corridor':
      return map([['corridor', scalar(formatPercent(rule.width))]]);
    default:
      return rule satisfies never;
  }
}

/** Recursion is safe: `takeApart` bounds how deep a part nests. */
function treeValue(node: WrittenTree): YamlValue {
  switch (node.kind) {
    case 'part':
      return map([['part', scalar(node.name)]]);
    case 'asset':
      return scalar(node.symbol);
    case 'cash':
      return scalar('cash');
    case 'equal':
      return map([['equal', list(node.children.map(treeValue))]]);
    case 'specified':
      return map([['specified', specifiedValue(node)]]);
    case 'inverse-volatility':
      return of('inverse-volatility', ['window', scalar(String(node.window))], ['of', list(node.children.map(treeValue))]);
    case 'volatility-target':
      return of(
        'volatility-target',
        ['annual', scalar(formatPercent(node.annual))],
        ['window', scalar(String(node.window))],
        ['of', treeValue(node.child)],
      );
    case 'group':
      return of('group', ['name', quoted(node.name)], ['of', treeValue(node.child)]);
    case 'stand-in':
      return of('stand-in', ['for', scalar(node.symbol)], ['of', treeValue(node.child)]);
    case 'if':
      return block([
        [
          'if',
          block([
            ['when', conditionValue(node.condition)],
            ['then', treeValue(node.then)],
            ['else', treeValue(node.otherwise)],
          ]),
        ],
      ]);
    case 'filter':
      return of(
        'filter',
        [node.select, scalar(String(node.count))],
        ['by', metricValue(node.by, undefined)],
        ['of', list(node.children.map(treeValue))],
      );
    case 'ready-made':
      return readyMadeValue(node);
    default:
      return node satisfies never;
  }
}

/** Every parameter, the usual ones too: another release may have other usual values. */
function readyMadeValue({ name, given, strategies = [] }: Extract<WrittenTree, { kind: 'ready-made' }>): YamlValue {
  const parameters = Object.entries(readyMadeNamed(name)?.parameters ?? {});
  return of(
    name,
    ...parameters.flatMap(([key, parameter]): (readonly [string, YamlValue])[] => {
      const value = given[key];
      if (value === undefined) return [];
      if (parameter.kind !== 'symbols' || strategies.length === 0) return [[key, parameterYaml(parameter, value)]];
      return [[key, list((value as readonly string[]).map((word) => memberValue(word, strategies)))]];
    }),
  );
}

function memberValue(word: string, strategies: readonly Named<WrittenTree>[]): YamlValue {
  const strategy = strategies.find(({ name }) => name === word);
  if (strategy === undefined) return scalar(word);
  return map([
    ['name', scalar(word)],
    ['of', treeValue(strategy.child)],
  ]);
}

function of(kind: string, ...entries: readonly (readonly [string, YamlValue])[]): YamlValue {
  return map([[kind, map(entries)]]);
}

/** By symbol where each part is another one, else as a list. */
function specifiedValue({ children }: Extract<WrittenTree, { kind: 'specified' }>): YamlValue {
  const names = children.map(({ child }) => (child.kind === 'asset' ? child.symbol : child.kind === 'cash' ? 'cash' : undefined));
  const isBySymbol = !names.includes(undefined) && new Set(names).size === names.length;
  return isBySymbol
    ? map(children.map(({ weight }, index) => [names[index] ?? '', scalar(formatPercent(weight))]))
    : list(
        children.map(({ weight, child }) =>
          map([
            ['weight', scalar(formatPercent(weight))],
            ['of', treeValue(child)],
          ]),
        ),
      );
}

function conditionValue(condition: Condition): YamlValue {
  switch (condition.kind) {
    case 'compare':
      return map([[condition.comparator, list([expressionValue(condition.left), expressionValue(condition.right)])]]);
    case 'all':
    case 'any':
      return map([[condition.kind, list(condition.conditions.map(conditionValue))]]);
    case 'not':
      return map([['not', conditionValue(condition.condition)]]);
    default:
      return condition satisfies never;
  }
}

function expressionValue(expression: Expression): YamlValue {
  return expression.kind === 'constant' ? scalar(plainDecimal(expression.value)) : metricValue(expression.metric, expression.symbol);
}

/** `{ rsi: [SPY, 10] }`, or `{ rsi: 10 }` without a symbol. */
function metricValue(metric: Metric, symbol: string | undefined): YamlValue {
  if ('of' in metric) return map([[metric.name, metricValue(metric.of, symbol)]]);
  if (metric.name === 'indicator') return indicatorValue(metric, symbol);
  const values = [...(symbol === undefined ? [] : [symbol]), ...parametersOf(metric).map(plainDecimal)].map(scalar);
  const [only, second] = values;
  if (only === undefined) return scalar(metric.name);
  return map([[metric.name, second === undefined ? only : list(values)]]);
}

/** `{ average-true-range: { of: SPY, window: 14 } }`, with all parameters, whatever will be usual one day. */
function indicatorValue(metric: NamedIndicator, symbol: string | undefined): YamlValue {
  const { place } = indicatorOf(metric);
  const words = { of: symbol, to: metric.benchmark, output: place === 0 ? undefined : metric.output };
  return of(
    metric.indicator,
    ...Object.entries(words).flatMap(([key, word]) => (word === undefined ? [] : [[key, scalar(word)] as const])),
    ...Object.entries(metric.given).map(
      ([name, value]) => [name, scalar(typeof value === 'number' ? plainDecimal(value) : value)] as const,
    ),
  );
}

function parametersOf(metric: Exclude<DailyMetric, NamedIndicator>): readonly number[] {
  switch (metric.name) {
    case 'current-price':
      return [];
    case 'percentage-price-oscillator':
      return [metric.short, metric.long];
    case 'percentage-price-oscillator-signal':
      return [metric.short, metric.long, metric.smooth];
    case 'bollinger-upper':
    case 'bollinger-lower':
      return [metric.window, metric.deviations];
    default:
      return [metric.window];
  }
}
