// Searches whose truth is known: one variant with an edge among worthless ones, or worthless ones alone. Each seed is a whole
// piece of research: ten years, the last one sealed; the best of the first nine is judged.
import { seededChance } from '../../../../research/validation/statistics/chance.ts';
import { shapeOf, sharpeOf } from '../../../../research/validation/statistics/return-shape.ts';
import { gatherEvidence } from '../../../../research/validation/verdict/gather-evidence.ts';
import { judge, type VerdictWord } from '../../../../research/validation/verdict/judge.ts';
import { normalReturns } from '../statistics/made-up-returns.ts';

const BARS_A_YEAR = 252;
const YEARS = 10;
const DEVIATION = 0.01;
/** Spread and impact of a bar, which the true Sharpe ratio is net of. */
const SLIPPAGE = 0.000_05;

/** @param sharpe the true annual one of the first variant, net; the others have none. */
export function verdictOnSearch(seed: number, { trials, sharpe }: { readonly trials: number; readonly sharpe: number }): VerdictWord {
  const chance = seededChance(seed);
  const sealedFrom = (YEARS - 1) * BARS_A_YEAR;
  const meanOfTrial = (trial: number): number => (trial === 0 ? (sharpe * DEVIATION) / Math.sqrt(BARS_A_YEAR) : 0);
  const whole = Array.from({ length: trials }, (_, trial) => normalReturns(YEARS * BARS_A_YEAR, meanOfTrial(trial), DEVIATION, chance));
  const variants = whole.map((column) => column.subarray(0, sealedFrom));
  const sharpes = Float64Array.from(variants, sharpeOf);
  const chosen = sharpes.indexOf(Math.max(...sharpes));
  const returns = variants[chosen] as Float64Array;
  const nothing = new Float64Array(sealedFrom);
  const holdout = (whole[chosen] as Float64Array).subarray(sealedFrom).reduce((grown, each) => grown * (1 + each), 1) - 1;
  const evidence = gatherEvidence(
    {
      returns,
      cash: nothing,
      benchmark: nothing,
      atDoubleSlippage: returns.map((each) => each - SLIPPAGE),
      barsAYear: BARS_A_YEAR,
      yearsOutOfSample: 1,
      claimedSharpe: 0.5,
      variants,
      variantBenchmark: nothing,
      trials: { count: trials, variance: (shapeOf(sharpes)?.deviation ?? 0) ** 2, max: trials },
      trades: 1_000,
      rebalances: 100,
      holdout: { openings: 1, netReturn: holdout },
    },
    { chance, samples: 100 },
  );
  return judge(evidence).verdict;
}

export function shareOf(word: VerdictWord, seeds: number, search: { readonly trials: number; readonly sharpe: number }): number {
  let count = 0;
  for (let seed = 1; seed <= seeds; seed += 1) if (verdictOnSearch(seed, search) === word) count += 1;
  return count / seeds;
}
