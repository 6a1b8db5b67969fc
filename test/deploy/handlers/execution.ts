// The execution function in the emulated world.
import { executionHandler } from '../../../lambdas/execution/execution-handler.ts';
import { emulatedWorld } from '../emulated-world.ts';

export const handler = executionHandler(emulatedWorld);
