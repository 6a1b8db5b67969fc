// A strategy by one hash: everything that decides is in it, and nothing that only describes. A verdict is bound to it.
import type { ContentHash } from '../../core/values/identity.ts';
import { contentHash } from '../canonical-json.ts';
import type { Sleeve } from '../portfolio-policy.ts';
import { strategyYaml } from '../strategy-file/strategy-yaml.ts';

/** The same for a strategy file, and for a sleeve that names it, whatever either is called and however it is written. */
export function strategyHash({ strategy, rebalance, decideOn, options, exits }: Omit<Sleeve, 'name' | 'capital'>): ContentHash {
  return contentHash(
    strategyYaml({ name: 'hashed', tree: strategy, rebalance, decideOn, options, ...(exits === undefined ? {} : { exits }) }),
  );
}
