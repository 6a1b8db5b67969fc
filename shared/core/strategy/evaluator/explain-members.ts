// Who gets the capital of a step that divides it by masses, because something is spliced into it or it is spliced itself.
import { childrenOf, type Tree } from '../tree.ts';
import { isDefined } from './defined.ts';
import type { Evaluator } from './evaluator.ts';
import { massesOfNode } from './masses.ts';
import { childrenOfNode } from './node.ts';
import { candidatesOf } from './ranking.ts';
import type { Mass } from './splice.ts';

/** A tree has one node where it is one child, and others where it is spliced. */
export interface Followed {
  readonly tree: Tree;
  readonly node: number;
}

/** `part` of a step's capital goes to this one. */
export interface Part extends Followed {
  readonly part: number;
}

export interface Measured {
  readonly child: Tree;
  readonly column: number;
  /** null where undefined. */
  readonly value: number | null;
}

/** Whether the node divides its capital by masses: something is spliced into it, or it is spliced itself. */
export function isBlock(node: number, { program }: Evaluator): boolean {
  return massesOfNode(program.nodes[node]).length > 0;
}

/** What is spliced is followed also where it weighs nothing: it tells what it missed. */
export function membersOn(block: Followed, day: number, evaluator: Evaluator): readonly Part[] {
  const masses = evaluator.mass(block.node, day);
  const members = placedMembers(block, day, evaluator);
  const sum = members.reduce((total, { place }) => total + (masses[place] ?? Number.NaN), 0);
  return members.flatMap(({ place, mass, ...followed }) => {
    const part = sum > 0 ? (masses[place] ?? 0) / sum : 0;
    return part > 0 || mass.kind === 'sum' ? [{ part, ...followed }] : [];
  });
}

/** The children of an inverse volatility by which it is weighed on that day, those of all that is spliced into it too. */
export function weighedMembers(block: Followed, day: number, evaluator: Evaluator): readonly Measured[] {
  const weighed = new Map<number, Measured>();
  const met = new Set([block.node]);
  const open = [block];
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    for (const { mass, tree, node } of placedMembers(top, day, evaluator)) {
      if (mass.kind === 'inverse')
        weighed.set(mass.column, { child: tree, column: mass.column, value: valueOn(mass.column, day, evaluator) });
      else if (!met.has(node)) open.push({ tree, node });
      met.add(node);
    }
  }
  return [...weighed.values()];
}

interface PlacedMember extends Followed {
  readonly place: number;
  readonly mass: Mass;
}

function placedMembers({ tree, node }: Followed, day: number, evaluator: Evaluator): readonly PlacedMember[] {
  const masses = massesOfNode(evaluator.program.nodes[node]);
  const children = tree.kind === 'filter' ? candidatesOf(tree, evaluator.program.options) : childrenOf(tree);
  return evaluator.standsFor(node, day).map((place) => {
    const [child, mass] = [children[place], masses[place]];
    if (child === undefined || mass === undefined) throw new Error(`node ${node} has no member at ${place}`);
    return { tree: child, node: childAt(place, node, evaluator), place, mass };
  });
}

export function childAt(place: number, node: number, { program }: Evaluator): number {
  const child = childrenOfNode(program.nodes[node])[place];
  if (child === undefined) throw new Error(`node ${node} has no child at ${place}`);
  return child;
}

export function valueOn(column: number, day: number, evaluator: Evaluator): number | null {
  const value = evaluator.column(column)[day];
  return isDefined(value) ? value : null;
}
