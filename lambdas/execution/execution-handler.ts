// The execution function in any world: one turn of a run's crank.
import { type AdvanceResult, advanceEvent, portfolioOf } from '../../shared/contracts/events.ts';
import { advanceRun, UnresolvedRun } from '../../shared/workflow/execution-run.ts';
import { sealAfterRun } from '../../shared/workflow/seal-after-run.ts';
import type { World } from '../../shared/workflow/world.ts';

/** @param open asked for every event, once that is known to be one. */
export function executionHandler(open: () => World | Promise<World>) {
  return async (event: unknown): Promise<AdvanceResult> => {
    const turn = advanceEvent.parse(event);
    const world = await open();
    try {
      const { policy } = await world.portfolios.load(portfolioOf(turn));
      const ports = world.portsFor(policy, turn.runId);
      const seal = () => sealAfterRun(policy.name, world.audit, ports.telemetry);
      const result = await advanceRun(turn.runId, ports).catch(async (error: unknown) => {
        // It has ended, and fails so that a person looks at it.
        if (error instanceof UnresolvedRun) await seal();
        throw error;
      });
      if (result.done) await seal();
      return result;
    } finally {
      world.flush();
    }
  };
}
