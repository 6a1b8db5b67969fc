// The simulated series of a node: what its weights at the end of one day earn on the next. Metrics over groups are
// measured on it. It starts at 1 on the first day its weights are defined and starts anew after a day on which they
// are not, or on which a held asset has no bar. Whole columns at a time: a day costs a few additions for each child.
import type { Division } from '../ready-made/ready-made.ts';
import { isDefined } from './defined.ts';
import { childrenOfNode, type Node } from './node.ts';
import type { Program } from './program.ts';
import { chooseBest } from './ranking.ts';
import { TRUE, UNDEFINED } from './verdicts.ts';
import { partAtTarget } from './volatility.ts';

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
  readonly closesOf: (symbol: string) => Float64Array;
  /** Of a filter, an inverse volatility or a volatility target: what its children are measured by, in their order. */
  readonly columnsOf: (node: number) => readonly Float64Array[];
  /** Of a node that divides its capital by masses: those of its children, in their order. */
  readonly masses: (node: number) => readonly Float64Array[];
  readonly verdicts: (test: number) => Uint8Array;
  /** How a rule divides its capital on a day. */
  readonly division: (rule: number, day: number) => Division;
}

/** Children first, without recursion: a node's number is larger than those below it. */
export function seriesOf(node: number, world: SeriesWorld): NodeSeries {
  for (const number of missingBelow(node, world)) world.series.set(number, simulated(number, world));
  return known(node, world);
}

function missingBelow(root: number, { program, series }: SeriesWorld): number[] {
  const wanted = new Set(series.has(root) ? [] : [root]);
  for (const number of wanted) {
    for (const child of childrenOfNode(program.nodes[number])) if (!series.has(child)) wanted.add(child);
  }
  return [...wanted].sort((a, b) => a - b);
}

function simulated(number: number, world: SeriesWorld): NodeSeries {
  const node = world.program.nodes[number];
  switch (node?.kind) {
    case undefined:
      throw new Error(`the program has no node ${number}`);
    case 'asset':
      return assetSeries(world.closesOf(node.symbol));
    case 'cash':
      return { returns: new Float64Array(world.length), isDefined: new Uint8Array(world.length).fill(1) };
    case 'fixed':
      return fixedSeries(node, world);
    case 'if':
      return choiceSeries(node, world);
    case 'target':
      return targetSeries(node, world.columnsOf(number), world);
    case 'inverse':
      return inverseSeries(node, world.columnsOf(number), world);
    case 'spliced':
      return splicedSeries(node, world.masses(number), world);
    case 'filter':
      return filterSeries(node, world.columnsOf(number), node.masses === undefined ? undefined : world.masses(number), world);
    case 'rule':
      return ruleSeries(number, node, world);
  }
}

function assetSeries(closes: Float64Array): NodeSeries {
  const series = undefinedSeries(closes.length);
  for (let day = 0; day < closes.length; day += 1) {
    const close = closes[day];
    if (!isDefined(close)) continue;
    series.isDefined[day] = 1;
    if (day > 0) series.returns[day] = close / (closes[day - 1] as number) - 1;
  }
  return series;
}

function fixedSeries({ children, parts }: Extract<Node, { kind: 'fixed' }>, world: SeriesWorld): NodeSeries {
  if (children.length === 1) return known(children[0] as number, world);
  const returns = new Float64Array(world.length);
  const defined = new Uint8Array(world.length).fill(1);
  for (let place = 0; place < children.length; place += 1) {
    const child = known(children[place] as number, world);
    const part = parts[place] as number;
    for (let day = 0; day < world.length; day += 1) {
      returns[day] = (returns[day] as number) + part * (child.returns[day] as number);
      defined[day] = (defined[day] as number) & (child.isDefined[day] as number);
    }
  }
  for (let day = 0; day < world.length; day += 1) if (day === 0 || defined[day - 1] === 0) returns[day] = Number.NaN;
  return { returns, isDefined: defined };
}

function choiceSeries({ test, then: taken, otherwise }: Extract<Node, { kind: 'if' }>, world: SeriesWorld): NodeSeries {
  const series = undefinedSeries(world.length);
  const verdicts = world.verdicts(test);
  const { returns: earnedIfTrue, isDefined: definedIfTrue } = known(taken, world);
  const { returns: earnedIfFalse, isDefined: definedIfFalse } = known(otherwise, world);
  for (let day = 0; day < world.length; day += 1) {
    const verdict = verdicts[day];
    if (verdict === UNDEFINED || (verdict === TRUE ? definedIfTrue[day] : definedIfFalse[day]) === 0) continue;
    note(series, day, (verdict === TRUE ? earnedIfTrue[day + 1] : earnedIfFalse[day + 1]) as number);
  }
  return series;
}

