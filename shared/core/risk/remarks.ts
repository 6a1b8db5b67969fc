// What the risk review noticed and let pass: it stands in the record, so that nobody takes silence for a check.
import type { Account } from '../portfolio/portfolio.ts';
import type { RebalancePlan } from '../rebalance/plan.ts';
import { breakerFigures } from './account-denials.ts';
import { averageVolume, VOLUME_SESSIONS } from './average-volume.ts';
import type { Figures } from './denial.ts';
import type { RiskFacts } from './facts.ts';
import { lastCloseOf } from './last-close.ts';
import type { Limits } from './limits.ts';

export const REMARK_CODES = [
  /** On paper alone: a live plan is denied for it. */
  'volume-unknown',
  /** On paper alone: a live plan is denied for it. */
  'close-unknown',
  /** The broker holds something against the account that does not keep it from trading. */
  'account-restricted',
  /** The breaker is above normal. */
  'breaker',
] as const;
export type RemarkCode = (typeof REMARK_CODES)[number];

export interface Remark {
  readonly code: RemarkCode;
  readonly figures: Figures;
}

export function remarksOf({ trades }: Pick<RebalancePlan, 'trades'>, account: Account, limits: Limits, facts: RiskFacts): Remark[] {
  const { restrictions = [] } = account;
  const { breaker } = facts;
  const symbols = trades.map(({ symbol }) => symbol);
  const noVolume = limits.volumeMax === undefined ? [] : symbols.filter((symbol) => averageVolume(symbol, facts) === undefined);
  const noClose = limits.priceMoveMax === undefined ? [] : symbols.filter((symbol) => lastCloseOf(symbol, facts) === undefined);
  return [
    ...noVolume.map((symbol): Remark => ({ code: 'volume-unknown', figures: { symbol, sessions: `${VOLUME_SESSIONS}` } })),
    ...noClose.map((symbol): Remark => ({ code: 'close-unknown', figures: { symbol, session: facts.historyAsOf } })),
    ...(restrictions.length === 0 ? [] : [{ code: 'account-restricted' as const, figures: { restrictions: restrictions.join(', ') } }]),
    ...(breaker === undefined || breaker.level === 'normal'
      ? []
      : [{ code: 'breaker' as const, figures: { level: breaker.level, ...breakerFigures(breaker) } }]),
  ];
}
