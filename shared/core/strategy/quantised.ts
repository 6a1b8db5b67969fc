// The floats of a strategy as whole parts per million. It refuses to know whether the account may hold them.
import { WHOLE } from '../values/weight.ts';
import { apportion, signed, type TargetWeight, type TargetWeights } from './weights.ts';

/** Half a part per million: more than a sum of floats is ever off, and less than any weight that could be meant. */
const NOISE = 5e-7;

/**
 * Long weights and cash sum to exactly one million. Where some are negative, the sizes of all and what is not invested do;
 * a decision whose sizes come to more than the whole is told as it is, for its caller to refuse.
 * @param bySymbol shares of one; negative for a short position.
 */
export function quantised(bySymbol: ReadonlyMap<string, number>): TargetWeights {
  const symbols = [...bySymbol.keys()].sort();
  const shares = symbols.map((symbol) => bySymbol.get(symbol) ?? 0);
  const sizes = shares.map(Math.abs);
  const gross = sizes.reduce((sum, size) => sum + size, 0);
  const isLeveraged = gross > 1 + NOISE && shares.some((share) => share < 0);
  const total = isLeveraged ? BigInt(Math.ceil(gross * Number(WHOLE))) : WHOLE;
  sizes.push(Math.max(0, 1 - gross));
  const parts = apportion(total, sizes);
  const weights: TargetWeight[] = [];
  let cash = WHOLE;
  for (const [place, symbol] of symbols.entries()) {
    const weight = signed(parts[place] ?? 0n, shares[place] ?? 0);
    if (weight === 0n) continue;
    weights.push({ symbol, weight });
    cash -= weight;
  }
  return { weights, cash };
}
