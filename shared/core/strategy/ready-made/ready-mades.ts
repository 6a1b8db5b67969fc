// All ready-made strategies, by name. A new one is a file of its own and an entry here.
import { hierarchical, largestSharpe, leastTail, leastVariance, mostDiversified, riskParity, viewed } from './constructions.ts';
import { dualMomentum } from './dual-momentum.ts';
import { factorRank } from './factor-rank.ts';
import type { Given } from './given.ts';
import { meanReversion } from './mean-reversion.ts';
import { momentumRotation } from './momentum-rotation.ts';
import { multiTimeframe } from './multi-timeframe.ts';
import { pairs } from './pairs.ts';
import type { ReadyMade, Rule } from './ready-made.ts';
import { trendFollowing } from './trend-following.ts';

export const READY_MADES: readonly ReadyMade[] = [
  momentumRotation,
  dualMomentum,
  factorRank,
  multiTimeframe,
  trendFollowing,
  meanReversion,
  pairs,
  leastVariance,
  leastTail,
  largestSharpe,
  viewed,
  mostDiversified,
  riskParity,
  hierarchical,
];

const byName = new Map(READY_MADES.map((each) => [each.name, each]));

/** undefined when there is none of that name. */
export function readyMadeNamed(name: string): ReadyMade | undefined {
  return byName.get(name);
}

/** @throws RangeError for a name or for parameters that no schema would have let through. */
export function openRule(name: string, given: Given): Rule {
  const found = byName.get(name);
  if (found === undefined) throw new RangeError(`there is no ready-made strategy ${name}`);
  return found.open(given);
}
