// A program on a grid of prices. Columns, tests and series are computed when first asked for and kept, so that a
// branch that is not taken needs no prices, and one day costs no more than what it looks at.
import type { Comparator } from '../tree.ts';
import { isDefined } from './defined.ts';
import { type Grid, onGrid } from './grid.ts';
import { metricOfSegments, type NodeSeries, seriesOf } from './node-series.ts';
import type { Node, Operand, Program } from './program.ts';
import { type Candidate, select } from './ranking.ts';
import type { Measure, Split } from './split.ts';

export type Verdict = boolean | undefined;

export interface Evaluator {
  readonly program: Program;
  readonly grid: Grid;
  /** undefined when the node cannot divide its capital on that day. */
  split(node: number, day: number): Split | undefined;
  test(test: number, day: number): Verdict;
  column(column: number): Float64Array;
  /** Whether the asset has a bar that day. */
  hasBar(symbol: string, day: number): boolean;
}

const UNKNOWN = 3;
const [FALSE, TRUE, UNDEFINED] = [0, 1, 2];

export function evaluatorOf(program: Program, grid: Grid, measure: Measure): Evaluator {
  const length = grid.dates.length;
  const columns = new Map<number, Float64Array>();
  const verdicts = new Map<number, Uint8Array>();
  const series = new Map<number, NodeSeries>();
  const bars = new Map<string, Float64Array>();

  const closesOf = (symbol: string): Float64Array => {
    const found = bars.get(symbol) ?? closesOnGrid(grid, symbol);
    bars.set(symbol, found);
    return found;
  };

  const column = (number: number): Float64Array => {
    const found = columns.get(number) ?? measured(number);
    columns.set(number, found);
    return found;
  };
  const measured = (number: number): Float64Array => {
    const what = at(program.columns, number);
    if (what.kind === 'node') return metricOfSegments(what.metric, nodeSeries(what.node), measure);
    const { closes, days } = grid.placed(what.symbol);
    return onGrid(measure(what.metric, closes), days, length);
  };

  const operand = (side: Operand, day: number): number =>
    side.kind === 'constant' ? side.value : (column(side.column)[day] ?? Number.NaN);

  const test = (number: number, day: number): Verdict => {
    // No day of the history: nothing is known of it.
    if (!(day >= 0 && day < length)) return undefined;
    const kept = verdicts.get(number) ?? new Uint8Array(length).fill(UNKNOWN);
    verdicts.set(number, kept);
    if (kept[day] === UNKNOWN) kept[day] = codeOf(judge(number, day));
    return kept[day] === UNDEFINED ? undefined : kept[day] === TRUE;
  };
  /** Undefined parts do not matter where the others decide. */
  const judge = (number: number, day: number): Verdict => {
    const asked = at(program.tests, number);
    if (asked.kind === 'compare') return compare(operand(asked.left, day), asked.comparator, operand(asked.right, day));
    if (asked.kind === 'not') {
      const inner = test(asked.test, day);
      return inner === undefined ? undefined : !inner;
    }
    const decides = asked.kind === 'any';
    let isUndefined = false;
    for (const part of asked.tests) {
      const verdict = test(part, day);
      if (verdict === decides) return decides;
      if (verdict === undefined) isUndefined = true;
    }
    return isUndefined ? undefined : !decides;
  };

  const split = (number: number, day: number): Split | undefined => {
    const node = at(program.nodes, number);
    switch (node.kind) {
      case 'asset':
      case 'cash':
        return { children: [], parts: [] };
      case 'fixed':
        return node;
      case 'if': {
        const verdict = test(node.test, day);
        return verdict === undefined ? undefined : { children: [verdict ? node.then : node.otherwise], parts: [1] };
      }
      case 'inverse':
        return inverseSplit(node, day);
      case 'filter':
        return filterSplit(node, day);
    }
  };
  const inverseSplit = (node: Extract<Node, { kind: 'inverse' }>, day: number): Split | undefined => {
    const usable = node.children.flatMap((child, place) => {
      const deviation = column(at(node.columns, place))[day];
      return isDefined(deviation) && deviation > 0 ? [{ child, inverse: 1 / deviation }] : [];
    });
    if (usable.length === 0) return undefined;
    const sum = usable.reduce((total, { inverse }) => total + inverse, 0);
    return { children: usable.map(({ child }) => child), parts: usable.map(({ inverse }) => inverse / sum) };
  };
  const filterSplit = (node: Extract<Node, { kind: 'filter' }>, day: number): Split | undefined => {
    const chosen = select(candidatesOf(node, day), node.select, node.count);
    if (chosen.length === 0) return undefined;
    return { children: chosen.map((place) => at(node.children, place)), parts: chosen.map(() => 1 / chosen.length) };
  };
  const candidatesOf = (node: Extract<Node, { kind: 'filter' }>, day: number): Candidate[] =>
    node.columns.map((number, place) => {
      const what = at(program.columns, number);
      return { place, value: column(number)[day] ?? Number.NaN, symbol: what.kind === 'symbol' ? what.symbol : '' };
    });

  const nodeSeries = (number: number): NodeSeries => seriesOf(number, { program, length, series, split, closesOf });

  return { program, grid, split, test, column, hasBar: (symbol, day) => isDefined(closesOf(symbol)[day]) };
}

function compare(left: number, comparator: Comparator, right: number): Verdict {
  if (!isDefined(left) || !isDefined(right)) return undefined;
  switch (comparator) {
    case 'gt':
      return left > right;
    case 'gte':
      return left >= right;
    case 'lt':
      return left < right;
    case 'lte':
      return left <= right;
    case 'eq':
      return left === right;
  }
}

function codeOf(verdict: Verdict): number {
  return verdict === undefined ? (UNDEFINED as number) : verdict ? (TRUE as number) : (FALSE as number);
}

function closesOnGrid(grid: Grid, symbol: string): Float64Array {
  const { closes, days } = grid.placed(symbol);
  return onGrid(closes, days, grid.dates.length);
}

function at<Item>(items: readonly Item[], place: number): Item {
  const item = items[place];
  if (item === undefined) throw new Error(`nothing at ${place}`);
  return item;
}
