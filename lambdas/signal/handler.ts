// The signal function as AWS calls it.
import { deployedWorld } from '../../shared/wiring/deployed-world.ts';
import { signalHandler } from './signal-handler.ts';

export const handler = signalHandler(deployedWorld);
