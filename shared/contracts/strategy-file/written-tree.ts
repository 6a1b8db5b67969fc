// A strategy tree as it is written: some of its subtrees are named once, as parts, and used by their names.
import type { Given } from '../../core/strategy/ready-made/given.ts';
import { type Condition, childrenOf, type Metric, type Named } from '../../core/strategy/tree.ts';
import type { Ppm } from '../../core/values/weight.ts';

export type WrittenTree =
  | { readonly kind: 'part'; readonly name: string }
  | { readonly kind: 'asset'; readonly symbol: string }
  | { readonly kind: 'cash' }
  | { readonly kind: 'group'; readonly name: string; readonly child: WrittenTree }
  | { readonly kind: 'stand-in'; readonly symbol: string; readonly child: WrittenTree }
  | { readonly kind: 'equal'; readonly children: readonly WrittenTree[] }
  | { readonly kind: 'specified'; readonly children: readonly { readonly weight: Ppm; readonly child: WrittenTree }[] }
  | { readonly kind: 'inverse-volatility'; readonly window: number; readonly children: readonly WrittenTree[] }
  | { readonly kind: 'volatility-target'; readonly annual: Ppm; readonly window: number; readonly child: WrittenTree }
  | { readonly kind: 'if'; readonly condition: Condition; readonly then: WrittenTree; readonly otherwise: WrittenTree }
  | {
      readonly kind: 'filter';
      readonly select: 'top' | 'bottom';
      readonly count: number;
      readonly by: Metric;
      readonly children: readonly WrittenTree[];
    }
  | { readonly kind: 'ready-made'; readonly name: string; readonly given: Given; readonly strategies?: readonly Named<WrittenTree>[] };

/** The children of a node as it is written; what a part stands for is not among them. */
export function childrenOfWritten(node: WrittenTree): readonly WrittenTree[] {
  return node.kind === 'part' ? [] : childrenOf<WrittenTree>(node);
}
