// How much each child of a block into which something is spliced weighs there, over a whole history. NaN where what is
// spliced cannot say what it stands for. Iterative over depth: a node's number is larger than those below it.
import type { Node } from './node.ts';
import type { Program } from './program.ts';
import { chooseBest } from './ranking.ts';
import type { Mass } from './splice.ts';
import { TRUE, UNDEFINED } from './verdicts.ts';

export interface MassWorld {
  readonly program: Program;
  readonly length: number;
  readonly column: (number: number) => Float64Array;
  readonly columnsOf: (node: number) => readonly Float64Array[];
  readonly verdicts: (test: number) => Uint8Array;
}

/** For each child of the node, in their order; none where a node divides its capital without masses. */
export function massesOf({ program, length, column, columnsOf, verdicts }: MassWorld): (node: number) => readonly Float64Array[] {
  const ones = new Float64Array(length).fill(1);
  const inverses = new Map<number, Float64Array>();
  const sums = new Map<number, Float64Array>();

  const valuesOf = (mass: Mass): Float64Array => {
    if (mass.kind === 'one') return ones;
    const found = mass.kind === 'sum' ? sums.get(mass.node) : inverses.get(mass.column);
    if (found !== undefined) return found;
    if (mass.kind === 'sum') throw new Error(`node ${mass.node} was weighed after what it is spliced into`);
    const inverse = column(mass.column).map((deviation) => (deviation > 0 ? 1 / deviation : 0));
    inverses.set(mass.column, inverse);
    return inverse;
  };
  const sumOf = (number: number): Float64Array => {
    const node = program.nodes[number];
    const masses = massesOfNode(node).map(valuesOf);
    switch (node?.kind) {
      case 'spliced':
        return added(masses, length);
      case 'if':
        return takenOf(masses, verdicts(node.test), length);
      case 'filter':
        return chosenOf(masses, node, columnsOf(number), program, length);
      default:
        throw new Error(`node ${number} is not spliced`);
    }
  };
  return (number) => {
    const masses = massesOfNode(program.nodes[number]);
    const wanted = new Set(masses.flatMap(nodeSummed));
    for (const each of wanted) for (const mass of massesOfNode(program.nodes[each])) for (const node of nodeSummed(mass)) wanted.add(node);
    for (const each of [...wanted].sort((a, b) => a - b)) if (!sums.has(each)) sums.set(each, sumOf(each));
    return masses.map(valuesOf);
  };
}

function nodeSummed(mass: Mass): readonly number[] {
  return mass.kind === 'sum' ? [mass.node] : [];
}

export function massesOfNode(node: Node | undefined): readonly Mass[] {
  switch (node?.kind) {
    case 'spliced':
    case 'if':
    case 'filter':
      return node.masses ?? [];
    default:
      return [];
  }
}

/** The columns by which the children of the node are weighed. */
export function columnsWeighed(node: Node): readonly number[] {
  return massesOfNode(node).flatMap((mass) => (mass.kind === 'inverse' ? [mass.column] : []));
}

function added(masses: readonly Float64Array[], length: number): Float64Array {
  const sum = new Float64Array(length);
  for (const mass of masses) for (let day = 0; day < length; day += 1) sum[day] = (sum[day] as number) + (mass[day] as number);
  return sum;
}

function takenOf([taken, otherwise]: readonly Float64Array[], verdicts: Uint8Array, length: number): Float64Array {
  if (taken === undefined || otherwise === undefined) throw new Error('an if that is spliced has two masses');
  const sum = new Float64Array(length);
  for (let day = 0; day < length; day += 1) {
    const verdict = verdicts[day];
    sum[day] = verdict === UNDEFINED ? Number.NaN : ((verdict === TRUE ? taken[day] : otherwise[day]) as number);
  }
  return sum;
}

function chosenOf(
  masses: readonly Float64Array[],
  { ties, select, count }: Extract<Node, { kind: 'filter' }>,
  columns: readonly Float64Array[],
  { options }: Program,
  length: number,
): Float64Array {
  const sum = new Float64Array(length);
  const values = new Float64Array(columns.length);
  const chosen = new Int32Array(Math.min(count, columns.length));
  for (let day = 0; day < length; day += 1) {
    for (let place = 0; place < values.length; place += 1) values[place] = (columns[place] as Float64Array)[day] as number;
    const taken = chooseBest(values, ties, select, chosen, options.rankDigits);
    let total = taken === 0 ? Number.NaN : 0;
    for (let rank = 0; rank < taken; rank += 1) total += (masses[chosen[rank] as number] as Float64Array)[day] as number;
    sum[day] = total;
  }
  return sum;
}
