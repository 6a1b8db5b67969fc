// Whether a sleeve claims an edge, told from its tree alone. In doubt it does: a policy is what is known to be one.
import { subtreesOf, type Tree } from '../../core/strategy/tree.ts';
import type { Sleeve } from '../portfolio-policy.ts';

/** Weights that are fixed, or follow from a rule of risk. Nothing that chooses, times, or looks at returns for themselves. */
const POLICY_KINDS: ReadonlySet<Tree['kind']> = new Set([
  'asset',
  'cash',
  'group',
  'equal',
  'specified',
  'inverse-volatility',
  'volatility-target',
]);
const RISK_RULES: ReadonlySet<string> = new Set(['risk-parity', 'hierarchical-risk-parity', 'minimum-variance', 'maximum-diversification']);

/** Protective exits time a sale, so whoever has them claims that it pays. */
export function claimsEdge({ strategy, exits }: Pick<Sleeve, 'strategy' | 'exits'>): boolean {
  if (exits !== undefined) return true;
  for (const node of subtreesOf(strategy)) {
    const isPolicy = node.kind === 'ready-made' ? RISK_RULES.has(node.name) : POLICY_KINDS.has(node.kind);
    if (!isPolicy) return true;
  }
  return false;
}
