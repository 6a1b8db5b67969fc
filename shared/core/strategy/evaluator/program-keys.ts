// The texts by which equal nodes, tests and columns of a program are found to be equal. They spell out everything that
// tells one value from another; symbols come last, as they may hold any sign.

import { DEFAULT_OPTIONS, type StrategyOptions } from '../options.ts';
import { fingerprint } from '../ready-made/fingerprint.ts';
import type { Given } from '../ready-made/given.ts';
import type { Metric } from '../tree.ts';
import type { Measured, Node, Operand, Test } from './node.ts';
import type { Mass } from './splice.ts';

export function keyOfNode(node: Node): string {
  switch (node.kind) {
    case 'asset':
      return `asset ${node.symbol}`;
    case 'cash':
      return 'cash';
    case 'fixed':
      return `fixed ${node.children} ${node.parts}`;
    case 'inverse':
      return `inverse ${node.children} ${node.columns}`;
    case 'spliced':
      return `spliced ${node.children} ${keyOfMasses(node.masses)}`;
    case 'target':
      return `target ${node.child} ${node.column} ${node.target}`;
    case 'if':
      return `if ${node.test} ${node.then} ${node.otherwise} ${keyOfMasses(node.masses)}`;
    case 'filter':
      return `${node.select} ${node.count} ${node.children} ${node.columns} ${keyOfMasses(node.masses)}`;
    case 'rule':
      return node.hasStrategies === true ? `${node.key} ${node.children} ${node.columns}` : node.key;
  }
}

function keyOfMasses(masses: readonly Mass[] = []): string {
  return masses.map((mass) => (mass.kind === 'one' ? 'one' : mass.kind === 'sum' ? `#${mass.node}` : `/${mass.column}`)).join();
}

/** What a rule remembers was lived by its options too: under others it begins without a memory. */
export function keyOfRule(name: string, given: Given, options: StrategyOptions): string {
  const changed = changedOptions(options);
  const by = changed.length === 0 ? sorted(given) : [sorted(given), changed];
  return `${name} ${fingerprint(JSON.stringify(by))}`;
}

/** Those that are not the usual ones, by name. */
export function changedOptions(options: StrategyOptions): readonly (readonly [string, unknown])[] {
  return sorted(options).filter(([option, value]) => value !== DEFAULT_OPTIONS[option as keyof StrategyOptions]);
}

function sorted(named: object): [string, unknown][] {
  return Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1));
}

export function keyOfTest(test: Test): string {
  switch (test.kind) {
    case 'compare':
      return `${keyOfOperand(test.left)} ${test.comparator} ${keyOfOperand(test.right)}`;
    case 'not':
      return `not ${test.test}`;
    case 'all':
    case 'any':
      return `${test.kind} ${test.tests}`;
  }
}

function keyOfOperand(operand: Operand): string {
  return operand.kind === 'constant' ? `=${operand.value}` : `#${operand.column}`;
}

export function keyOfMeasured(measured: Measured): string {
  if (measured.kind === 'dated') return `${measured.metric.name} ${JSON.stringify(measured.dated)} of ${measured.symbol}`;
  return `${keyOfMetric(measured.metric)} ${measured.kind === 'node' ? `#${measured.node}` : `of ${measured.symbol}`}`;
}

function keyOfMetric(metric: Metric): string {
  switch (metric.name) {
    case 'current-price':
      return metric.name;
    case 'percentage-price-oscillator':
      return `${metric.name} ${metric.short} ${metric.long}`;
    case 'percentage-price-oscillator-signal':
      return `${metric.name} ${metric.short} ${metric.long} ${metric.smooth}`;
    case 'bollinger-upper':
    case 'bollinger-lower':
      return `${metric.name} ${metric.window} ${metric.deviations}`;
    case 'indicator':
      return JSON.stringify([metric.indicator, metric.output, metric.given, metric.benchmark]);
    case 'weekly':
    case 'monthly':
      return `${metric.name} ${keyOfMetric(metric.of)}`;
    default:
      return `${metric.name} ${metric.window}`;
  }
}
