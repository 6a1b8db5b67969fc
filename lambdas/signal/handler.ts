// The signal function as AWS starts it: built once, when its environment is found whole.
import { awsWorld } from '../../shared/wiring/aws.ts';
import { signalHandler } from './signal-handler.ts';

export const handler = signalHandler(awsWorld());
