// Everything that is measured of a portfolio before it may trade live without a claim: cost by the backtest, tracking and practice by
// its paper runs. It signs nothing, and refuses to know which world the records are of.
import { recordHash } from '../../shared/contracts/audit-link.ts';
import type { PolicyCheck } from '../../shared/contracts/hypothesis/policy-check.ts';
import { tradedHash } from '../../shared/contracts/hypothesis/traded-hash.ts';
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import type { EpochMs, NewYorkDate } from '../../shared/core/values/time.ts';
import { dataHash } from '../backtest/price-hash.ts';
import type { PriceTable } from '../backtest/price-table.ts';
import { subjectOfPolicy } from '../backtest/subject.ts';
import { costChecks } from './cost-checks.ts';
import { paperRuns, type RunRecords, unprovenRecords } from './paper-runs.ts';
import { practiceChecks } from './practice-checks.ts';
import { trackingChecks } from './tracking-checks.ts';
import { tradingCosts } from './trading-costs.ts';

export interface MeasuredPolicy extends Pick<PolicyCheck, 'portfolio' | 'traded' | 'data' | 'runs' | 'outcome' | 'checks'> {
  /** Spread and impact by which the backtest reckons, in basis points of what is traded; null where it traded nothing. */
  readonly assumedBps: number | null;
  /** Why the backtest has nothing to say, where it has not. */
  readonly notCosted?: string;
}

/**
 * @param prices of everything that the portfolio holds or looks at.
 * @param since the first session whose runs are looked at.
 * @throws StoreError, OutsideError of the audit key
 */
export async function measurePolicy(
  policy: PortfolioPolicy,
  prices: PriceTable,
  records: RunRecords,
  { now, since }: { readonly now: EpochMs; readonly since?: NewYorkDate },
): Promise<MeasuredPolicy> {
  const traded = tradedHash(policy);
  const subject = subjectOfPolicy(policy);
  const [once, twice] = [tradingCosts(subject, prices, 1), tradingCosts(subject, prices, 2)];
  const runs = await paperRuns({ name: policy.name, traded }, records, since);
  const practice = practiceChecks(runs, policy, { now, unproven: await unprovenRecords(runs, records) });
  const checks = [...costChecks(once, twice), ...trackingChecks(runs, once), ...practice];
  return {
    portfolio: policy.name,
    traded,
    data: dataHash(prices),
    runs: runs.map(({ record }) => ({ runId: record.runId, session: record.session, head: recordHash(record) })),
    outcome: checks.every(({ holds }) => holds) ? 'passed' : 'failed',
    checks,
    assumedBps: once.kind === 'costs' ? once.assumedBps : null,
    ...(once.kind === 'unknown' ? { notCosted: once.why } : {}),
  };
}
