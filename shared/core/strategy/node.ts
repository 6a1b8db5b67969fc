// The strategy tree. Each node divides the share of capital that it is given among its children.
import type { Ppm } from '../values/weight.ts';

export interface AssetNode {
  readonly kind: 'asset';
  readonly symbol: string;
}

export interface CashNode {
  readonly kind: 'cash';
}

/** Fixed weights that sum to exactly one million with their cash. */
export interface SpecifiedNode {
  readonly kind: 'specified';
  readonly children: readonly { readonly weight: Ppm; readonly child: StrategyNode }[];
}

export interface EqualNode {
  readonly kind: 'equal';
  readonly children: readonly StrategyNode[];
}

/** Weights ∝ 1 / sample standard deviation of the last `window` daily returns of each child. */
export interface InverseVolatilityNode {
  readonly kind: 'inverse-volatility';
  /** Daily returns, at least 2. */
  readonly window: number;
  readonly children: readonly StrategyNode[];
}

export type StrategyNode = AssetNode | CashNode | SpecifiedNode | EqualNode | InverseVolatilityNode;
