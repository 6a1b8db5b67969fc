// A program on a grid of prices. Columns, verdicts and series are computed when first asked for and kept, so that a
// branch that is not taken needs no prices, and one day costs no more than what it looks at.

import { NO_SOLVERS, type Solvers } from '../construction/solvers.ts';
import type { Memory } from '../ready-made/memory.ts';
import type { Division, Held } from '../ready-made/ready-made.ts';
import { datedColumn } from './dated-column.ts';
import { isDefined } from './defined.ts';
import { type Grid, onGrid } from './grid.ts';
import { massesOf } from './masses.ts';
import { measureSymbol } from './measure-bars.ts';
import type { Node } from './node.ts';
import { type NodeSeries, seriesOf } from './node-series.ts';
import type { Program } from './program.ts';
import { chooseBest } from './ranking.ts';
import { type Remembered, type RuleLife, ruleLife } from './rule-life.ts';
import { metricOfSegments } from './segments.ts';
import type { Measure, Split } from './split.ts';
import { TRUE, UNDEFINED, type Verdict, verdictsOf } from './verdicts.ts';
import { partAtTarget } from './volatility.ts';

export type { Verdict };

export interface Evaluator {
  readonly program: Program;
  readonly grid: Grid;
  /** undefined when the node cannot divide its capital on that day. */
  split(node: number, day: number): Split | undefined;
  /** How much each child weighs in the block that this node is, or is spliced into; none for any other node. */
  mass(node: number, day: number): Float64Array;
  /** Of a node with masses: the places of the children that it gives to, or stands for; none where it cannot say. */
  standsFor(node: number, day: number): readonly number[];
  test(test: number, day: number): Verdict;
  column(column: number): Float64Array;
  /** Whether any column that was asked for so far says nothing on that day, or zero. */
  isLacking(day: number): boolean;
  /** How a rule divides its capital on that day, and what it remembers after it. */
  division(node: number, day: number): Division;
  memory(node: number, day: number): Memory;
  /** The same for a strategy that holds this before it decides, where it counts what it exchanges. */
  holding(held: Held | undefined): Evaluator;
  /** Whether the asset has a bar that day. */
  hasBar(symbol: string, day: number): boolean;
  /** A place for the capital of each node while a day is walked, so that a day allocates no more than its answer. */
  readonly capital: Float64Array;
}

const NOTHING: Split = { children: [], parts: [] };

/**
 * @param remembered by a rule's key: what it goes on from. A rule that is not among them begins with the grid.
 * @param solvers without them whatever needs one is undefined.
 */
export function evaluatorOf(
  program: Program,
  grid: Grid,
  measure: Measure,
  remembered: ReadonlyMap<string, Remembered> = new Map(),
  solvers: Solvers = NO_SOLVERS,
): Evaluator {
  const length = grid.dates.length;
  const series = new Map<number, NodeSeries>();

  const closesOf = kept((symbol: string) => {
    const { closes, days } = grid.placed(symbol);
    return onGrid(closes, days, length);
  });
  const columns = new Map<number, Float64Array>();
  const column = keptIn(columns, (number: number) => {
    const what = at(program.columns, number);
    if (what.kind === 'dated') return datedColumn(what.dated, grid.dates);
    if (what.kind === 'node') return metricOfSegments(what.metric, nodeSeries(what.node), grid.dates, measure, program.options);
    return measureSymbol(what.metric, what.symbol, grid, measure, program.options);
  });
  const verdicts = verdictsOf(program, length, column);
  const columnsOf = kept((number: number) => {
    const node = at(program.nodes, number);
    if (node.kind === 'target') return [column(node.column)];
    return node.kind === 'filter' || node.kind === 'inverse' || node.kind === 'rule' ? node.columns.map(column) : [];
  });
  const lifeOf = kept((number: number): RuleLife => {
    const node = at(program.nodes, number);
    if (node.kind !== 'rule') throw new Error(`node ${number} is no rule`);
    return ruleLife(node, columnsOf(number), remembered.get(node.key), solvers);
  });
  const masses = kept(massesOf({ program, length, column, columnsOf, verdicts: (test) => verdicts.of(test) }));
  const nodeSeries = (number: number): NodeSeries =>
    seriesOf(number, {
      program,
      length,
      series,
      closesOf,
      columnsOf,
      masses,
      verdicts: (test) => verdicts.of(test),
      division: (rule, day) => lifeOf(rule).divide(day),
    });

  const test = (number: number, day: number): Verdict => {
    // On no day of the history nothing is known.
    const verdict = verdicts.of(number)[day] ?? UNDEFINED;
    return verdict === UNDEFINED ? undefined : verdict === TRUE;
  };

  const splitFrom = (number: number, day: number, held: Held | undefined): Split | undefined => {
    const node = at(program.nodes, number);
    switch (node.kind) {
      case 'asset':
      case 'cash':
        return NOTHING;
      case 'fixed':
        return node;
      case 'if': {
        const verdict = test(node.test, day);
        return verdict === undefined ? undefined : { children: [verdict ? node.then : node.otherwise], parts: [1] };
      }
      case 'target':
        return targetSplit(node, column(node.column)[day] ?? Number.NaN);
      case 'inverse':
        return inverseSplit(node, valuesOn(day, columnsOf(number)));
      case 'spliced':
        return proportionalSplit(node.children, valuesOn(day, masses(number)));
      case 'filter': {
        const chosen = chosenBy(node, valuesOn(day, columnsOf(number)), program);
        const children = chosen.map((place) => at(node.children, place));
        if (node.masses === undefined) return chosen.length === 0 ? undefined : { children, parts: chosen.map(() => 1 / chosen.length) };
        const each = valuesOn(day, masses(number));
        return proportionalSplit(
          children,
          Float64Array.from(chosen, (place) => each[place] as number),
        );
      }
      case 'rule':
        return ruleSplit(node, lifeOf(number).divide(day, held));
    }
  };

  const hasBar = (symbol: string, day: number): boolean => isDefined(closesOf(symbol)[day]);
  const standsFor = (number: number, day: number): readonly number[] => {
    const node = at(program.nodes, number);
    switch (node.kind) {
      case 'spliced':
        return node.children.map((_, place) => place);
      case 'if': {
        const verdict = test(node.test, day);
        return verdict === undefined ? [] : [verdict ? 0 : 1];
      }
      case 'filter':
        return chosenBy(node, valuesOn(day, columnsOf(number)), program);
      default:
        return [];
    }
  };

  const capital = new Float64Array(program.nodes.length);
  const opened = (held: Held | undefined): Evaluator => ({
    program,
    grid,
    split: (number, day) => splitFrom(number, day, held),
    mass: (number, day) => valuesOn(day, masses(number)),
    standsFor,
    test,
    column,
    isLacking: (day) => columns.values().some((values) => !isDefined(values[day]) || values[day] === 0),
    division: (number, day) => lifeOf(number).divide(day, held),
    memory: (number, day) => lifeOf(number).memory(day),
    holding: opened,
    hasBar,
    capital,
  });
  return opened(undefined);
}

