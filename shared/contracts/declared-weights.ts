// How much of the whole portfolio each symbol is certain to be given, from what is written alone: no prices.
import { openRule } from '../core/strategy/ready-made/ready-mades.ts';
import { subtreesOf, type Tree } from '../core/strategy/tree.ts';
import { divide, larger } from '../core/values/rounding.ts';
import { type Ppm, WHOLE } from '../core/values/weight.ts';
import type { PortfolioPolicy } from './portfolio-policy.ts';

export interface DeclaredWeights {
  /** In the order of the file; a symbol whose weight prices decide counts 0 there. */
  readonly symbols: ReadonlyMap<string, Ppm>;
  readonly cash: Ppm;
}

/**
 * The most that each symbol may be given, before the cash reserve: of the branches of an `if` the larger, of a filter
 * a full place, of a volatility target everything. Each part is rounded down, so that no rounding ever trips a limit.
 */
export function declaredWeights(policy: Pick<PortfolioPolicy, 'sleeves'>): DeclaredWeights {
  const symbols = new Map<string, Ppm>();
  let cash: Ppm = 0n;
  for (const { strategy, capital } of policy.sleeves) {
    for (const [symbol, share] of sharesOf(strategy)) {
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

/** The most of itself that a strategy may give to each of its symbols. Children first, each object once. */
function sharesOf(strategy: Tree): Shares {
  const done = new Map<Tree, Shares>();
  for (const node of [...subtreesOf(strategy)].reverse()) measure(node, done);
  return measure(strategy, done);
}

function measure(node: Tree, done: Map<Tree, Shares>): Shares {
  const known = done.get(node);
  if (known !== undefined) return known;
  const shares = sharesAmong(node, (child) => measure(child, done));
  done.set(node, shares);
  return shares;
}

function sharesAmong(node: Tree, of: (child: Tree) => Shares): Shares {
  switch (node.kind) {
    case 'asset':
      return new Map([[node.symbol, WHOLE]]);
    case 'cash':
      return new Map([[CASH, WHOLE]]);
    case 'ready-made':
      // Prices decide: anything from nothing to all.
      return new Map(openRule(node.name, node.given).holds.map((symbol) => [symbol, 0n]));
    case 'group':
    case 'volatility-target':
      return of(node.child);
    case 'specified':
      return added(node.children.map(({ weight, child }) => scaled(of(child), weight)));
    case 'equal':
      return added(node.children.map((child) => scaled(of(child), divide(WHOLE, BigInt(node.children.length), 'floor'))));
    case 'inverse-volatility':
      // Prices decide: anything from nothing to all.
      return node.children.length === 1 ? added(node.children.map(of)) : added(node.children.map((child) => scaled(of(child), 0n)));
    case 'if':
      return largest([of(node.then), of(node.otherwise)]);
    case 'filter':
      return largest(
        node.children.map((child) => scaled(of(child), divide(WHOLE, BigInt(Math.min(node.count, node.children.length)), 'floor'))),
      );
  }
}

function scaled(shares: Shares, weight: Ppm): Shares {
  return new Map([...shares].map(([symbol, share]) => [symbol, divide(share * weight, WHOLE, 'floor')]));
}

function added(all: readonly Shares[]): Shares {
  const sum = new Map<string, Ppm>();
  for (const shares of all) for (const [symbol, share] of shares) sum.set(symbol, (sum.get(symbol) ?? 0n) + share);
  return sum;
}

function largest(all: readonly Shares[]): Shares {
  const most = new Map<string, Ppm>();
  for (const shares of all) for (const [symbol, share] of shares) most.set(symbol, larger(most.get(symbol) ?? 0n, share));
  return most;
}
