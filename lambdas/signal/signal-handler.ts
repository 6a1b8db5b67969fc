// The signal function in any world: a schedule event in, what became of it out.
import { scheduleEvent } from '../../shared/contracts/events.ts';
import { sealAfterRun } from '../../shared/workflow/seal-after-run.ts';
import { runSignal, type SignalResult } from '../../shared/workflow/signal-run.ts';
import type { World } from '../../shared/workflow/world.ts';

/** The run has ended here and now, or had before: then whoever ended it may have died before the chain had it. */
const ENDED: ReadonlySet<SignalResult['kind']> = new Set(['refused', 'nothing-to-trade', 'already-ended']);

/** @param open asked for every event, once that is known to be one. */
export function signalHandler(open: () => World | Promise<World>) {
  return async (event: unknown): Promise<SignalResult> => {
    const due = scheduleEvent.parse(event);
    const world = await open();
    try {
      const source = await world.portfolios.load(due.portfolio);
      const ports = world.portsFor(source.policy, `${due.portfolio}/${due.schedule}/${due.scheduledTime}`);
      const result = await runSignal(due, source, ports);
      if (ENDED.has(result.kind)) await sealAfterRun(due.portfolio, world.audit, ports.telemetry);
      return result;
    } finally {
      world.flush();
    }
  };
}
