// The latest runs of portfolios, as far as the records can be read: what cannot be read is said and hides nothing else.
import { type RunRecord, UnreadableRecord } from '../../shared/contracts/run-record.ts';
import { OutsideError } from '../../shared/ports/outside-error.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';

export interface PortfolioRuns {
  readonly portfolio: string;
  /** Newest session first; none when they cannot be read. */
  readonly runs: readonly RunRecord[];
  /** Why they cannot be read. */
  readonly problem: string | undefined;
}

/** One run executes at a time, and it is among the newest. */
const RUNS_LOOKED_AT = 10;

export function latestRuns(portfolios: readonly string[], runStore: RunStore): Promise<readonly PortfolioRuns[]> {
  return Promise.all(portfolios.map((portfolio) => runsOf(portfolio, runStore)));
}

async function runsOf(portfolio: string, runStore: RunStore): Promise<PortfolioRuns> {
  try {
    return { portfolio, runs: await runStore.list(portfolio, RUNS_LOOKED_AT), problem: undefined };
  } catch (error) {
    if (!(error instanceof UnreadableRecord || error instanceof OutsideError)) throw error;
    return { portfolio, runs: [], problem: `the runs of ${portfolio} cannot be read: ${error.message}` };
  }
}
