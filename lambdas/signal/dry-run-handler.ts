// What a new version of the signal function is asked before a release: the event of a dry run in, its verdict out.
import { type DryRunResult, dryRunEvent } from '../../shared/contracts/events.ts';
import { dryRun } from '../../shared/workflow/dry-run.ts';
import type { World } from '../../shared/workflow/world.ts';

/** @param open asked for every event, once that is known to be one. */
export function dryRunHandler(open: () => World | Promise<World>) {
  return async (event: unknown): Promise<DryRunResult> => {
    const { portfolio } = dryRunEvent.parse(event);
    const world = await open();
    try {
      const source = await world.portfolios.load(portfolio);
      return await dryRun(source, world.portsFor(source.policy, `${portfolio}/dry-run`));
    } finally {
      world.flush();
    }
  };
}
