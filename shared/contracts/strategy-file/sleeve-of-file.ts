// A strategy file as the sleeve that holds nothing else. Where the file does not say which prices decide, the last close does.
import type { StrategyFile } from '../../core/strategy/tree.ts';
import type { Sleeve } from '../portfolio-policy.ts';

export function sleeveOfFile({ name, tree, rebalance, decideOn = 'last-close', options, exits }: StrategyFile): Omit<Sleeve, 'capital'> {
  return { name, strategy: tree, rebalance, decideOn, options, ...(exits === undefined ? {} : { exits }) };
}
