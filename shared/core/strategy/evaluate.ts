// The one decision path: the same function in a Lambda, in a backtest and in a replay.
import type { NewYorkDate } from '../values/time.ts';
import { type Ppm, WHOLE } from '../values/weight.ts';
import type { History } from './history.ts';
import type { Undefined } from './kind.ts';
import type { StrategyNode } from './node.ts';
import { kindOf } from './registry.ts';
import { collectWeights, type TargetWeights } from './weights.ts';

export interface Evaluation {
  readonly kind: 'weights';
  readonly targets: TargetWeights;
}

/**
 * The weights of a strategy on `asOf`, from the closes up to and including that date.
 * Undefined data is an answer of its own, never a number.
 */
export function evaluate(strategy: StrategyNode, history: History, asOf: NewYorkDate): Evaluation | Undefined {
  const held: { symbol: string | undefined; weight: Ppm }[] = [];
  const open: { node: StrategyNode; capital: Ppm }[] = [{ node: strategy, capital: WHOLE }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, capital } = next;
    if (capital === 0n) continue;
    if (node.kind === 'asset' || node.kind === 'cash') {
      held.push({ symbol: node.kind === 'asset' ? node.symbol : undefined, weight: capital });
      continue;
    }
    const division = kindOf(node).divide(node, capital, { history, asOf });
    if (division.kind === 'undefined') return division;
    for (const { weight, child } of division.parts) open.push({ node: child, capital: weight });
  }
  return { kind: 'weights', targets: collectWeights(held) };
}

/** Every symbol that the strategy may hold or look at, ascending. */
export function symbolsOf(strategy: StrategyNode): readonly string[] {
  const symbols = new Set<string>();
  for (const node of nodesOf(strategy)) if (node.kind === 'asset') symbols.add(node.symbol);
  return [...symbols].sort();
}

/** How many closes of its symbols the strategy looks back on; 0 when it needs no history. */
export function closesNeeded(strategy: StrategyNode): number {
  let most = 0;
  for (const node of nodesOf(strategy)) {
    if (node.kind !== 'asset' && node.kind !== 'cash') most = Math.max(most, kindOf(node).closesNeeded(node));
  }
  return most;
}

function* nodesOf(strategy: StrategyNode): Generator<StrategyNode> {
  const open = [strategy];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    if (node.kind !== 'asset' && node.kind !== 'cash') open.push(...kindOf(node).children(node));
  }
}
