// The watchdog function as AWS calls it.
import { deployedWatchdog } from '../../shared/wiring/deployed-watchdog.ts';
import { watchdogHandler } from './watchdog-handler.ts';

export const handler = watchdogHandler(deployedWatchdog);
