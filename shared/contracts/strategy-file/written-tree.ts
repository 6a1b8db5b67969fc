// A strategy tree as it is written: some of its subtrees are named once, as parts, and used by their names.
import type { Condition, Metric } from '../../core/strategy/tree.ts';
import type { Ppm } from '../../core/values/weight.ts';

export type WrittenTree =
  | { readonly kind: 'part'; readonly name: string }
  | { readonly kind: 'asset'; readonly symbol: string }
  | { readonly kind: 'cash' }
  | { readonly kind: 'group'; readonly name: string; readonly child: WrittenTree }
  | { readonly kind: 'equal'; readonly children: readonly WrittenTree[] }
  | { readonly kind: 'specified'; readonly children: readonly { readonly weight: Ppm; readonly child: WrittenTree }[] }
  | { readonly kind: 'inverse-volatility'; readonly window: number; readonly children: readonly WrittenTree[] }
  | { readonly kind: 'if'; readonly condition: Condition; readonly then: WrittenTree; readonly otherwise: WrittenTree }
  | {
      readonly kind: 'filter';
      readonly select: 'top' | 'bottom';
      readonly count: number;
      readonly by: Metric;
      readonly children: readonly WrittenTree[];
    };

/** The children of any node, in the order in which they are written. */
export function childrenOf<Node extends { readonly kind: string }>(
  node:
    | { readonly kind: 'part' | 'asset' | 'cash' }
    | { readonly kind: 'group'; readonly child: Node }
    | { readonly kind: 'equal' | 'inverse-volatility' | 'filter'; readonly children: readonly Node[] }
    | { readonly kind: 'specified'; readonly children: readonly { readonly child: Node }[] }
    | { readonly kind: 'if'; readonly then: Node; readonly otherwise: Node },
): readonly Node[] {
  switch (node.kind) {
    case 'group':
      return [node.child];
    case 'equal':
    case 'inverse-volatility':
    case 'filter':
      return node.children;
    case 'specified':
      return node.children.map(({ child }) => child);
    case 'if':
      return [node.then, node.otherwise];
    default:
      return [];
  }
}
