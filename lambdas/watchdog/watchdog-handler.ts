// The watchdog function in any world: its schedule's event in, what it found out.
import { watchdogEvent } from '../../shared/contracts/watchdog-event.ts';
import type { WatchdogWorld } from '../../shared/workflow/watchdog/watchdog-world.ts';
import { runWatchdog } from '../../shared/workflow/watchdog-run.ts';

/** As the log and whoever calls it by hand see it: words, no amounts that JSON cannot say. */
export interface WatchdogAnswer {
  readonly kind: 'quiet' | 'watched';
  readonly because?: string;
  readonly session?: string;
  /** "balanced: run-missing, secret-old" of each portfolio with findings. */
  readonly findings?: readonly string[];
}

/** @param open asked for every event, once that is known to be one. */
export function watchdogHandler(open: () => WatchdogWorld | Promise<WatchdogWorld>) {
  return async (event: unknown): Promise<WatchdogAnswer> => {
    const due = watchdogEvent.parse(event);
    const world = await open();
    try {
      const result = await runWatchdog(due, world);
      if (result.kind === 'quiet') return result;
      const told = result.portfolios.filter(({ findings }) => findings.length > 0);
      const findings = told.map(({ portfolio, findings: each }) => `${portfolio}: ${each.map(({ code }) => code).join(', ')}`);
      return { kind: 'watched', session: result.session, findings };
    } finally {
      world.flush();
    }
  };
}
