// The execution function as AWS starts it: built once, when its environment is found whole.
import { awsWorld } from '../../shared/wiring/aws.ts';
import { executionHandler } from './execution-handler.ts';

export const handler = executionHandler(awsWorld());
