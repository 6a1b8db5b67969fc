// What the owner's own command line needs to speak of this deployment: names only, no secret.
import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { environmentNames, operatorEnvironmentNames } from '../shared/contracts/environment.ts';
import type { Hop } from './constructs/catalogue-alarms.ts';
import type { DeadLetterQueue } from './constructs/dead-letter-queue.ts';
import { ALIAS, type ReleasedFunction } from './constructs/released-function.ts';

export interface OperatorEnvironmentProps {
  /** As the signal has it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly ownerTopicArn: string;
  readonly deadLetters: Readonly<Record<Hop, DeadLetterQueue>>;
  readonly functions: Readonly<Record<string, ReleasedFunction>>;
}

/** As an output of the stack: `NAME=value NAME=value`, to be put before a command. */
export function printOperatorEnvironment(stack: Stack, props: OperatorEnvironmentProps): void {
  const variables = {
    ...props.environment,
    [environmentNames.ownerTopicArn]: props.ownerTopicArn,
    [environmentNames.portfoliosDir]: 'portfolios',
    [operatorEnvironmentNames.deadLetterQueues]: named(props.deadLetters, ({ queue }) => queue.queueUrl),
    [operatorEnvironmentNames.logGroups]: named(props.functions, ({ logGroup }) => logGroup.logGroupName),
    [operatorEnvironmentNames.functions]: named(props.functions, (each) => `${each.function.functionName}:${ALIAS}`),
  };
  const value = Object.entries(variables).map(([name, text]) => `${name}=${text}`);
  new CfnOutput(stack, 'OperatorEnvironment', {
    value: value.join(' '),
    description: 'Set these before the commands of evenkeel that speak of a deployment',
  });
}

/** `hop=value,hop=value`. */
function named<Value>(values: Readonly<Record<string, Value>>, textOf: (value: Value) => string): string {
  return Object.entries(values)
    .map(([hop, value]) => `${hop}=${textOf(value)}`)
    .join(',');
}
