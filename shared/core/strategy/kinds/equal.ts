// The same weight to every child; what does not divide goes to the first ones, one part per million each.
import type { StrategyKind } from '../kind.ts';
import type { EqualNode } from '../node.ts';
import { apportion } from '../weights.ts';

export const equal: StrategyKind<EqualNode> = {
  divide(node, capital) {
    const weights = apportion(
      capital,
      node.children.map(() => 1),
    );
    return { kind: 'divided', parts: node.children.map((child, place) => ({ weight: weights[place] ?? 0n, child })) };
  },
  children: (node) => node.children,
  closesNeeded: () => 0,
};
