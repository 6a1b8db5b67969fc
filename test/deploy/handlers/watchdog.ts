// The watchdog in the emulated world.
import { watchdogHandler } from '../../../lambdas/watchdog/watchdog-handler.ts';
import { awsWatchdog } from '../../../shared/wiring/aws-watchdog.ts';
import { emulatedWorld } from '../emulated-world.ts';

export const handler = watchdogHandler(() => awsWatchdog(emulatedWorld()));
