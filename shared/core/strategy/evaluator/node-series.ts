// The simulated series of a node: what its weights at the end of one day earn on the next. Metrics over groups are
// measured on it. It starts at 1 on the first day its weights are defined and starts anew after a day on which they
// are not, or on which a held asset has no bar.
import type { Metric } from '../tree.ts';
import { isDefined } from './defined.ts';
import { childrenOfNode, type Program } from './program.ts';
import type { Measure, Split } from './split.ts';

export interface NodeSeries {
  /** Return earned on each day by the weights of the day before; NaN where there is none. */
  readonly returns: Float64Array;
  /** 1 where the weights at the end of the day are defined. */
  readonly isDefined: Uint8Array;
}

export interface SeriesWorld {
  readonly program: Program;
  readonly length: number;
  readonly series: Map<number, NodeSeries>;
  readonly split: (node: number, day: number) => Split | undefined;
  readonly closesOf: (symbol: string) => Float64Array;
}

/** Children first, without recursion: a node's number is larger than those below it. */
export function seriesOf(node: number, world: SeriesWorld): NodeSeries {
  for (const number of below(node, world)) {
    if (!world.series.has(number)) world.series.set(number, simulate(number, world));
  }
  const found = world.series.get(node);
  if (found === undefined) throw new Error(`node ${node} has no series`);
  return found;
}

function below(root: number, { program, series }: SeriesWorld): number[] {
  const wanted = new Set([root]);
  const open = [root];
  for (let number = open.pop(); number !== undefined; number = open.pop()) {
    if (series.has(number)) continue;
    for (const child of childrenOfNode(program.nodes[number])) {
      if (wanted.has(child)) continue;
      wanted.add(child);
      open.push(child);
    }
  }
  return [...wanted].sort((a, b) => a - b);
}

function simulate(number: number, world: SeriesWorld): NodeSeries {
  const node = world.program.nodes[number];
  if (node?.kind === 'asset') return assetSeries(world.closesOf(node.symbol));
  if (node?.kind === 'cash') return { returns: new Float64Array(world.length), isDefined: new Uint8Array(world.length).fill(1) };
  const returns = new Float64Array(world.length).fill(Number.NaN);
  const defined = new Uint8Array(world.length);
  for (let day = 0; day < world.length; day += 1) {
    const split = world.split(number, day);
    if (split === undefined || !split.children.every((child) => world.series.get(child)?.isDefined[day] === 1)) continue;
    defined[day] = 1;
    if (day + 1 < world.length) returns[day + 1] = earned(split, day + 1, world.series);
  }
  return { returns, isDefined: defined };
}

function earned({ children, parts }: Split, day: number, series: ReadonlyMap<number, NodeSeries>): number {
  let sum = 0;
  for (let place = 0; place < children.length; place += 1) {
    sum += (parts[place] as number) * (series.get(children[place] as number)?.returns[day] ?? Number.NaN);
  }
  return sum;
}

function assetSeries(closes: Float64Array): NodeSeries {
  const returns = new Float64Array(closes.length).fill(Number.NaN);
  const defined = new Uint8Array(closes.length);
  for (let day = 0; day < closes.length; day += 1) {
    const close = closes[day];
    if (!isDefined(close)) continue;
    defined[day] = 1;
    if (day > 0) returns[day] = close / (closes[day - 1] ?? Number.NaN) - 1;
  }
  return { returns, isDefined: defined };
}

/** The metric on each unbroken stretch of the series. Metrics of a price level say nothing of a series that starts at 1. */
export function metricOfSegments(metric: Metric, { returns, isDefined: defined }: NodeSeries, measure: Measure): Float64Array {
  const column = new Float64Array(returns.length).fill(Number.NaN);
  if (isPriceLevel(metric)) return column;
  for (let start = 0; start < returns.length; ) {
    if (defined[start] !== 1) {
      start += 1;
      continue;
    }
    const values = [1];
    let end = start + 1;
    while (end < returns.length && defined[end - 1] === 1 && isDefined(returns[end])) {
      values.push((values.at(-1) as number) * (1 + (returns[end] as number)));
      end += 1;
    }
    column.set(measure(metric, Float64Array.from(values)), start);
    // Where the stretch ended at a missing return, the day of that return is the first of the next, if its weights are defined.
    start = end;
  }
  return column;
}

/** True for metrics in the unit of a price. The price oscillator is a ratio. */
export function isPriceLevel({ name }: Metric): boolean {
  switch (name) {
    case 'current-price':
    case 'moving-average-price':
    case 'exponential-moving-average-price':
    case 'stdev-price':
    case 'bollinger-upper':
    case 'bollinger-lower':
      return true;
    default:
      return false;
  }
}
