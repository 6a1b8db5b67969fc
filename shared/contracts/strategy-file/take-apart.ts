// Finds the subtrees of a strategy that are written once and used by name. Iterative: the tree may be deep.
import { childrenOf, type Tree } from '../../core/strategy/tree.ts';
import { NAME_PATTERN } from '../../core/values/identity.ts';
import type { WrittenTree } from './written-tree.ts';

export interface TakenApart {
  readonly tree: WrittenTree;
  /** In the order in which a reader meets them: a part stands after what uses it. */
  readonly parts: readonly { readonly name: string; readonly tree: WrittenTree }[];
}

/** A repeated subtree of fewer nodes is shorter written out than looked up. */
const PART_NODES_MIN = 5;
/** Nodes below one another in one part: deeper is indented beyond reading, and beyond what the YAML reader takes. */
const PART_DEPTH_MAX = 16;

/** Words that YAML reads as something else than text. */
const NOT_TEXT: ReadonlySet<string> = new Set(['true', 'false', 'null']);

/** One of the distinct subtrees, numbered from the leaves up. */
interface Distinct {
  readonly node: Tree;
  readonly children: readonly number[];
  readonly nodes: number;
  readonly uses: { count: number };
}

export function takeApart(root: Tree): TakenApart {
  const distinct = distinctSubtrees(root);
  const names = partNames(distinct);
  const written: WrittenTree[] = [];
  for (const { node, children } of distinct) {
    const below = children.map((id): WrittenTree => {
      const name = names.get(id);
      return name === undefined ? (written[id] ?? { kind: 'cash' }) : { kind: 'part', name };
    });
    written.push(withChildren(node, below));
  }
  const parts = [...names].map(([id, name]) => ({ name, tree: written[id] ?? { kind: 'cash' as const } }));
  return { tree: written.at(-1) ?? { kind: 'cash' }, parts };
}

/** Each different subtree once, children before parents, the root last. */
function distinctSubtrees(root: Tree): readonly Distinct[] {
  const distinct: Distinct[] = [];
  const idOfShape = new Map<string, number>();
  const idOfNode = new Map<Tree, number>();
  const open: { readonly node: Tree; isLeft: boolean }[] = [{ node: root, isLeft: false }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const { node } = top;
    const below = childrenOf(node);
    if (!top.isLeft && !idOfNode.has(node)) {
      top.isLeft = true;
      for (const child of below) if (!idOfNode.has(child)) open.push({ node: child, isLeft: false });
      continue;
    }
    open.pop();
    if (idOfNode.has(node)) continue;
    const children = below.map((child) => idOfNode.get(child) ?? 0);
    const shape = JSON.stringify([ownWords(node), children]);
    const known = idOfShape.get(shape);
    if (known !== undefined) {
      idOfNode.set(node, known);
      continue;
    }
    const id = distinct.length;
    idOfShape.set(shape, id);
    idOfNode.set(node, id);
    let nodes = 1;
    for (const child of children) {
      const each = distinct[child];
      if (each === undefined) continue;
      nodes += each.nodes;
      each.uses.count += 1;
    }
    distinct.push({ node, children, nodes, uses: { count: 0 } });
  }
  return distinct;
}

/** What a node says beside its children. */
function ownWords(node: Tree): unknown {
  switch (node.kind) {
    case 'asset':
      return [node.kind, node.symbol];
    case 'group':
      return [node.kind, node.name];
    case 'stand-in':
      return [node.kind, node.symbol];
    case 'specified':
      return [node.kind, ...node.children.map(({ weight }) => String(weight))];
    case 'inverse-volatility':
      return [node.kind, node.window];
    case 'volatility-target':
      return [node.kind, String(node.annual), node.window];
    case 'if':
      return [node.kind, node.condition];
    case 'filter':
      return [node.kind, node.select, node.count, node.by];
    case 'ready-made':
      return [node.kind, node.name, node.given, ...(node.strategies ?? []).map(({ name }) => name)];
    default:
      return [node.kind];
  }
}

/** Which subtrees become parts, from the outermost in. */
function partNames(distinct: readonly Distinct[]): ReadonlyMap<number, string> {
  const heights: number[] = [];
  const chosen: number[] = [];
  for (const [id, { children, nodes, uses }] of distinct.entries()) {
    const height = 1 + children.reduce((most, child) => Math.max(most, heights[child] ?? 0), 0);
    const isPart = id < distinct.length - 1 && (height >= PART_DEPTH_MAX || (uses.count > 1 && nodes >= PART_NODES_MIN));
    heights.push(isPart ? 0 : height);
    if (isPart) chosen.push(id);
  }
  const taken = new Set<string>();
  return new Map(
    chosen.reverse().map((id, index) => {
      const node = distinct[id]?.node;
      const own = node?.kind === 'group' ? nameFrom(node.name) : '';
      const isOwn = NAME_PATTERN.test(own) && !NOT_TEXT.has(own) && !own.startsWith('part-') && !taken.has(own);
      const name = isOwn ? own : `part-${index + 1}`;
      taken.add(name);
      return [id, name];
    }),
  );
}

/** "10d MAR Top 4" → "d-mar-top-4": what the file may call it by, if that is a name. */
function nameFrom(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 32)
    .replace(/-+$/, '');
}

function withChildren(node: Tree, children: readonly WrittenTree[]): WrittenTree {
  const first: WrittenTree = children[0] ?? { kind: 'cash' };
  switch (node.kind) {
    case 'asset':
    case 'cash':
      return node;
    case 'ready-made': {
      const { strategies, ...own } = node;
      if (strategies === undefined) return own;
      return { ...own, strategies: strategies.map(({ name }, place) => ({ name, child: children[place] ?? { kind: 'cash' } })) };
    }
    case 'group':
      return { kind: 'group', name: node.name, child: first };
    case 'stand-in':
    case 'volatility-target':
      return { ...node, child: first };
    case 'if':
      return either(node.condition, first, children[1] ?? { kind: 'cash' });
    case 'specified':
      return {
        kind: 'specified',
        children: node.children.map(({ weight }, index) => ({ weight, child: children[index] ?? { kind: 'cash' } })),
      };
    default:
      return { ...node, children };
  }
}

function either(condition: Extract<Tree, { kind: 'if' }>['condition'], then: WrittenTree, otherwise: WrittenTree): WrittenTree {
  return { kind: 'if', condition, then, otherwise };
}
