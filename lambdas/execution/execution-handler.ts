// The execution function in any world: one turn of a run's crank.
import { type AdvanceResult, advanceEvent, portfolioOf } from '../../shared/contracts/events.ts';
import { advanceRun } from '../../shared/workflow/execution-run.ts';
import type { World } from '../../shared/workflow/world.ts';

export function executionHandler(world: World) {
  return async (event: unknown): Promise<AdvanceResult> => {
    try {
      const turn = advanceEvent.parse(event);
      const { policy } = await world.portfolios.load(portfolioOf(turn));
      return await advanceRun(turn.runId, world.portsFor(policy, turn.runId));
    } finally {
      world.flush();
    }
  };
}
