// How far back a program looks, so that no more history is read than decides, and no less.
import { indicatorNamed } from '../indicators/indicators.ts';
import type { StrategyOptions } from '../options.ts';
import type { DailyMetric, Metric, NamedIndicator } from '../tree.ts';
import { columnsWeighed } from './masses.ts';
import { dailyOf, indicatorOf } from './metric-inputs.ts';
import { childrenOfNode } from './node.ts';
import type { Program } from './program.ts';

/**
 * After so many times its window an average that never forgets keeps a ten-millionth of how it began: e^-16. An
 * exponential mean (α = 2/(n+1)) forgets twice as fast as Wilder's smoothing (α = 1/n).
 */
const EXPONENTIAL_WINDOWS = 8;
const WILDER_WINDOWS = 16;
/** Of what remembers everything, ten years: a drawdown is one from the highest close of these. */
const NEVER_FORGETS = 2_520;
const SESSIONS_MAX = { weekly: 5, monthly: 23 } as const;

/** Closes up to and including the day decided on; 0 when prices decide nothing. */
export function historyNeeded(program: Program): number {
  const ofNode: number[] = [];
  const ofColumn = (number: number): number => {
    const column = program.columns[number];
    if (column === undefined) return 0;
    if (column.kind === 'dated') return column.dated.ageMax + 1;
    return closesOf(column.metric, program.options) + (column.kind === 'node' ? (ofNode[column.node] ?? 0) : 0);
  };
  const ofBelow = (child: number): number => ofNode[child] ?? 0;
  const ofTests = testNeeds(program, ofColumn);
  for (const node of program.nodes) {
    switch (node.kind) {
      case 'asset':
      case 'cash':
        ofNode.push(0);
        break;
      case 'if':
        ofNode.push(Math.max(ofTests[node.test] ?? 0, largest(columnsWeighed(node), ofColumn), largest(childrenOfNode(node), ofBelow)));
        break;
      case 'target':
        ofNode.push(Math.max(ofColumn(node.column), ofBelow(node.child)));
        break;
      case 'fixed':
        ofNode.push(largest(node.children, ofBelow));
        break;
      case 'spliced':
        ofNode.push(Math.max(largest(columnsWeighed(node), ofColumn), largest(node.children, ofBelow)));
        break;
      case 'rule':
        ofNode.push(Math.max(node.rule.sessionsToSettle + largest(node.columns, ofColumn), largest(node.children, ofBelow)));
        break;
      case 'inverse':
      case 'filter':
        ofNode.push(Math.max(largest(node.columns, ofColumn), largest(columnsWeighed(node), ofColumn), largest(node.children, ofBelow)));
        break;
    }
  }
  return ofNode[program.root] ?? 0;
}

function testNeeds(program: Program, ofColumn: (number: number) => number): number[] {
  const needs: number[] = [];
  for (const test of program.tests) {
    if (test.kind === 'compare')
      needs.push(Math.max(...[test.left, test.right].map((side) => (side.kind === 'column' ? ofColumn(side.column) : 0))));
    else if (test.kind === 'not') needs.push(needs[test.test] ?? 0);
    else needs.push(largest(test.tests, (part) => needs[part] ?? 0));
  }
  return needs;
}

/** A loop, as a list of arguments has its bounds and a list of children has none. */
function largest(numbers: readonly number[], closes: (number: number) => number): number {
  let most = 0;
  for (const number of numbers) most = Math.max(most, closes(number));
  return most;
}

/** Whether its value depends on where the history begins, however little. */
export function neverForgets(metric: Metric): boolean {
  const daily = dailyOf(metric);
  if (daily.name === 'indicator') return indicatorOf(daily).indicator.memory === 'whole-history';
  return indicatorNamed(daily.name)?.memory === 'whole-history';
}

/** How many closes of days the metric looks at, or has long forgotten what was before them. */
export function closesOf(metric: Metric, options: StrategyOptions): number {
  // A mean that is seeded late begins to forget one window later.
  const exponentialWindows = options.emaSeed === 'mean' ? EXPONENTIAL_WINDOWS + 1 : EXPONENTIAL_WINDOWS;
  switch (metric.name) {
    case 'current-price':
      return 1;
    case 'rsi':
      return WILDER_WINDOWS * metric.window + 1;
    case 'exponential-moving-average-price':
      return exponentialWindows * metric.window + 1;
    case 'percentage-price-oscillator':
      return exponentialWindows * Math.max(metric.short, metric.long) + 1;
    case 'percentage-price-oscillator-signal':
      return exponentialWindows * (Math.max(metric.short, metric.long) + metric.smooth) + 1;
    case 'indicator':
      return closesOfIndicator(metric);
    case 'weekly':
    case 'monthly':
      // The period that is still open, and a first one that is whole.
      return isForgetful(metric.of) ? (closesOf(metric.of, options) + 1) * SESSIONS_MAX[metric.name] : closesOf(metric.of, options);
    default:
      return metric.window + 1;
  }
}

function closesOfIndicator(metric: NamedIndicator): number {
  const { indicator, output } = indicatorOf(metric);
  if (!isForgetful(metric)) return NEVER_FORGETS;
  const needed = output.closesNeeded(metric.given);
  return indicator.memory === 'window' ? needed : WILDER_WINDOWS * needed + 1;
}

/** Without a window to fade away by, all that was ever read counts. */
function isForgetful(metric: DailyMetric): boolean {
  if (metric.name !== 'indicator') return true;
  const { memory, parameters } = indicatorOf(metric).indicator;
  return memory === 'window' || Object.keys(parameters).length > 0;
}
