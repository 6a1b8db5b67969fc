// A claim on made-up prices: eight years of two funds that take turns, and the benchmark half of each.

import { dataHash } from '../../../research/backtest/price-hash.ts';
import type { Claim } from '../../../research/hypothesis/claim.ts';
import { registrationOf, researchPrices } from '../../../research/hypothesis/claim.ts';
import { variantStrategies } from '../../../research/hypothesis/variant-strategies.ts';
import { seededChance } from '../../../research/validation/statistics/chance.ts';
import { parseHypothesisFile } from '../../../shared/contracts/hypothesis/hypothesis-file.ts';
import { noOtherFile } from '../../../shared/contracts/read-text.ts';
import type { DailySeries } from '../../../shared/core/market/bar.ts';
import { sessionsBetween } from '../../../shared/core/market/nyse-calendar.ts';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';

export const STRATEGY = `strategy: Rotation
rebalance: { every: week }
tree:
  filter: { top: 1, by: { cumulative-return: 5 }, of: [VTI, BND] }
`;

/** @param edge how much more the fund whose turn it is earns a day; turns last a month. */
export function turningPrices(edge: number, last: NewYorkDate = '2019-12-31'): readonly DailySeries[] {
  const chance = seededChance(7);
  let [vti, bnd, spy] = [100, 100, 100];
  const bars: Record<string, DailySeries['bars'][number][]> = { VTI: [], BND: [], SPY: [] };
  for (const [day, { date }] of sessionsBetween('2012-01-03', last).entries()) {
    const turn = Math.floor(day / 21) % 2 === 0 ? edge : -edge;
    const [a, b] = [turn + (chance.uniform() - 0.5) / 100, -turn + (chance.uniform() - 0.5) / 100];
    [vti, bnd, spy] = [vti * (1 + a), bnd * (1 + b), spy * (1 + (a + b) / 2)];
    for (const [symbol, close] of Object.entries({ VTI: vti, BND: bnd, SPY: spy })) bars[symbol]?.push({ date, close });
  }
  return Object.entries(bars).map(([symbol, each]) => ({ symbol, bars: each }));
}

export function aClaim(
  series: readonly DailySeries[],
  changed: {
    readonly name?: string;
    readonly trials?: number;
    readonly variants?: string;
    readonly strategy?: string;
    readonly holdout?: string;
    readonly costs?: string;
  } = {},
): Claim {
  const { name = 'rotation', trials = 5, variants = '{ tree.filter.by.cumulative-return: [5, 60] }', strategy = STRATEGY } = changed;
  const { holdout = '{ first: 2018-01-02, last: 2019-12-31 }' } = changed;
  const { costs = '{ half-spread-bps: 1, commission-bps: 0, borrow-bps: 50, impact: 1, fees: none }' } = changed;
  const made = (data: string): Claim => {
    const text = `hypothesis: ${name}
claim: last week's winner goes on winning
strategy: rotation.yaml
universe: [BND, SPY, VTI]
data: ${data}
benchmark: SPY
metric: sharpe
target-sharpe: 0.5
trials: ${trials}
holdout: ${holdout}
costs: ${costs}
cash-rate: 0%
seed: 1
variants: ${variants}
`;
    const read = parseHypothesisFile(text, 'claim.yaml');
    if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
    const found = variantStrategies(read.hypothesis, strategy, 'rotation.yaml', noOtherFile);
    if (found.kind === 'refused') throw new Error(JSON.stringify([found.findings, found.problems]));
    return {
      hypothesis: read.hypothesis,
      registration: registrationOf(read.hypothesis, found),
      strategyText: found.strategyText,
      variants: found.variants,
      series,
    };
  };
  return made(dataHash(researchPrices(made('0'.repeat(64)))));
}
