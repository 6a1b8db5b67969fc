// What the version before of the signal would plan now, and by which documents and whose override: only it knows what it carries.
// It is asked as the gate of a release asks, and nothing is written or sent.
import type { DryRunResult } from '../../shared/contracts/events.ts';
import { namesOf } from '../switch/scope.ts';
import { scopeText } from '../switch/switch-text.ts';
import { visibleText } from '../visible-text.ts';
import { wrappedText } from '../wrapped-text.ts';
import type { RollbackDesk } from './rollback-desk.ts';

export interface OlderPlan {
  /** null: all of them, where nobody knows which there are. */
  readonly portfolio: string | null;
  /** `unknown`: it could not be asked, or did not answer. */
  readonly verdict: DryRunResult['verdict'] | 'unknown';
  readonly detail: string;
}

const TEXT_MAX = 1_000;

/** That one cannot be asked keeps nobody from going back: nothing trades meanwhile. */
export async function olderPlans(version: string, desk: Pick<RollbackDesk, 'releases' | 'portfolioNames'>): Promise<readonly OlderPlan[]> {
  const known = await namesOf(desk);
  if (known.kind === 'unknown') return [{ portfolio: null, verdict: 'unknown', detail: known.problem }];
  return Promise.all(known.names.map(async (portfolio) => ({ portfolio, ...(await planOf(portfolio, version, desk)) })));
}

async function planOf(
  portfolio: string,
  version: string,
  { releases }: Pick<RollbackDesk, 'releases'>,
): Promise<Omit<OlderPlan, 'portfolio'>> {
  try {
    return await releases.dryRun('signal', version, portfolio);
  } catch (cause) {
    return { verdict: 'unknown', detail: cause instanceof Error ? cause.message : String(cause) };
  }
}

export function olderPlansText(version: string, plans: readonly OlderPlan[]): string {
  const lines = plans.map(({ portfolio, verdict, detail }) =>
    wrappedText(`  ${scopeText(portfolio ?? undefined)}  ${verdict}  `, visibleText(detail, TEXT_MAX)),
  );
  return [`What version ${version} of signal would do now with the portfolios whose files are here (its dry run):`, ...lines].join('\n');
}
