// The signal function as AWS calls it.
import { awsWorld } from '../../shared/wiring/aws.ts';
import { signalHandler } from './signal-handler.ts';

export const handler = signalHandler(awsWorld());
