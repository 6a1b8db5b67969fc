// Weights in inverse proportion to volatility: w_i ∝ 1/σ_i, σ_i the sample standard deviation (n − 1) of the
// last `window` daily returns. A naive risk parity: it ignores correlations.
// Source: Maillard, Roncalli, Teïletche 2010, "The properties of equally weighted risk contribution portfolios".
import { closesUntil } from '../history.ts';
import type { Market, StrategyKind, Undefined } from '../kind.ts';
import type { InverseVolatilityNode, StrategyNode } from '../node.ts';
import { apportion } from '../weights.ts';

export const inverseVolatility: StrategyKind<InverseVolatilityNode> = {
  divide(node, capital, market) {
    const inverses: number[] = [];
    for (const child of node.children) {
      const volatility = volatilityOf(child, node.window, market);
      if (typeof volatility !== 'number') return volatility;
      inverses.push(1 / volatility);
    }
    const weights = apportion(capital, inverses);
    return { kind: 'divided', parts: node.children.map((child, place) => ({ weight: weights[place] ?? 0n, child })) };
  },
  children: (node) => node.children,
  closesNeeded: (node) => node.window + 1,
};

/** Sample standard deviation of daily returns, as a fraction a day. */
function volatilityOf(child: StrategyNode, window: number, { history, asOf }: Market): number | Undefined {
  const metric = `standard deviation of ${window} daily returns`;
  if (child.kind !== 'asset') return { kind: 'undefined', symbol: child.kind, metric, detail: 'is known of single assets only' };
  const column = closesUntil(history, child.symbol, asOf);
  const closes = column?.closes.slice(-(window + 1)) ?? [];
  const undefinedBecause = (detail: string): Undefined => ({ kind: 'undefined', symbol: child.symbol, metric, detail });
  if (closes.length < window + 1) return undefinedBecause(`needs ${window + 1} closes up to ${asOf}, there are ${closes.length}`);
  if (column?.dates.at(-1) !== asOf) return undefinedBecause(`the last close is of ${column?.dates.at(-1)}, expected ${asOf}`);
  const unsound = closes.find((close) => !(Number.isFinite(close) && close > 0));
  if (unsound !== undefined) return undefinedBecause(`has a close of ${unsound}, expected a finite number above 0`);
  const returns = closes.slice(1).map((close, i) => close / (closes[i] ?? Number.NaN) - 1);
  const volatility = sampleDeviation(returns);
  return volatility > 0 ? volatility : undefinedBecause('is 0: the price did not move');
}

function sampleDeviation(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
