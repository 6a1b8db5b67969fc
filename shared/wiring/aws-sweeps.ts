// The sweep stack of a stage, as the owner's command line works with it.
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { clientSettings } from '../adapters/aws/client-settings.ts';
import { StepFunctionsSweeps } from '../adapters/aws/step-functions-sweeps.ts';
import type { SweepEngine } from '../ports/sweep-engine.ts';
import type { SweepStore } from '../ports/sweep-store.ts';
import { awsSweepStore } from './aws-sweep-store.ts';

export function awsSweeps(bucket: string, stateMachineArn: string): { readonly store: SweepStore; readonly engine: SweepEngine } {
  const engine = new StepFunctionsSweeps(new SFNClient(clientSettings()), new LambdaClient(clientSettings()), stateMachineArn);
  return { store: awsSweepStore(bucket), engine };
}
