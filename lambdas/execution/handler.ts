// The execution function as AWS calls it.
import { deployedWorld } from '../../shared/wiring/deployed-world.ts';
import { executionHandler } from './execution-handler.ts';

export const handler = executionHandler(deployedWorld);
