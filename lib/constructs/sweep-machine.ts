// What runs a sweep: a Standard state machine around its function. The name of an execution can be used once in 90 days, which is
// what makes starting a sweep twice harmless.
import { ArnFormat, Aws, type Duration, Stack, Validations } from 'aws-cdk-lib';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { DefinitionBody, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { SWEEP_WORKERS_MAX, sweepFolders } from '../../shared/contracts/sweep-batch.ts';
import { acknowledgeOpen, written, writtenArn } from './open-resources.ts';
import { sweepSteps } from './sweep-steps.ts';

/** Why a right is to a folder of the bucket. */
export const FOLDERS = 'What is in the bucket is named by hashes that nobody knows before it is written: the right is to the folder.';

export interface SweepMachineProps {
  readonly worker: LambdaFunction;
  readonly functionTimeout: Duration;
  readonly bucket: Bucket;
}

export class SweepMachine extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { worker, functionTimeout, bucket }: SweepMachineProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    });
    const runs = bucket.arnForObjects(`${sweepFolders.runs}/*`);
    const inputs = bucket.arnForObjects(`${sweepFolders.inputs}/*`);
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [worker.functionArn] }));
    role.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [inputs] }));
    role.addToPolicy(
      new PolicyStatement({
        actions: ['s3:PutObject', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
        resources: [runs],
      }),
    );
    const steps = sweepSteps({
      partition: Aws.PARTITION,
      functionArn: worker.functionArn,
      functionTimeoutSeconds: functionTimeout.toSeconds(),
      bucket: bucket.bucketName,
      workersMax: SWEEP_WORKERS_MAX,
    });
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(steps)),
      role,
    });
    // A batch is an execution of its own. Apart from the rest, since it names the machine, which names the role.
    const batches = new Policy(this, 'Batches', {
      roles: [role],
      statements: [
        new PolicyStatement({ actions: ['states:StartExecution'], resources: [this.machine.stateMachineArn] }),
        new PolicyStatement({ actions: ['states:DescribeExecution', 'states:StopExecution'], resources: [this.executions('*')] }),
      ],
    });
    const folder = written(bucket, 'Arn');
    acknowledgeOpen(role, FOLDERS, `${folder}/${sweepFolders.inputs}/*`, `${folder}/${sweepFolders.runs}/*`);
    acknowledgeOpen(batches, 'Each batch is an execution of this machine, whose name nobody knows before it starts.', this.written('*'));
    this.#acknowledge();
  }

  /** ARN of executions of this machine; those of batches have a `/` in the place of the first `:`. */
  executions(resourceName: string, separator: ':' | '/' = ':', resource: 'execution' | 'mapRun' = 'execution'): string {
    const arn = { service: 'states', resource, arnFormat: ArnFormat.COLON_RESOURCE_NAME };
    return Stack.of(this).formatArn({ ...arn, resourceName: `${this.machine.stateMachineName}${separator}${resourceName}` });
  }

  /** The same as the rules of AWS Solutions write it. */
  written(resourceName: string, separator: ':' | '/' = ':', resource: 'execution' | 'mapRun' = 'execution'): string {
    return writtenArn('states', `${resource}:${written(this.machine, 'Name')}${separator}${resourceName}`);
  }

  #acknowledge(): void {
    Validations.of(this.machine).acknowledge(
      {
        id: 'AwsSolutions-SF1',
        reason: 'A Standard execution keeps its whole history for 90 days; log delivery would need rights over every log of the account.',
      },
      { id: 'AwsSolutions-SF2', reason: 'Tracing would need write access to resources that cannot be named; a sweep trades nothing.' },
    );
  }
}