function valuesOn(day: number, columns: readonly Float64Array[]): Float64Array {
  return Float64Array.from(columns, (values) => values[day] ?? Number.NaN);
}

function inverseSplit({ children }: Extract<Node, { kind: 'inverse' }>, deviations: Float64Array): Split | undefined {
  const usable = children.flatMap((child, place) => {
    const deviation = deviations[place] as number;
    return deviation > 0 ? [{ child, inverse: 1 / deviation }] : [];
  });
  if (usable.length === 0) return undefined;
  const sum = usable.reduce((total, { inverse }) => total + inverse, 0);
  return { children: usable.map(({ child }) => child), parts: usable.map(({ inverse }) => inverse / sum) };
}

/** The rest of one is cash. */
function targetSplit({ child, target }: Extract<Node, { kind: 'target' }>, deviation: number): Split | undefined {
  const part = partAtTarget(target, deviation);
  return isDefined(part) ? { children: [child], parts: [part] } : undefined;
}

/** Undefined where a mass is, or where all are zero. */
function proportionalSplit(children: readonly number[], masses: Float64Array): Split | undefined {
  const sum = masses.reduce((total, mass) => total + mass, 0);
  if (!(sum > 0)) return undefined;
  const used = children.flatMap((child, place) => {
    const mass = masses[place] as number;
    return mass > 0 ? [{ child, part: mass / sum }] : [];
  });
  return { children: used.map(({ child }) => child), parts: used.map(({ part }) => part) };
}

function chosenBy(
  { children, ties, select, count }: Extract<Node, { kind: 'filter' }>,
  values: Float64Array,
  { options }: Program,
): readonly number[] {
  const chosen = new Int32Array(Math.min(count, children.length));
  return [...chosen.subarray(0, chooseBest(values, ties, select, chosen, options.rankDigits))];
}

/** What has no part is not looked at. */
function ruleSplit({ children }: Extract<Node, { kind: 'rule' }>, division: Division): Split | undefined {
  if (division.kind === 'undefined') return undefined;
  const held = children.flatMap((child, place) => {
    const part = division.parts[place] as number;
    return part === 0 ? [] : [{ child, part }];
  });
  return { children: held.map(({ child }) => child), parts: held.map(({ part }) => part) };
}

/** The same answer to the same question, computed once. */
function kept<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  return keptIn(new Map<Key, Value>(), compute);
}

function keptIn<Key, Value>(known: Map<Key, Value>, compute: (key: Key) => Value): (key: Key) => Value {
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}

function at<Item>(items: readonly Item[], place: number): Item {
  const item = items[place];
  if (item === undefined) throw new Error(`nothing at ${place}`);
  return item;
}
