// The floats of a strategy as whole parts per million. It refuses to know whether the account may hold them.
import { WHOLE } from '../values/weight.ts';
import { apportion, collectWeights, signed, type TargetWeights } from './weights.ts';

/** Half a part per million: more than a sum of floats is ever off, and less than any weight that could be meant. */
const NOISE = 5e-7;

/**
 * Long weights and cash sum to exactly one million. Where some are negative, the sizes of all and what is not invested do;
 * a decision whose sizes come to more than the whole is told as it is, for its caller to refuse.
 * @param bySymbol shares of one; negative for a short position.
 */
export function quantised(bySymbol: ReadonlyMap<string, number>): TargetWeights {
  const held = [...bySymbol].sort(([a], [b]) => (a < b ? -1 : 1));
  const sizes = held.map(([, share]) => Math.abs(share));
  const gross = sizes.reduce((sum, size) => sum + size, 0);
  const isLeveraged = held.some(([, share]) => share < 0) && gross > 1 + NOISE;
  const total = isLeveraged ? BigInt(Math.ceil(gross * Number(WHOLE))) : WHOLE;
  const parts = apportion(total, [...sizes, Math.max(0, 1 - gross)]);
  return collectWeights(held.map(([symbol, share], place) => ({ symbol, weight: signed(parts[place] ?? 0n, share) })));
}
