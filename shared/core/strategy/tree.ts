// The strategy language: a small tree that divides capital, with conditions and rankings over metrics of prices.
import type { Timeframe } from '../market/period-end.ts';
import type { Ppm } from '../values/weight.ts';
import type { ExitRules } from './exits/exit-rules.ts';
import type { StrategyOptions } from './options.ts';
import type { Given } from './ready-made/given.ts';

/** Metrics by the names their users know from Composer. Units as there: percent where the name speaks of a return. */
export const WINDOWED_METRICS = [
  'rsi',
  'moving-average-price',
  'exponential-moving-average-price',
  'moving-average-return',
  'cumulative-return',
  'stdev-return',
  'stdev-price',
  'max-drawdown',
] as const;
export type WindowedMetricName = (typeof WINDOWED_METRICS)[number];

/** An indicator of the registry by its own name, with one of its outputs and all of its parameters. */
export interface NamedIndicator {
  readonly name: 'indicator';
  readonly indicator: string;
  readonly output: string;
  readonly given: Readonly<Record<string, number | string>>;
  /** The symbol that it is compared with, where it compares. */
  readonly benchmark?: string;
}

/** A metric of sessions: what it counts are bars of one day. */
export type DailyMetric =
  | { readonly name: 'current-price' }
  | { readonly name: WindowedMetricName; readonly window: number }
  | { readonly name: 'percentage-price-oscillator'; readonly short: number; readonly long: number }
  | { readonly name: 'percentage-price-oscillator-signal'; readonly short: number; readonly long: number; readonly smooth: number }
  | { readonly name: 'bollinger-upper' | 'bollinger-lower'; readonly window: number; readonly deviations: number }
  | NamedIndicator;

/** On bars of one day, or on those of the weeks or months that are over. */
export type Metric = DailyMetric | { readonly name: Timeframe; readonly of: DailyMetric };

export type Expression =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'metric'; readonly metric: Metric; readonly symbol: string };

export type Comparator = 'gt' | 'gte' | 'lt' | 'lte' | 'eq';

export type Condition =
  | { readonly kind: 'compare'; readonly left: Expression; readonly comparator: Comparator; readonly right: Expression }
  | { readonly kind: 'all' | 'any'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition };

export type Tree =
  | { readonly kind: 'asset'; readonly symbol: string }
  | { readonly kind: 'cash' }
  | { readonly kind: 'group'; readonly name: string; readonly child: Tree }
  /** Ranked and weighed as the symbol, by its own prices, and holds the child. */
  | { readonly kind: 'stand-in'; readonly symbol: string; readonly child: Tree }
  | { readonly kind: 'equal'; readonly children: readonly Tree[] }
  /** The parts sum to one million; a source that does not add up was normalised on import. */
  | { readonly kind: 'specified'; readonly children: readonly { readonly weight: Ppm; readonly child: Tree }[] }
  | { readonly kind: 'inverse-volatility'; readonly window: number; readonly children: readonly Tree[] }
  /** As much of the child as brings its realised volatility down to the target, the rest in cash. Annual, of √252 days. */
  | { readonly kind: 'volatility-target'; readonly annual: Ppm; readonly window: number; readonly child: Tree }
  /** A missing else is cash. */
  | { readonly kind: 'if'; readonly condition: Condition; readonly then: Tree; readonly otherwise: Tree }
  | {
      readonly kind: 'filter';
      readonly select: 'top' | 'bottom';
      readonly count: number;
      readonly by: Metric;
      readonly children: readonly Tree[];
    }
  /** One of `READY_MADES`, which holds symbols by rules of its own; of a construction strategies too, by their names. */
  | { readonly kind: 'ready-made'; readonly name: string; readonly given: Given; readonly strategies?: readonly Named<Tree>[] };

/** A strategy in the list of a construction, which has no symbol to be called by. Names are small letters, symbols capitals. */
export interface Named<Child> {
  readonly name: string;
  readonly child: Child;
}

/** When a strategy is rebalanced: by the calendar, or when a weight leaves its corridor (absolute points of weight). */
export type RebalanceRule =
  | { readonly kind: 'every'; readonly every: 'day' | 'week' | 'month' | 'quarter' | 'year' }
  | { readonly kind: 'corridor'; readonly width: Ppm }
  | { readonly kind: 'none' };

/**
 * The prices that decide. `last-close`: closes up to the session before the one that is traded. `live-quote`: those, and
 * of the session itself the mid of a quote as its close.
 */
export const DECIDE_ON = ['last-close', 'live-quote'] as const;
export type DecideOn = (typeof DECIDE_ON)[number];

/** A strategy of its own, as it stands in a file. */
export interface StrategyFile {
  readonly name: string;
  readonly description?: string;
  readonly rebalance: RebalanceRule;
  /** Absent: whatever the portfolio says. */
  readonly decideOn?: DecideOn;
  readonly exits?: ExitRules;
  readonly options: StrategyOptions;
  readonly tree: Tree;
}

/** A node by its children alone: the same for a tree and for what it is written as. */
export type Parent<Child> =
  | { readonly kind: 'asset' | 'cash' }
  | { readonly kind: 'ready-made'; readonly strategies?: readonly Named<Child>[] }
  | { readonly kind: 'group' | 'stand-in' | 'volatility-target'; readonly child: Child }
  | { readonly kind: 'specified'; readonly children: readonly { readonly child: Child }[] }
  | { readonly kind: 'if'; readonly then: Child; readonly otherwise: Child }
  | { readonly kind: 'equal' | 'inverse-volatility' | 'filter'; readonly children: readonly Child[] };

/** The children of a node, in the order in which they are written. */
export function childrenOf<Child = Tree>(tree: Parent<Child>): readonly Child[] {
  switch (tree.kind) {
    case 'asset':
    case 'cash':
      return [];
    case 'ready-made':
      return tree.strategies?.map(({ child }) => child) ?? [];
    case 'group':
    case 'stand-in':
    case 'volatility-target':
      return [tree.child];
    case 'specified':
      return tree.children.map(({ child }) => child);
    case 'if':
      return [tree.then, tree.otherwise];
    case 'equal':
    case 'inverse-volatility':
    case 'filter':
      return tree.children;
  }
}

/** Every node of the tree, each object once, without recursion. */
export function* subtreesOf(root: Tree): Generator<Tree> {
  const met = new Set([root]);
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    for (const child of childrenOf(node)) {
      if (met.has(child)) continue;
      met.add(child);
      open.push(child);
    }
  }
}
