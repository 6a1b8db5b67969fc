// The execution function in any world: one turn of a run's crank.
import { type AdvanceResult, advanceEvent, portfolioOf } from '../../shared/contracts/events.ts';
import { advanceRun } from '../../shared/workflow/execution-run.ts';
import type { World } from '../../shared/workflow/world.ts';

export function executionHandler(world: World) {
  return async (event: unknown): Promise<AdvanceResult> => {
    const turn = advanceEvent.parse(event);
    const source = await world.portfolios.load(portfolioOf(turn));
    const { runId } = turn;
    return advanceRun(runId, world.portsFor(source.policy, runId)).finally(() => world.flush());
  };
}
