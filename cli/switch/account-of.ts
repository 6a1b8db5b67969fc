// What the file of a portfolio says of its account.
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import type { Desk } from './desk.ts';
import { namesOf } from './scope.ts';

/** undefined where its file is not known here. That files cannot be read is for `namesOf` to say. */
export async function accountOf(portfolio: string, desk: Desk): Promise<PortfolioPolicy['account'] | undefined> {
  const known = await namesOf(desk);
  if (known.kind === 'unknown' || !known.names.includes(portfolio)) return undefined;
  return (await desk.policyOf(portfolio))?.account;
}
