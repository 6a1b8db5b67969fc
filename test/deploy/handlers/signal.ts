// The signal function in the emulated world.
import { signalHandler } from '../../../lambdas/signal/signal-handler.ts';
import { emulatedWorld } from '../emulated-world.ts';

export const handler = signalHandler(emulatedWorld);
