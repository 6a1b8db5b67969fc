// The watchdog in the emulated world.
import { watchdogHandler } from '../../../lambdas/watchdog/watchdog-handler.ts';
import { awsWatchdog } from '../../../shared/wiring/aws-watchdog.ts';
import { emulatedWorld, onSchedule } from '../emulated-world.ts';

export const handler = onSchedule(watchdogHandler(() => awsWatchdog(emulatedWorld())));
