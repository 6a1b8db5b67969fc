// How much of the whole portfolio each symbol may be given at most, and is certain to be given at least, from what is written
// alone: no prices.
import { candidatesOf } from '../core/strategy/evaluator/ranking.ts';
import { isSpliced } from '../core/strategy/evaluator/splice.ts';
import type { StrategyOptions } from '../core/strategy/options.ts';
import { isStrategyName } from '../core/strategy/ready-made/given.ts';
import { openRule } from '../core/strategy/ready-made/ready-mades.ts';
import { subtreesOf, type Tree } from '../core/strategy/tree.ts';
import { divide, larger, smaller } from '../core/values/rounding.ts';
import { type Ppm, WHOLE } from '../core/values/weight.ts';
import type { PortfolioPolicy } from './portfolio-policy.ts';

/** `most`: of the branches of an `if` the larger, of a filter a full place. `least`: what every branch and every choice gives. */
export type Certainty = 'most' | 'least';

export interface DeclaredWeights {
  /** In the order of the file; a symbol whose weight prices decide counts 0 there. */
  readonly symbols: ReadonlyMap<string, Ppm>;
  readonly cash: Ppm;
}

/**
 * What each symbol may be given, before the cash reserve; of a volatility target everything at most, and nothing for certain.
 * Each part is rounded down, so that no rounding ever trips a limit. Where something is spliced into a block, how many share it
 * is decided by prices, and nothing is certain.
 */
export function declaredWeights(policy: Pick<PortfolioPolicy, 'sleeves'>, certainty: Certainty = 'most'): DeclaredWeights {
  const symbols = new Map<string, Ppm>();
  let cash: Ppm = 0n;
  for (const { strategy, options, capital } of policy.sleeves) {
    for (const [symbol, share] of sharesOf(strategy, options, certainty)) {
      const weight = divide(capital * share, WHOLE, 'floor');
      if (symbol === CASH) cash += weight;
      else symbols.set(symbol, (symbols.get(symbol) ?? 0n) + weight);
    }
  }
  return { symbols, cash };
}

type Shares = ReadonlyMap<string, Ppm>;

/** No symbol is written so. */
const CASH = 'cash';

/** How much of itself a strategy gives to each of its symbols. Children first, each object once. */
function sharesOf(strategy: Tree, options: StrategyOptions, certainty: Certainty): Shares {
  const done = new Map<Tree, Shares>();
  for (const node of [...subtreesOf(strategy)].reverse()) measure(node, options, certainty, done);
  return measure(strategy, options, certainty, done);
}

function measure(node: Tree, options: StrategyOptions, certainty: Certainty, done: Map<Tree, Shares>): Shares {
  const known = done.get(node);
  if (known !== undefined) return known;
  const shares = sharesAmong(node, options, certainty, (child) => measure(child, options, certainty, done));
  done.set(node, shares);
  return shares;
}

function sharesAmong(node: Tree, options: StrategyOptions, certainty: Certainty, of: (child: Tree) => Shares): Shares {
  switch (node.kind) {
    case 'asset':
      return new Map([[node.symbol, WHOLE]]);
    case 'cash':
      return new Map([[CASH, WHOLE]]);
    case 'ready-made':
      // Prices decide: anything from nothing to all.
      return added([
        new Map(openRule(node.name, node.given).holds.flatMap((symbol) => (isStrategyName(symbol) ? [] : [[symbol, 0n] as const]))),
        ...(node.strategies ?? []).map(({ child }) => scaled(of(child), 0n)),
      ]);
    case 'group':
    case 'volatility-target':
      // Anything from nothing to all of it.
      return certainty === 'most' ? of(node.child) : scaled(of(node.child), 0n);
    case 'stand-in':
      return of(node.child);
    case 'specified':
      return added(node.children.map(({ weight, child }) => scaled(of(child), weight)));
    case 'equal':
      if (hasSpliced(node, options)) return added(node.children.map((child) => scaled(of(child), 0n)));
      return added(node.children.map((child) => scaled(of(child), divide(WHOLE, BigInt(node.children.length), 'floor'))));
    case 'inverse-volatility':
      // Prices decide: anything from nothing to all.
      return node.children.length === 1 ? added(node.children.map(of)) : added(node.children.map((child) => scaled(of(child), 0n)));
    case 'if':
      return chosen([of(node.then), of(node.otherwise)], certainty);
    case 'filter': {
      const candidates = candidatesOf(node, options);
      const place = divide(WHOLE, BigInt(Math.min(node.count, candidates.length)), 'floor');
      const isForAll = node.count >= candidates.length;
      const each = candidates.map((child) => scaled(of(child), place));
      return isForAll && certainty === 'least' ? added(each) : chosen(each, certainty);
    }
  }
}

function hasSpliced({ children }: { readonly children: readonly Tree[] }, options: StrategyOptions): boolean {
  return children.length > 1 && children.some((child) => isSpliced(child, options));
}

function scaled(shares: Shares, weight: Ppm): Shares {
  return new Map([...shares].map(([symbol, share]) => [symbol, divide(share * weight, WHOLE, 'floor')]));
}

function added(all: readonly Shares[]): Shares {
  const sum = new Map<string, Ppm>();
  for (const shares of all) for (const [symbol, share] of shares) sum.set(symbol, (sum.get(symbol) ?? 0n) + share);
  return sum;
}

/** One of these, nobody knows which. */
function chosen(all: readonly Shares[], certainty: Certainty): Shares {
  const found = new Map<string, Ppm>();
  for (const symbol of new Set(all.flatMap((shares) => [...shares.keys()]))) {
    const shares = all.map((each) => each.get(symbol) ?? 0n);
    found.set(symbol, shares.reduce(certainty === 'most' ? larger : smaller));
  }
  return found;
}
