// The world of the deployed watchdog, loaded by the first event that is one.
import type { WatchdogWorld } from '../workflow/watchdog/watchdog-world.ts';

let opened: Promise<WatchdogWorld> | undefined;

/**
 * The same world for every event that this process is given.
 * @throws Error when the function's environment is not whole.
 */
export function deployedWatchdog(): Promise<WatchdogWorld> {
  opened ??= import('./aws-watchdog.ts').then(({ awsWatchdog }) => awsWatchdog());
  return opened;
}
