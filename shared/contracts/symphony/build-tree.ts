// From any source to a strategy tree, children first, with a stack of our own: a symphony nests deeper than the
// native one should be asked to.
import type { Condition, Tree } from '../../core/strategy/tree.ts';
import { STRATEGY_DEPTH_MAX } from '../strategy-file/limits.ts';

/** What one source node is: a tree at once, or parts that are joined when they are built. */
export type Expansion<Source> =
  | { readonly kind: 'leaf'; readonly tree: Tree }
  | { readonly kind: 'branch'; readonly parts: readonly Source[]; readonly join: (children: readonly Tree[]) => Tree };

interface Open<Source> {
  readonly parts: readonly Source[];
  readonly join: (children: readonly Tree[]) => Tree;
  readonly built: Tree[];
}

/** The whole tree; where it became too deep, the source at which it did. */
export function buildTree<Source>(
  root: Source,
  expand: (source: Source) => Expansion<Source>,
): { readonly kind: 'built'; readonly tree: Tree } | { readonly kind: 'too-deep'; readonly source: Source } {
  const open: Open<Source>[] = [{ parts: [root], join: together, built: [] }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const source = top.parts[top.built.length];
    if (source !== undefined) {
      const expansion = expand(source);
      if (expansion.kind === 'leaf') top.built.push(expansion.tree);
      else if (open.length > STRATEGY_DEPTH_MAX) return { kind: 'too-deep', source };
      else open.push({ parts: expansion.parts, join: expansion.join, built: [] });
      continue;
    }
    open.pop();
    const tree = top.join(top.built);
    const parent = open.at(-1);
    if (parent === undefined) return { kind: 'built', tree };
    parent.built.push(tree);
  }
  throw new Error('a tree was built without an end');
}

/** Several children of something that has room for one share it equally; none is cash. */
export function together(children: readonly Tree[]): Tree {
  const [only, second] = children;
  if (only === undefined) return { kind: 'cash' };
  return second === undefined ? only : { kind: 'equal', children };
}

/** `then` if the condition holds. */
export function choose(condition: Condition, then: Tree, otherwise: Tree): Tree {
  return { kind: 'if', condition, then, otherwise };
}
