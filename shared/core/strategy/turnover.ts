// Which strategies count what they exchange from what they hold, and so have to know what that is.
import type { Held } from './ready-made/ready-made.ts';
import { subtreesOf, type Tree } from './tree.ts';
import type { TargetWeights } from './weights.ts';

const ALL = 1_000_000;

/** Groups are names alone. Anywhere deeper a turnover is refused: what a part of a strategy holds, nobody knows. */
export function limitsTurnover(strategy: Tree): boolean {
  return hasTurnover(inGroups(strategy));
}

/** A turnover that stands where nobody knows what is held: inside another strategy, or over strategies. */
export function misplacedTurnover(strategy: Tree): Extract<Tree, { kind: 'ready-made' }> | undefined {
  const whole = inGroups(strategy);
  for (const node of subtreesOf(strategy))
    if (node.kind === 'ready-made' && (node !== whole || node.strategies !== undefined) && hasTurnover(node)) return node;
  return undefined;
}

function hasTurnover(node: Tree): boolean {
  return node.kind === 'ready-made' && Number(node.given['turnover'] ?? ALL) < ALL;
}

function inGroups(strategy: Tree): Tree {
  let node = strategy;
  while (node.kind === 'group') node = node.child;
  return node;
}

/** By symbol, as fractions of one. */
export function heldOf({ weights }: TargetWeights): Held {
  return new Map(weights.map(({ symbol, weight }) => [symbol, Number(weight) / ALL]));
}
