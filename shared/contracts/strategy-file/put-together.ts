// A written tree and its parts, put together into one tree. A part used twice is the same object twice, so a file
// that doubles itself forty times over stays small in memory, and is refused for the nodes it would stand for.
import type { Tree } from '../../core/strategy/tree.ts';
import { misplacedTurnover } from '../../core/strategy/turnover.ts';
import type { Finding } from '../problem.ts';
import { STRATEGY_DEPTH_MAX } from './limits.ts';
import { childrenOfWritten, type WrittenTree } from './written-tree.ts';

export type Whole = { readonly kind: 'whole'; readonly tree: Tree } | { readonly kind: 'refused'; readonly finding: Finding };

/** As many as the largest symphony that is imported could have. */
export const NODES_MAX = 1_000_000;

interface Measured {
  readonly tree: Tree;
  /** As if every part were written out wherever it is used. */
  readonly nodes: number;
  readonly depth: number;
}

/** Within one part the native stack carries the depth that the YAML reader allows; from part to part it does not. */
export function putTogether(tree: WrittenTree, parts: ReadonlyMap<string, WrittenTree>): Whole {
  const done = new Map<string, Measured>();
  const open: { readonly name: string; readonly uses: readonly string[]; next: number }[] = [];
  const isOpen = new Set<string>();
  const used = new Set<string>();
  const enter = (name: string, written: WrittenTree): void => {
    const uses = [...partsUsedIn(written)];
    for (const each of uses) used.add(each);
    open.push({ name, uses, next: 0 });
    isOpen.add(name);
  };
  // No part can have the empty name: it stands for the tree itself.
  enter('', tree);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const name = top.uses[top.next];
    top.next += 1;
    if (name !== undefined) {
      const written = parts.get(name);
      if (written === undefined)
        return refused(pathOf(top.name), `part: ${name}`, `one of the parts: ${[...parts.keys()].join(', ') || 'there are none'}`);
      if (isOpen.has(name)) return refused(pathOf(name), `the part ${name} inside itself`, 'parts that do not lead back to themselves');
      if (!done.has(name)) enter(name, written);
      continue;
    }
    open.pop();
    isOpen.delete(top.name);
    const measured = planted(parts.get(top.name) ?? tree, done);
    if (measured.nodes > NODES_MAX) return refused(pathOf(top.name), `more than ${NODES_MAX} nodes, written out`, `at most ${NODES_MAX}`);
    if (measured.depth > STRATEGY_DEPTH_MAX)
      return refused(pathOf(top.name), `${measured.depth} nodes deep`, `at most ${STRATEGY_DEPTH_MAX}`);
    done.set(top.name, measured);
  }
  const idle = [...parts.keys()].find((name) => !used.has(name));
  if (idle !== undefined) return refused(['parts', idle], 'a part that nothing uses', 'only parts that are used', 'key');
  const whole = done.get('');
  if (whole === undefined) throw new Error('the tree was never put together');
  const misplaced = misplacedTurnover(whole.tree);
  if (misplaced !== undefined) {
    const expected =
      'a turnover only where it is the whole strategy: it is counted from what a sleeve holds, and of a part nobody knows that';
    const where = misplaced.strategies === undefined ? 'inside another strategy' : 'over strategies';
    return refused(['tree'], `a turnover of ${misplaced.name} ${where}`, expected);
  }
  return { kind: 'whole', tree: whole.tree };
}

function partsUsedIn(root: WrittenTree): Set<string> {
  const names = new Set<string>();
  const open: WrittenTree[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === 'part') names.add(node.name);
    else for (const child of childrenOfWritten(node)) open.push(child);
  }
  return names;
}

function planted(node: WrittenTree, parts: ReadonlyMap<string, Measured>): Measured {
  const below = (child: WrittenTree): Measured => planted(child, parts);
  switch (node.kind) {
    case 'part': {
      const part = parts.get(node.name);
      if (part === undefined) throw new Error(`the part ${node.name} is used before it is put together`);
      return part;
    }
    case 'asset':
    case 'cash':
      return { tree: node, nodes: 1, depth: 1 };
    case 'ready-made': {
      const { strategies, ...own } = node;
      if (strategies === undefined) return { tree: own, nodes: 1, depth: 1 };
      const children = strategies.map(({ child }) => below(child));
      const named = strategies.map(({ name }, place) => ({ name, child: children[place]?.tree ?? { kind: 'cash' as const } }));
      return around({ ...own, strategies: named }, children);
    }
    case 'group': {
      const child = below(node.child);
      return around({ kind: 'group', name: node.name, child: child.tree }, [child]);
    }
    case 'stand-in':
    case 'volatility-target': {
      const child = below(node.child);
      return around({ ...node, child: child.tree }, [child]);
    }
    case 'if': {
      const [taken, otherwise] = [below(node.then), below(node.otherwise)];
      return around(either(node.condition, taken.tree, otherwise.tree), [taken, otherwise]);
    }
    case 'specified': {
      const children = node.children.map((part) => below(part.child));
      const weighted = children.map(({ tree }, index) => ({ weight: node.children[index]?.weight ?? 0n, child: tree }));
      return around({ kind: 'specified', children: weighted }, children);
    }
    default: {
      const children = node.children.map(below);
      return around({ ...node, children: children.map(({ tree }) => tree) }, children);
    }
  }
}

function either(condition: Extract<Tree, { kind: 'if' }>['condition'], then: Tree, otherwise: Tree): Tree {
  return { kind: 'if', condition, then, otherwise };
}

function around(tree: Tree, children: readonly Measured[]): Measured {
  let [nodes, depth] = [1, 0];
  for (const child of children) {
    nodes += child.nodes;
    depth = Math.max(depth, child.depth);
  }
  return { tree, nodes, depth: depth + 1 };
}

function pathOf(part: string): readonly string[] {
  return part === '' ? ['tree'] : ['parts', part];
}

function refused(path: readonly string[], value: string, expected: string, about: Finding['about'] = 'value'): Whole {
  return { kind: 'refused', finding: { path, about, value, expected } };
}