function targetSeries(
  { child, target }: Extract<Node, { kind: 'target' }>,
  [deviations]: readonly Float64Array[],
  world: SeriesWorld,
): NodeSeries {
  const below = known(child, world);
  const series = undefinedSeries(world.length);
  for (let day = 0; day < world.length; day += 1) {
    const part = partAtTarget(target, deviations?.[day] ?? Number.NaN);
    if (isDefined(part) && below.isDefined[day] === 1) note(series, day, part * (below.returns[day + 1] as number));
  }
  return series;
}

function inverseSeries({ children }: Extract<Node, { kind: 'inverse' }>, columns: readonly Float64Array[], world: SeriesWorld): NodeSeries {
  const below = children.map((child) => known(child, world));
  const series = undefinedSeries(world.length);
  for (let day = 0; day < world.length; day += 1) {
    let sum = 0;
    for (const deviations of columns) if ((deviations[day] as number) > 0) sum += 1 / (deviations[day] as number);
    let earned = 0;
    let isWhole = sum > 0;
    for (let place = 0; place < below.length; place += 1) {
      const deviation = (columns[place] as Float64Array)[day] as number;
      if (!(deviation > 0)) continue;
      const child = below[place] as NodeSeries;
      isWhole &&= child.isDefined[day] === 1;
      earned += (1 / deviation / sum) * (child.returns[day + 1] as number);
    }
    if (isWhole) note(series, day, earned);
  }
  return series;
}

function splicedSeries({ children }: Extract<Node, { kind: 'spliced' }>, masses: readonly Float64Array[], world: SeriesWorld): NodeSeries {
  const below = children.map((child) => known(child, world));
  const series = undefinedSeries(world.length);
  for (let day = 0; day < world.length; day += 1) {
    let sum = 0;
    for (const mass of masses) sum += mass[day] as number;
    let earned = 0;
    let isWhole = sum > 0;
    for (let place = 0; place < below.length; place += 1) {
      const mass = (masses[place] as Float64Array)[day] as number;
      if (mass === 0) continue;
      const child = below[place] as NodeSeries;
      isWhole &&= child.isDefined[day] === 1;
      earned += (mass / sum) * (child.returns[day + 1] as number);
    }
    if (isWhole) note(series, day, earned);
  }
  return series;
}

function filterSeries(
  { children, ties, select, count }: Extract<Node, { kind: 'filter' }>,
  columns: readonly Float64Array[],
  masses: readonly Float64Array[] | undefined,
  world: SeriesWorld,
): NodeSeries {
  const below = children.map((child) => known(child, world));
  const series = undefinedSeries(world.length);
  const values = new Float64Array(children.length);
  const chosen = new Int32Array(Math.min(count, children.length));
  for (let day = 0; day < world.length; day += 1) {
    for (let place = 0; place < values.length; place += 1) values[place] = (columns[place] as Float64Array)[day] as number;
    const taken = chooseBest(values, ties, select, chosen, world.program.options.rankDigits);
    let sum = taken;
    if (masses !== undefined) {
      sum = 0;
      for (let rank = 0; rank < taken; rank += 1) sum += (masses[chosen[rank] as number] as Float64Array)[day] as number;
    }
    let earned = 0;
    let isWhole = sum > 0;
    for (let rank = 0; rank < taken; rank += 1) {
      const mass = masses === undefined ? 1 : ((masses[chosen[rank] as number] as Float64Array)[day] as number);
      if (mass === 0) continue;
      const child = below[chosen[rank] as number] as NodeSeries;
      isWhole &&= child.isDefined[day] === 1;
      earned += (mass / sum) * (child.returns[day + 1] as number);
    }
    if (isWhole) note(series, day, earned);
  }
  return series;
}

function ruleSeries(number: number, { children }: Extract<Node, { kind: 'rule' }>, world: SeriesWorld): NodeSeries {
  const below = children.map((child) => known(child, world));
  const series = undefinedSeries(world.length);
  for (let day = 0; day < world.length; day += 1) {
    const division = world.division(number, day);
    if (division.kind === 'undefined') continue;
    let earned = 0;
    let isWhole = true;
    for (let place = 0; place < below.length; place += 1) {
      const part = division.parts[place] as number;
      if (part === 0) continue;
      const child = below[place] as NodeSeries;
      isWhole &&= child.isDefined[day] === 1;
      earned += part * (child.returns[day + 1] as number);
    }
    if (isWhole) note(series, day, earned);
  }
  return series;
}

/** The weights of this day are defined, and earn this on the next, if there is one. */
function note({ returns, isDefined: defined }: NodeSeries, day: number, earned: number): void {
  defined[day] = 1;
  if (day + 1 < returns.length) returns[day + 1] = earned;
}

function undefinedSeries(length: number): NodeSeries {
  return { returns: new Float64Array(length).fill(Number.NaN), isDefined: new Uint8Array(length) };
}

function known(number: number, { series }: SeriesWorld): NodeSeries {
  const found = series.get(number);
  if (found === undefined) throw new Error(`node ${number} was simulated before its children`);
  return found;
}
