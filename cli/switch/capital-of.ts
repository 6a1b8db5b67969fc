// The part of its account that a portfolio uses, by its file.
import { formatPercent } from '../../shared/core/values/weight.ts';
import type { Desk } from './desk.ts';
import { namesOf } from './scope.ts';

/** "10%"; undefined where it is all of it, or its file is not known here. That files cannot be read is for `namesOf` to say. */
export async function capitalOf(portfolio: string, desk: Desk): Promise<string | undefined> {
  const known = await namesOf(desk);
  if (known.kind === 'unknown' || !known.names.includes(portfolio)) return undefined;
  const capital = (await desk.policyOf(portfolio))?.account.capital;
  return capital === undefined ? undefined : formatPercent(capital);
}
