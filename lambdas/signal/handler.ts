// The signal function as AWS calls it: by a schedule, or by the gate of a release.
import { isDryRun } from '../../shared/contracts/events.ts';
import { deployedWorld } from '../../shared/wiring/deployed-world.ts';
import { dryRunHandler } from './dry-run-handler.ts';
import { signalHandler } from './signal-handler.ts';

const signal = signalHandler(deployedWorld);
const trial = dryRunHandler(deployedWorld);

export const handler = (event: unknown) => (isDryRun(event) ? trial(event) : signal(event));
