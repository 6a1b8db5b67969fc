// What every strategy kind must say. A kind is one file in kinds/, listed once in registry.ts.
import type { NewYorkDate } from '../values/time.ts';
import type { Ppm } from '../values/weight.ts';
import type { History } from './history.ts';
import type { StrategyNode } from './node.ts';

/** Why a strategy has no answer. Then nothing trades. */
export interface Undefined {
  readonly kind: 'undefined';
  readonly symbol: string;
  readonly metric: string;
  readonly detail: string;
}

/** A share of capital and the node that it goes to. */
export interface Division {
  readonly kind: 'divided';
  readonly parts: readonly { readonly weight: Ppm; readonly child: StrategyNode }[];
}

export interface Market {
  readonly history: History;
  /** The last date that may be looked at. */
  readonly asOf: NewYorkDate;
}

export interface StrategyKind<Node extends StrategyNode> {
  /** Divides `capital` among the children: the parts sum to exactly `capital`. */
  divide(node: Node, capital: Ppm, market: Market): Division | Undefined;
  children(node: Node): readonly StrategyNode[];
  /** How many closes up to `asOf` the node itself looks at; 0 when it needs none. */
  closesNeeded(node: Node): number;
}
