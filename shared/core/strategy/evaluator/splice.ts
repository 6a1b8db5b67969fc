// A filter or a taken branch that is spliced into its weight block: what it chooses on a day are children of the block.
//
// Nothing is ever listed: what is spliced could stand for more children than there are atoms. It stays a node that
// divides its capital, in proportion to masses: how much each child weighs in the block, all that it stands for summed.
import type { StrategyOptions } from '../options.ts';
import type { Tree } from '../tree.ts';
import { postOrder } from './post-order.ts';
import { candidatesOf } from './ranking.ts';

/** How much a child weighs in the block, each day. */
export type Mass =
  | { readonly kind: 'one' }
  /** 1 / the column; nothing where that has no value above 0. */
  | { readonly kind: 'inverse'; readonly column: number }
  /** The masses of what this node, which is spliced, gives to on that day. */
  | { readonly kind: 'sum'; readonly node: number };

/** Side by side: who gets capital, and in proportion to what. */
export interface Members {
  readonly children: readonly number[];
  readonly masses: readonly Mass[];
}

export interface SplicedBlock {
  readonly options: StrategyOptions;
  /** What has a number here was spliced into a block of the same kind before. */
  readonly done: Map<Tree, number>;
  /** The number of a tree that is one child. */
  numberOf(child: Tree): number;
  massOf(child: Tree): Mass;
  /** The number of what is spliced, given its members. */
  add(tree: Tree, members: Members): number;
}

export function isSpliced({ kind }: Tree, { filter, branch }: StrategyOptions): boolean {
  return (kind === 'filter' && filter === 'spliced') || (kind === 'if' && branch === 'spliced');
}

/** The members of an equal or an inverse volatility. Iterative over depth. */
export function membersOf(children: readonly Tree[], block: SplicedBlock): Members {
  const splicedBelow = (tree: Tree): readonly Tree[] =>
    splicedAmong(tree, block.options)
      .filter(({ isOne }) => !isOne)
      .map(({ tree: each }) => each);
  const members = (all: readonly Entry[]): Members => ({
    children: all.map(({ tree, isOne }) => (isOne ? block.numberOf(tree) : spliced(tree, block))),
    masses: all.map(({ tree, isOne }) => (isOne ? block.massOf(tree) : { kind: 'sum', node: spliced(tree, block) })),
  });
  const entries = children.map((tree) => ({ tree, isOne: !isSpliced(tree, block.options) }));
  for (const { tree, isOne } of entries) {
    if (isOne || block.done.has(tree)) continue;
    postOrder(tree, splicedBelow, block.done, (each) => block.done.set(each, block.add(each, members(splicedAmong(each, block.options)))));
  }
  return members(entries);
}

interface Entry {
  readonly tree: Tree;
  /** Whether it is one child; otherwise it is spliced. */
  readonly isOne: boolean;
}

/** What stands below a tree that is spliced. Of an if they are its branches: there an equal is the list of its children. */
function splicedAmong(tree: Tree, options: StrategyOptions): readonly Entry[] {
  switch (tree.kind) {
    case 'equal':
      return tree.children.map((child) => ({ tree: child, isOne: !isSpliced(child, options) }));
    case 'filter':
      return candidatesOf(tree, options).map((child) => ({ tree: child, isOne: !isSpliced(child, options) }));
    case 'if':
      return [tree.then, tree.otherwise].map((child) => ({ tree: child, isOne: child.kind !== 'equal' && !isSpliced(child, options) }));
    default:
      throw new Error(`${tree.kind} is never spliced`);
  }
}

function spliced(tree: Tree, { done }: SplicedBlock): number {
  const number = done.get(tree);
  if (number === undefined) throw new Error(`a ${tree.kind} was spliced after its block`);
  return number;
}
