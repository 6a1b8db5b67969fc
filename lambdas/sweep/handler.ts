// The function of a sweep as AWS calls it.
import { deployedSweepWorker } from '../../shared/wiring/aws-sweep-store.ts';
import { sweepHandler } from './sweep-handler.ts';

export const handler = sweepHandler(deployedSweepWorker);
