// How much of the whole portfolio each symbol is certain to be given, from what is written alone: no prices.
import { subtreesOf, type Tree } from '../core/strategy/tree.ts';
import { divide } from '../core/values/rounding.ts';
import { type Ppm, WHOLE } from '../core/values/weight.ts';
import type { PortfolioPolicy } from './portfolio-policy.ts';

export interface DeclaredWeights {
  /** In the order of the file; a symbol whose weight prices decide counts 0 there. */
  readonly symbols: ReadonlyMap<string, Ppm>;
  readonly cash: Ppm;
}

/** Before the cash reserve. Each part is rounded down, so that no rounding ever trips a limit. */
export function declaredWeights(policy: Pick<PortfolioPolicy, 'sleeves'>): DeclaredWeights {
  const symbols = new Map<string, Ppm>();
  let cash: Ppm = 0n;
  const give = (node: Tree, weight: Ppm): void => {
    switch (node.kind) {
      case 'asset':
        symbols.set(node.symbol, (symbols.get(node.symbol) ?? 0n) + weight);
        return;
      case 'cash':
        cash += weight;
        return;
      case 'specified':
        for (const part of node.children) give(part.child, divide(weight * part.weight, WHOLE, 'floor'));
        return;
      case 'equal':
        for (const child of node.children) give(child, divide(weight, BigInt(node.children.length), 'floor'));
        return;
      case 'inverse-volatility':
        for (const child of node.children) give(child, node.children.length === 1 ? weight : 0n);
        return;
      case 'group':
        give(node.child, weight);
        return;
      case 'if':
      case 'filter':
        for (const each of subtreesOf(node)) if (each.kind === 'asset') give(each, 0n);
        return;
      default:
        node satisfies never;
    }
  };
  for (const sleeve of policy.sleeves) give(sleeve.strategy, sleeve.capital);
  return { symbols, cash };
}
