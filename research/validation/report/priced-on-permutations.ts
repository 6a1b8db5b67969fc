// A strategy priced again, decision by decision, on markets whose days are in another order.
import { backtest } from '../../backtest/backtest.ts';
import type { BacktestOptions } from '../../backtest/backtest-options.ts';
import type { PriceTable } from '../../backtest/price-table.ts';
import type { Subject } from '../../backtest/subject.ts';
import { excessOf } from '../../metrics/ratios.ts';
import { type Chance, seededChance } from '../statistics/chance.ts';
import { permutationP } from '../statistics/permutation-p.ts';
import { sharpeOf } from '../statistics/return-shape.ts';
import { permutedTable } from './permuted-table.ts';

export interface PricedAgain {
  /** Sharpe ratio a bar, net and less cash, on the market as it was; null where it is not defined. */
  readonly observed: number | null;
  /** (1 + #{T* ≥ T}) / (B + 1); null where the Sharpe ratio is not defined. */
  readonly p: number | null;
  /** Permuted markets on which it was. */
  readonly permutations: number;
  /** Those on which it was not, or the backtest was refused; they count as reached, against the strategy. */
  readonly undefinedPermutations: number;
}

/**
 * The days that are lived change places with each other alone: days before and after belong to another market, of which the record
 * says nothing, and those after may be a sealed holdout.
 * @param between asked before each permuted market; what it throws ends the work.
 */
export async function pricedOnPermutations(
  subject: Subject,
  prices: PriceTable,
  options: BacktestOptions,
  { seed, permutations }: { readonly seed: number; readonly permutations: number },
  between: () => Promise<void>,
): Promise<PricedAgain> {
  const result = backtest(subject, prices, options);
  const observed = sharpeIn(result);
  if (result.kind === 'refused' || Number.isNaN(observed)) return { observed: null, p: null, permutations: 0, undefinedPermutations: 0 };
  const chance: Chance = seededChance(seed);
  const lived = { start: result.start.date, last: result.dates.at(-1) ?? result.start.date };
  const statistics = new Float64Array(permutations);
  for (let place = 0; place < permutations; place += 1) {
    await between();
    statistics[place] = sharpeIn(backtest(subject, permutedTable(prices, chance, lived), options));
  }
  const missing = statistics.filter(Number.isNaN).length;
  const p = permutationP(
    observed,
    statistics.map((each) => (Number.isNaN(each) ? Infinity : each)),
  );
  return { observed, p, permutations: permutations - missing, undefinedPermutations: missing };
}

function sharpeIn(lived: ReturnType<typeof backtest>): number {
  return lived.kind === 'refused' ? Number.NaN : sharpeOf(excessOf(lived.returns, lived.riskFree));
}
