// The state machine behind its SDK client, in a file of its own so that it can be loaded on its own.
import { SFNClient } from '@aws-sdk/client-sfn';
import { clientSettings } from '../adapters/aws/client-settings.ts';
import { StepFunctionsEngine } from '../adapters/aws/step-functions-engine.ts';

export function stepFunctions(stateMachineArn: string): StepFunctionsEngine {
  return new StepFunctionsEngine(new SFNClient(clientSettings()), stateMachineArn);
}
