// Every key of a symphony's maps that is known: first those that are read, then those that are known to change
// nothing. A key in neither list refuses the symphony.
import type { KnownKeys } from './fields.ts';

/** Labels, editor state, quotes and account settings; seen in exports, API answers and shared links. */
const NOISE: ReadonlySet<string> = new Set([
  'id',
  'symphony-id',
  'version',
  'version-id',
  'created-at',
  'updated-at',
  'last-updated-at',
  'last-semantic-update-at',
  'last-backtest-at',
  'copied-from',
  'source',
  'owner',
  'owner-id',
  'user-id',
  'is-public?',
  'public?',
  'share-with-everyone?',
  'hidden?',
  'asset-class',
  'asset-classes',
  'exchange',
  'price',
  'dollar-volume',
  'has-marketcap',
  'sid',
  'emoji',
  'currency',
  'ticker-name',
  'display-name',
  'long-name',
  'short-name',
  'company-name',
  'collapsed?',
  'collapsed-specified-weight?',
  'collapsed-specified-weight',
  'suppress-incomplete-warnings?',
  'suppress-incomplete-warnings',
  'suppress-description?',
  'children-count',
  'color',
  'icon',
  'sparkgraph-url',
  'tags',
  'hashtag',
  'hashtags',
  'notes',
  'note',
  'comment',
  'benchmark',
  'benchmarks',
  // How the editor shows specified weights, as percentages or fractions; the weights themselves are num and den.
  'weight-method',
  // Whether the editor shows a filter's two halves: both are always in force.
  'select?',
  'sort-by?',
  // How many days of a window the editor shows.
  'window-days-label',
]);

function known(...read: readonly string[]): KnownKeys {
  return { read: new Set(read), noise: NOISE };
}

/**
 * The keys of a step. An editor that turns one kind of step into another leaves keys behind (`window-days` on
 * `wt-cash-equal`, `weight` everywhere), so each is allowed on every step and read only where it means something.
 */
export const STEP_KEYS = known(
  'step',
  'children',
  'name',
  'description',
  'weight',
  'ticker',
  'rebalance',
  'rebalance-corridor-width',
  'window-days',
  'is-else-condition?',
  'condition',
  'comparator',
  'lhs-fn',
  'lhs-fn-params',
  'lhs-window-days',
  'lhs-val',
  'rhs-fn',
  'rhs-fn-params',
  'rhs-window-days',
  'rhs-val',
  'rhs-fixed-value?',
  'sort-by-fn',
  'sort-by-fn-params',
  'sort-by-window-days',
  'select-fn',
  'select-n',
);
export const WEIGHT_KEYS = known('num', 'den');
export const CONDITION_KEYS = known('condition-type', 'operator', 'conditions', 'tickers', 'lhs', 'comparator', 'rhs');
export const OPERAND_KEYS = known('fn', 'ticker', 'params', 'constant');
export const PARAMETER_KEYS = known('window', 'short-window', 'long-window', 'smooth-window', 'standard-deviations', 'std-dev');
export const SYMPHONY_OPTIONS = known('rebalance-frequency', 'rebalance-threshold', 'description');
