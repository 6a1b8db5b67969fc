// The floats of a strategy as whole parts per million.
import { WHOLE } from '../values/weight.ts';
import { apportion, collectWeights, type TargetWeights } from './weights.ts';

/** Whole parts per million that sum, with cash, to exactly one million. */
export function quantised(bySymbol: ReadonlyMap<string, number>): TargetWeights {
  const held = [...bySymbol].sort(([a], [b]) => (a < b ? -1 : 1));
  const cash = Math.max(0, 1 - held.reduce((sum, [, share]) => sum + share, 0));
  const parts = apportion(WHOLE, [...held.map(([, share]) => share), cash]);
  return collectWeights(held.map(([symbol], place) => ({ symbol, weight: parts[place] ?? 0n })));
}
