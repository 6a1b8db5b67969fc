// All strategy kinds, by name. Leaves (asset, cash) hold capital; the kinds here divide it.
import type { StrategyKind } from './kind.ts';
import { equal } from './kinds/equal.ts';
import { inverseVolatility } from './kinds/inverse-volatility.ts';
import { specified } from './kinds/specified.ts';
import type { AssetNode, CashNode, StrategyNode } from './node.ts';

export type DividingNode = Exclude<StrategyNode, AssetNode | CashNode>;

type Registry = { readonly [Kind in DividingNode['kind']]: StrategyKind<Extract<DividingNode, { kind: Kind }>> };

const registry: Registry = {
  specified,
  equal,
  'inverse-volatility': inverseVolatility,
};

/** The kind of this node. The registry's type guarantees that the two belong together. */
export function kindOf(node: DividingNode): StrategyKind<DividingNode> {
  return registry[node.kind] as StrategyKind<DividingNode>;
}
