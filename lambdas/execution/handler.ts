// The execution function as AWS calls it.
import { awsWorld } from '../../shared/wiring/aws.ts';
import { executionHandler } from './execution-handler.ts';

export const handler = executionHandler(awsWorld());
