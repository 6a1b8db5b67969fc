// The execution function in any world: one turn of a run's crank.
import { type AdvanceResult, advanceEvent, portfolioOf } from '../../shared/contracts/events.ts';
import { advanceRun } from '../../shared/workflow/execution-run.ts';
import type { World } from '../../shared/workflow/world.ts';

/** @param open asked for every event, once that is known to be one. */
export function executionHandler(open: () => World | Promise<World>) {
  return async (event: unknown): Promise<AdvanceResult> => {
    const turn = advanceEvent.parse(event);
    const world = await open();
    try {
      const { policy } = await world.portfolios.load(portfolioOf(turn));
      return await advanceRun(turn.runId, world.portsFor(policy, turn.runId));
    } finally {
      world.flush();
    }
  };
}
