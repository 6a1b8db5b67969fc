// What a compiled strategy is made of: nodes, tests and measured columns, which name each other by number.
import type { DatedSeries } from '../ready-made/dated-series.ts';
import type { OwnValue, Rule } from '../ready-made/ready-made.ts';
import type { Comparator, Metric, Tree } from '../tree.ts';
import type { Mass, Members } from './splice.ts';

/** What is measured: a metric of one symbol's closes, what its owner says of it, or a metric of a node's simulated series. */
export type Measured =
  | { readonly kind: 'symbol'; readonly metric: Metric; readonly symbol: string }
  | { readonly kind: 'dated'; readonly metric: OwnValue; readonly symbol: string; readonly dated: DatedSeries }
  | { readonly kind: 'node'; readonly metric: Metric; readonly node: number };

export type Operand = { readonly kind: 'constant'; readonly value: number } | { readonly kind: 'column'; readonly column: number };

export type Test =
  | { readonly kind: 'compare'; readonly left: Operand; readonly comparator: Comparator; readonly right: Operand }
  | { readonly kind: 'all' | 'any'; readonly tests: readonly number[] }
  | { readonly kind: 'not'; readonly test: number };

export type Node =
  | { readonly kind: 'asset'; readonly symbol: string }
  | { readonly kind: 'cash' }
  /** Fixed parts of one, zero parts left out. */
  | { readonly kind: 'fixed'; readonly children: readonly number[]; readonly parts: readonly number[] }
  /** Parts in inverse proportion to the columns. */
  | { readonly kind: 'inverse'; readonly children: readonly number[]; readonly columns: readonly number[] }
  /** As much of the child as keeps the column at the target, in the unit of the column, and never more than all. */
  | { readonly kind: 'target'; readonly child: number; readonly column: number; readonly target: number }
  /** A block into which something is spliced: parts in proportion to the masses, which are undefined where one is. */
  | ({ readonly kind: 'spliced' } & Members)
  /** With masses, of then and otherwise, where it is spliced itself. */
  | { readonly kind: 'if'; readonly test: number; readonly then: number; readonly otherwise: number; readonly masses?: readonly Mass[] }
  | {
      readonly kind: 'filter';
      readonly select: 'top' | 'bottom';
      readonly count: number;
      readonly children: readonly number[];
      readonly columns: readonly number[];
      /** Places among the children in the order in which the same values are taken. */
      readonly ties: readonly number[];
      /** Of the children, where it is spliced: the chosen share in proportion to them, otherwise equally. */
      readonly masses?: readonly Mass[];
    }
  | RuleNode;

/** A ready-made strategy: it divides its capital by what it looks at and what it remembers. */
export interface RuleNode {
  readonly kind: 'rule';
  readonly name: string;
  /** The same for the same rule with the same parameters, in whichever strategy and release: its memory is kept under it. */
  readonly key: string;
  readonly rule: Rule;
  /** What it holds, in its order: as numbers, and in the words of the tree. */
  readonly children: readonly number[];
  readonly assets: readonly Tree[];
  /** What it looks at, in its order. */
  readonly columns: readonly number[];
  /** Whether strategies stand among what it holds: then the key does not say all. */
  readonly hasStrategies?: true;
}

/** The numbers of the nodes to which the node may give capital. */
export function childrenOfNode(node: Node | undefined): readonly number[] {
  switch (node?.kind) {
    case 'fixed':
    case 'inverse':
    case 'spliced':
    case 'filter':
    case 'rule':
      return node.children;
    case 'target':
      return [node.child];
    case 'if':
      return [node.then, node.otherwise];
    default:
      return [];
  }
}
