// Files that do not name all that the account holds, and say that the rest is sold.
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';

/** One file in three without a yesterday names the fifth symbol nowhere, and says that what it does not name is sold. */
export function withUnowned(seed: number, policy: PortfolioPolicy): PortfolioPolicy {
  if (seed % 3 !== 1) return policy;
  const sleeves = policy.sleeves.map((sleeve) => {
    const { strategy } = sleeve;
    if (strategy.kind !== 'specified') throw new Error('a day of long positions has fixed weights');
    return { ...sleeve, strategy: { ...strategy, children: strategy.children.filter(({ weight }) => weight !== 0n) } };
  });
  return { ...policy, sleeves, unowned: 'sell' };
}
