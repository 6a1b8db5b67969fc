// What the owner of a deployment works with besides its records: dead letters, executions, logs, events by hand. The
// functions have none of it.
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings } from '../adapters/aws/client-settings.ts';
import { CloudWatchRunLog } from '../adapters/aws/cloudwatch-run-log.ts';
import { LambdaReleases } from '../adapters/aws/lambda-releases.ts';
import { LambdaSignals } from '../adapters/aws/lambda-signals.ts';
import { SqsDeadLetters } from '../adapters/aws/sqs-dead-letters.ts';
import { StepFunctionsExecutions } from '../adapters/aws/step-functions-executions.ts';
import { environmentNames, operatorEnvironmentNames } from '../contracts/environment.ts';
import { readNamedValues } from '../contracts/named-values.ts';
import type { DeadLetters } from '../ports/dead-letters.ts';
import type { Executions } from '../ports/executions.ts';
import type { Releases } from '../ports/releases.ts';
import type { RunLog } from '../ports/run-log.ts';
import type { Signals } from '../ports/signals.ts';

export interface AwsOperations {
  readonly deadLetters: DeadLetters;
  readonly executions: Executions;
  readonly runLog: RunLog;
  readonly signals: Signals;
  readonly releases: Releases;
}

/** Longer than the signal function may take. */
const SIGNAL_MS = 150_000;

/** @throws Error when the environment does not say where. */
export function awsOperations(variables: Readonly<Record<string, string | undefined>>): AwsOperations {
  const textOf = (name: string): string => {
    const text = variables[name] ?? '';
    if (text === '') throw new Error(`${name} is not set`);
    return text;
  };
  const functions = readNamedValues(textOf(operatorEnvironmentNames.functions));
  const signal = functions.get('signal');
  if (signal === undefined) throw new Error(`${operatorEnvironmentNames.functions} names no signal`);
  // Once: what the first attempt began, the second would only find begun.
  const calling = new LambdaClient(clientSettings({ requestTimeoutMs: SIGNAL_MS, attemptsMax: 1 }));
  return {
    deadLetters: new SqsDeadLetters(new SQSClient(clientSettings()), readNamedValues(textOf(operatorEnvironmentNames.deadLetterQueues))),
    executions: new StepFunctionsExecutions(new SFNClient(clientSettings()), textOf(environmentNames.stateMachineArn)),
    runLog: new CloudWatchRunLog(new CloudWatchLogsClient(clientSettings()), readNamedValues(textOf(operatorEnvironmentNames.logGroups))),
    signals: new LambdaSignals(calling, signal),
    releases: new LambdaReleases(new LambdaClient(clientSettings()), calling, functions),
  };
}
