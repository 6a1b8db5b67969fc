import { childrenOf, type Tree } from '../../core/strategy/tree.ts';

/** How many nodes stand below one another, 1 for a leaf. Iterative: it is asked before anyone may recurse. */
export function treeDepth(root: Tree): number {
  let deepest = 0;
  const open: { readonly node: Tree; readonly depth: number }[] = [{ node: root, depth: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    deepest = Math.max(deepest, next.depth);
    for (const child of childrenOf(next.node)) open.push({ node: child, depth: next.depth + 1 });
  }
  return deepest;
}
