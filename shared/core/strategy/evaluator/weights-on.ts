// The weights of one day: capital flows from the root down the branches that are taken.
import type { Evaluator } from './evaluator.ts';
import type { Operand } from './program.ts';

export type DayWeights =
  | { readonly kind: 'weights' /** Shares of one by symbol; the rest is cash. */; readonly bySymbol: ReadonlyMap<string, number> }
  | {
      readonly kind: 'undefined';
      readonly symbol: string;
      readonly metric: string /** The first day it is defined, if ever. */;
      readonly definedFrom: number | undefined;
    };

/**
 * Parents have larger numbers than their children, so one pass downward reaches everything once.
 * @param missingBar what an asset without a bar that day is: undefined, as in a simulation, or held all the same.
 */
export function weightsOn(day: number, evaluator: Evaluator, missingBar: 'undefined' | 'held' = 'undefined'): DayWeights {
  const { program } = evaluator;
  const capital = new Float64Array(program.root + 1);
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
  return grid.placed(symbol).days[0];
}

/** The first column below the node that has no value on that day. */
function whyUndefined(number: number, day: number, evaluator: Evaluator): DayWeights {
  const node = evaluator.program.nodes[number];
  const columns =
    node?.kind === 'if' ? columnsOfTest(node.test, evaluator) : node?.kind === 'filter' || node?.kind === 'inverse' ? node.columns : [];
  for (const column of columns) {
    const values = evaluator.column(column);
    if (!Number.isNaN(values[day] ?? Number.NaN) && node?.kind === 'if') continue;
    const what = evaluator.program.columns[column];
    const definedFrom = values.findIndex((value) => !Number.isNaN(value));
    const symbol = what?.kind === 'symbol' ? what.symbol : 'a group';
    return { kind: 'undefined', symbol, metric: what?.metric.name ?? 'unknown', definedFrom: definedFrom === -1 ? undefined : definedFrom };
  }
  throw new Error(`node ${number} is undefined on day ${day} without an undefined column`);
}

function columnsOfTest(test: number, evaluator: Evaluator): number[] {
  const columns: number[] = [];
  const open = [test];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const asked = evaluator.program.tests[next];
    if (asked === undefined) continue;
    if (asked.kind === 'compare') columns.push(...[asked.left, asked.right].flatMap(columnOfOperand));
    else if (asked.kind === 'not') open.push(asked.test);
    else open.push(...asked.tests);
  }
  return columns;
}

function columnOfOperand(operand: Operand): number[] {
  return operand.kind === 'column' ? [operand.column] : [];
}
