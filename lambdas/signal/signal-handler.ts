// The signal function in any world: a schedule event in, what became of it out.
import { scheduleEvent } from '../../shared/contracts/events.ts';
import { runSignal, type SignalResult } from '../../shared/workflow/signal-run.ts';
import type { World } from '../../shared/workflow/world.ts';

/** @param open asked for every event, once that is known to be one. */
export function signalHandler(open: () => World | Promise<World>) {
  return async (event: unknown): Promise<SignalResult> => {
    const due = scheduleEvent.parse(event);
    const world = await open();
    try {
      const source = await world.portfolios.load(due.portfolio);
      const ports = world.portsFor(source.policy, `${due.portfolio}/${due.schedule}/${due.scheduledTime}`);
      return await runSignal(due, source, ports);
    } finally {
      world.flush();
    }
  };
}
