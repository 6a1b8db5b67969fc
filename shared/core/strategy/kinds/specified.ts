// Fixed weights.
import type { StrategyKind } from '../kind.ts';
import type { SpecifiedNode } from '../node.ts';
import { apportion } from '../weights.ts';

export const specified: StrategyKind<SpecifiedNode> = {
  divide(node, capital) {
    const weights = apportion(
      capital,
      node.children.map(({ weight }) => Number(weight)),
    );
    return { kind: 'divided', parts: node.children.map(({ child }, place) => ({ weight: weights[place] ?? 0n, child })) };
  },
  children: (node) => node.children.map(({ child }) => child),
  closesNeeded: () => 0,
};
