// Whether a portfolio has to be deployed with solvers: some constructions ask one, most strategies none.
import { readyMadeNamed } from '../core/strategy/ready-made/ready-mades.ts';
import { subtreesOf, type Tree } from '../core/strategy/tree.ts';

export function needsSolver({ sleeves }: { readonly sleeves: readonly { readonly strategy: Tree }[] }): boolean {
  return sleeves.some(({ strategy }) =>
    [...subtreesOf(strategy)].some((node) => node.kind === 'ready-made' && readyMadeNamed(node.name)?.solver !== undefined),
  );
}
