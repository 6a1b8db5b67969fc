// A strategy by one hash: everything that decides is in it, and nothing that only describes. A verdict is bound to it.
import type { ContentHash } from '../../core/values/identity.ts';
import { formatPercent } from '../../core/values/weight.ts';
import { canonicalJson, contentHash } from '../canonical-json.ts';
import type { Sleeve } from '../portfolio-policy.ts';
import { strategyYaml } from '../strategy-file/strategy-yaml.ts';

/** The same for a strategy file, and for a sleeve that names it, whatever either is called and however it is written. */
export function strategyHash({ strategy, rebalance, decideOn, options, exits }: Omit<Sleeve, 'name' | 'capital'>): ContentHash {
  const file = strategyYaml({ name: 'hashed', tree: strategy, rebalance, decideOn, options, ...(exits === undefined ? {} : { exits }) });
  return contentHash(exits?.tiers === undefined ? file : `${file}${tiersText(exits.tiers)}\n`);
}

/** A strategy file has no tiers, so that its text leaves them out: they are its sleeve's. */
function tiersText({ steps, caps }: NonNullable<NonNullable<Sleeve['exits']>['tiers']>): string {
  return canonicalJson({
    tiers: steps.map(({ gain, add }) => ({ gain: formatPercent(gain), add: formatPercent(add) })),
    caps: Object.fromEntries(Object.entries(caps).map(([symbol, cap]) => [symbol, formatPercent(cap)])),
  });
}
