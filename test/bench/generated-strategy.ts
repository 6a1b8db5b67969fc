// A strategy as large as the largest that owners have, and prices for it. The same seed gives the same.
import type { History } from '../../shared/core/strategy/history.ts';
import {
  type Condition,
  childrenOf,
  type Expression,
  type Metric,
  type Tree,
  type WindowedMetricName,
} from '../../shared/core/strategy/tree.ts';
import { addDays, dayOfWeek, type NewYorkDate } from '../../shared/core/values/time.ts';

export const SYMBOLS = Array.from({ length: 60 }, (_, index) => `T${String.fromCharCode(65 + Math.floor(index / 26), 65 + (index % 26))}`);

const METRICS: readonly WindowedMetricName[] = [
  'rsi',
  'rsi',
  'cumulative-return',
  'moving-average-price',
  'exponential-moving-average-price',
  'moving-average-return',
  'stdev-return',
  'max-drawdown',
];
const GROUP_METRICS: readonly WindowedMetricName[] = ['rsi', 'cumulative-return', 'moving-average-return', 'stdev-return', 'max-drawdown'];
const WINDOWS = [5, 10, 14, 20, 21, 30, 45, 60, 90, 126, 200];

/**
 * Chains of rules one inside the other, as people stack them: a comparison whose branch is an asset, a ranking of
 * assets, or a ranking of groups. Chains and groups are picked from a stock and copied, so that most nodes occur more than once.
 * @param nodes how many the tree has at least, equal ones counted each time.
 * @param ranked `groups`: rankings are of small groups; `chains`: the chains themselves are ranked too, so that every node needs its series.
 */
export function generatedStrategy(nodes: number, depth: number, ranked: 'groups' | 'chains', seed: number): Tree {
  const below = randomly(seed);
  const one = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  const asset = (): Tree => ({ kind: 'asset', symbol: one(SYMBOLS) });
  const windowed = (names: readonly WindowedMetricName[]): Metric => ({ name: one(names), window: one(WINDOWS) });
  const measured = (metric: Metric): Expression => ({ kind: 'metric', metric, symbol: one(SYMBOLS) });
  const comparison = (): Condition => {
    const metric = windowed(METRICS);
    const right: Expression = metric.name === 'rsi' && below(2) === 0 ? { kind: 'constant', value: 30 + below(50) } : measured(metric);
    return { kind: 'compare', left: measured(metric), comparator: one(['gt', 'lt']), right };
  };
  const condition = (): Condition =>
    below(4) === 0 ? { kind: one(['all', 'any']), conditions: [comparison(), comparison()] } : comparison();
  const choice = (then: Tree, otherwise: Tree): Tree => ({ kind: 'if', condition: condition(), then, otherwise });
  const group = (): Tree => ({ kind: 'group', name: 'a group', child: choice({ kind: 'equal', children: [asset(), asset()] }, asset()) });
  const groups = Array.from({ length: 60 }, group);
  const ranking = (): Tree => {
    const isOfGroups = below(3) === 0;
    const children = Array.from({ length: 3 + below(4) }, () => (isOfGroups ? one(groups) : asset()));
    return { kind: 'filter', select: one(['top', 'bottom']), count: 1 + below(2), by: windowed(GROUP_METRICS), children };
  };
  /** Two nodes deep for each rule. */
  const chain = (rules: number): Tree => {
    let inner = asset();
    for (let rule = 0; rule < rules; rule += 1) {
      const leaf = rule % 4 === 0 ? ranking() : asset();
      inner = { kind: 'equal', children: [below(2) === 0 ? choice(leaf, inner) : choice(inner, leaf)] };
    }
    return inner;
  };
  const stock = Array.from({ length: Math.max(1, Math.round(nodes / 1_700)) }, () => chain(Math.floor(depth / 2) - 4));
  const children: Tree[] = [];
  for (let total = 0; total < nodes; ) {
    const pair = [one(stock), one(stock)].map((each): Tree => ({ kind: 'group', name: 'a chain', child: structuredClone(each) }));
    const best: Tree =
      ranked === 'chains'
        ? { kind: 'filter', select: 'top', count: 1, by: windowed(GROUP_METRICS), children: pair }
        : { kind: 'equal', children: pair };
    children.push(choice(best, asset()));
    total += nodesOf(best) + 2;
  }
  return { kind: 'equal', children };
}

/** Equal ones counted each time. */
export function nodesOf(root: Tree): number {
  const open = [root];
  let count = 0;
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    count += 1;
    open.push(...childrenOf(node));
  }
  return count;
}

export function depthOf(root: Tree): number {
  let level = [root];
  let depth = 0;
  for (; level.length > 0; depth += 1) level = level.flatMap(childrenOf);
  return depth;
}

export function generatedHistory(days: number, seed: number): History {
  const below = randomly(seed);
  const dates: NewYorkDate[] = [];
  for (let date: NewYorkDate = '2012-01-02'; dates.length < days; date = addDays(date, 1)) {
    if (dayOfWeek(date) % 6 !== 0) dates.push(date);
  }
  const columns = SYMBOLS.map((symbol) => {
    let close = 20 + below(100);
    return {
      symbol,
      dates,
      closes: dates.map(() => {
        close *= 1 + (below(2_000) - 990) / 60_000;
        return close;
      }),
    };
  });
  return { anchor: dates[0] ?? '2012-01-02', columns };
}

/** Whole numbers from 0, below what is asked. */
function randomly(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * bound);
  };
}
