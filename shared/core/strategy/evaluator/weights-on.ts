// The weights of one day: capital flows from the root down the branches that are taken.
import { isDefined } from './defined.ts';
import type { Evaluator } from './evaluator.ts';
import { type Lacking, lackingOf } from './lacking.ts';
import { massesOfNode } from './masses.ts';
import { nameOf } from './metric-inputs.ts';
import { childrenOfNode, type Node, type Operand } from './node.ts';
import type { Program } from './program.ts';

export type DayWeights =
  | { readonly kind: 'weights' /** Shares of one by symbol; the rest is cash. */; readonly bySymbol: ReadonlyMap<string, number> }
  | {
      readonly kind: 'undefined';
      readonly symbol: string;
      readonly metric: string /** The first day it is defined, if ever. */;
      readonly definedFrom: number | undefined;
      readonly lacking?: Lacking;
      /** A reason of its own, where its values are there. */
      readonly why?: string;
    };

/**
 * Parents have larger numbers than their children, so one pass downward reaches everything once.
 * @param missingBar what an asset without a bar that day is: undefined, as in a simulation, or held all the same.
 */
export function weightsOn(day: number, evaluator: Evaluator, missingBar: 'undefined' | 'held' = 'undefined'): DayWeights {
  const { program, capital } = evaluator;
  capital.fill(0);
  const bySymbol = new Map<string, number>();
  capital[program.root] = 1;
  for (let number = program.root; number >= 0; number -= 1) {
    const share = capital[number] as number;
    if (share === 0) continue;
    const node = program.nodes[number];
    if (node === undefined || node.kind === 'cash') continue;
    if (node.kind === 'asset') {
      if (missingBar === 'undefined' && !evaluator.hasBar(node.symbol, day))
        return { kind: 'undefined', symbol: node.symbol, metric: 'close', definedFrom: firstDefined(evaluator, node.symbol) };
      bySymbol.set(node.symbol, share);
      continue;
    }
    const split = evaluator.split(number, day);
    if (split === undefined) return whyUndefined(number, day, evaluator);
    for (let place = 0; place < split.children.length; place += 1) {
      const child = split.children[place] as number;
      capital[child] = (capital[child] as number) + share * (split.parts[place] as number);
    }
  }
  return { kind: 'weights', bySymbol };
}

function firstDefined({ grid }: Evaluator, symbol: string): number | undefined {
  const { closes, days } = grid.placed(symbol);
  return days.find((day, bar) => day >= 0 && isDefined(closes[bar]));
}

/** The first metric, in the order of the file, without which the node cannot divide its capital. */
function whyUndefined(root: number, day: number, evaluator: Evaluator): DayWeights {
  const number = stoppedAt(root, day, evaluator);
  const unsolved = unsolvedRule(number, day, evaluator);
  if (unsolved !== undefined) return unsolved;
  const weighed = columnsOfMembers(number, day, evaluator);
  const node = evaluator.program.nodes[number];
  const behind = weighed.length > 0 ? weighed : columnsBehind(number, day, evaluator);
  // A rule names the column itself: what has a value there is a deviation of 0, by which nothing can be weighed.
  const isOfNoUse = node?.kind === 'rule' && behind.some((each) => isDefined(evaluator.column(each)[day]));
  const isWeighed = node?.kind === 'inverse' || weighed.length > 0 || isOfNoUse;
  const isUsable = isWeighed ? (value: number | undefined) => isDefined(value) && value > 0 : isDefined;
  const column = behind.find((each) => !isUsable(evaluator.column(each)[day]));
  const what = column === undefined ? undefined : evaluator.program.columns[column];
  if (column === undefined || what === undefined) throw new Error(`node ${root} is undefined on day ${day} without an undefined column`);
  const definedFrom = evaluator.column(column).findIndex(isUsable);
  const symbol = what.kind === 'node' ? `a group of ${symbolsBelow(what.node, evaluator.program).join(', ')}` : what.symbol;
  const lacking = lackingOf(what, evaluator.grid);
  return {
    kind: 'undefined',
    symbol,
    metric: nameOf(what.metric),
    definedFrom: definedFrom === -1 ? undefined : definedFrom,
    ...(lacking === undefined ? {} : { lacking }),
  };
}

/** A rule that has its values, and cannot divide its capital by them. */
function unsolvedRule(number: number, day: number, evaluator: Evaluator): DayWeights | undefined {
  const node = evaluator.program.nodes[number];
  if (node?.kind !== 'rule') return undefined;
  const division = evaluator.division(number, day);
  if (division.kind !== 'undefined' || division.why === undefined) return undefined;
  return { kind: 'undefined', symbol: node.rule.holds.join(', '), metric: node.name, definedFrom: undefined, why: division.why };
}

/** Down what is spliced: to the first that cannot say what it stands for, or else to the first of no weight. */
function stoppedAt(root: number, day: number, evaluator: Evaluator): number {
  for (let number = root; ; ) {
    const node = evaluator.program.nodes[number];
    const masses = evaluator.mass(number, day);
    const places = masses.length === 0 ? [] : evaluator.standsFor(number, day);
    const isWeighedHere = columnsOfMembers(number, day, evaluator).length > 0;
    const place = places.find((each) => !isDefined(masses[each])) ?? (isWeighedHere ? undefined : places[0]);
    const child = place === undefined ? undefined : childrenOfNode(node)[place];
    if (child === undefined) return number;
    number = child;
  }
}

/** By what the children that a node with masses stands for are weighed; none where they count one each. */
function columnsOfMembers(number: number, day: number, evaluator: Evaluator): readonly number[] {
  const masses = massesOfNode(evaluator.program.nodes[number]);
  if (masses.length === 0) return [];
  return evaluator.standsFor(number, day).flatMap((place) => {
    const mass = masses[place];
    return mass?.kind === 'inverse' ? [mass.column] : [];
  });
}

function columnsBehind(number: number, day: number, evaluator: Evaluator): readonly number[] {
  const node = evaluator.program.nodes[number];
  if (node?.kind === 'rule') {
    const division = evaluator.division(number, day);
    return division.kind === 'undefined' ? node.columns.slice(division.because, division.because + 1) : [];
  }
  if (node?.kind === 'target') return [node.column];
  if (node?.kind === 'if') return columnsOfTest(node.test, evaluator);
  return node?.kind === 'filter' || node?.kind === 'inverse' ? node.columns : [];
}

function columnsOfTest(test: number, evaluator: Evaluator): number[] {
  const columns: number[] = [];
  const open = [test];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const asked = evaluator.program.tests[next];
    if (asked === undefined) continue;
    if (asked.kind === 'compare') columns.push(...[asked.left, asked.right].flatMap(columnOfOperand));
    else if (asked.kind === 'not') open.push(asked.test);
    else open.push(...asked.tests.toReversed());
  }
  return columns;
}

function columnOfOperand(operand: Operand): number[] {
  return operand.kind === 'column' ? [operand.column] : [];
}

function symbolsBelow(root: number, { nodes }: Program): string[] {
  const met = new Set([root]);
  for (const number of met) for (const child of childrenOfNode(nodes[number])) met.add(child);
  return [...met].flatMap((number) => symbolOf(nodes[number])).sort();
}

function symbolOf(node: Node | undefined): string[] {
  return node?.kind === 'asset' ? [node.symbol] : [];
}
