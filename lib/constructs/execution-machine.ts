// The engine of a run: a Standard state machine around the execution function. An execution name can be used
// once in 90 days, which is what makes starting a run twice harmless.
import { Aws, type Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { DefinitionBody, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import { executionSteps } from './execution-steps.ts';
import { ALIAS, type ReleasedFunction } from './released-function.ts';

export interface ExecutionMachineProps {
  readonly execution: ReleasedFunction;
  readonly functionTimeout: Duration;
  readonly deadLetters: DeadLetterQueue;
}

export class ExecutionMachine extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { execution, functionTimeout, deadLetters }: ExecutionMachineProps) {
    super(scope, id);
    // Put together by hand: the alias moves only after the signal's, which needs the machine to be there.
    const functionArn = `${execution.function.functionArn}:${ALIAS}`;
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] }));
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queue.queueArn] }));
    const steps = executionSteps({
      partition: Aws.PARTITION,
      functionArn,
      functionTimeoutSeconds: functionTimeout.toSeconds(),
      deadLetterQueueUrl: deadLetters.queue.queueUrl,
    });
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(steps)),
      role,
    });
    Validations.of(this.machine).acknowledge(
      {
        id: 'AwsSolutions-SF1',
        reason: 'A Standard execution keeps its whole history for 90 days; log delivery would need rights over every log of the account.',
      },
      {
        id: 'AwsSolutions-SF2',
        reason: 'Tracing would need write access to resources that cannot be named; every turn is logged with its run id.',
      },
    );
  }
}
