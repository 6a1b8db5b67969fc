// The engine of a run: a Standard state machine around the execution function. An execution name can be used
// once in 90 days, which is what makes starting a run twice harmless.
import { Aws, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, MathExpression, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { DefinitionBody, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import { executionSteps } from './execution-steps.ts';

export interface ExecutionMachineProps {
  readonly execution: NodejsFunction;
  readonly functionTimeout: Duration;
  readonly deadLetters: DeadLetterQueue;
  readonly alarmTopic: ITopic;
}

export class ExecutionMachine extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { execution, functionTimeout, deadLetters, alarmTopic }: ExecutionMachineProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [execution.functionArn] }));
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queue.queueArn] }));
    const steps = executionSteps({
      partition: Aws.PARTITION,
      functionArn: execution.functionArn,
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
    this.#alarmOnStop(alarmTopic);
  }

  /** What no Catch sees: an execution out of time, or an answer the steps cannot read, just stops. */
  #alarmOnStop(alarmTopic: ITopic): void {
    const period = Duration.minutes(5);
    const failed = this.machine.metricFailed({ period, statistic: Stats.SUM });
    const timedOut = this.machine.metricTimedOut({ period, statistic: Stats.SUM });
    new Alarm(this, 'Stopped', {
      alarmDescription: 'The execution of a run has failed or run out of time. The run stays as its record says until it is redriven.',
      metric: new MathExpression({
        expression: 'FILL(failed, 0) + FILL(timedOut, 0)',
        usingMetrics: { failed, timedOut },
        label: 'stopped',
        period,
      }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      // No executions, no figures: here silence is health.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(alarmTopic));
  }
}
