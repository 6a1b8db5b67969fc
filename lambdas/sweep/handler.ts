// The function of a sweep as AWS calls it.
import { deployedSweepStore } from '../../shared/wiring/aws-sweep.ts';
import { sweepHandler } from './sweep-handler.ts';

export const handler = sweepHandler(deployedSweepStore);
