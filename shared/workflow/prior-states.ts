// What the latest decision of a portfolio left for the next one: where its averages began, and what its rules remember.
import { openArtifact } from '../contracts/artifacts.ts';
import type { PortfolioPolicy } from '../contracts/portfolio-policy.ts';
import { remembersPast } from '../core/strategy/evaluate.ts';
import type { StrategyState } from '../core/strategy/ready-made/memory.ts';
import type { RunId } from '../core/values/identity.ts';
import type { NewYorkDate } from '../core/values/time.ts';
import type { RunPorts } from './world.ts';

/** A quarter of daily runs. If all of them were refused before they decided, the strategies begin anew, from their history. */
const RUNS_MAX = 66;

/**
 * undefined where no strategy remembers anything, or nothing has been decided yet.
 * @throws StoreError; Error for a decision that is pointed to and missing.
 */
export async function readPriorStates(
  runId: RunId,
  policy: PortfolioPolicy,
  asOf: NewYorkDate,
  { runStore, artifacts }: RunPorts,
): Promise<Readonly<Record<string, StrategyState>> | undefined> {
  if (!policy.sleeves.some(({ strategy }) => remembersPast(strategy))) return undefined;
  for (const run of await runStore.list(policy.name, RUNS_MAX)) {
    const hash = run.artifacts.decision;
    if (run.runId === runId || hash === undefined) continue;
    const text = await artifacts.get(hash);
    if (text === undefined) throw new Error(`the decision ${hash} of run ${run.runId} is missing`);
    const { result } = openArtifact('decision', text);
    if (result.kind !== 'weights' || result.states === undefined) continue;
    // A later decision knows what this one may not.
    if (Object.values(result.states).every((state) => state.asOf <= asOf)) return result.states;
  }
  return undefined;
}
