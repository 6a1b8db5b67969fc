// Sweeps in the cloud: a bucket, a function that is the worker of a sweep on one machine, and what calls it for every batch. It is
// there only where it was asked for, and of trading it knows the ledger of trials alone.
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { METRIC_NAMESPACE } from '../shared/contracts/metric-names.ts';
import { stackNamesOf } from '../shared/contracts/stack-names.ts';
import { SWEEP_BUCKET, SWEEP_MEMORY_MB, SWEEP_TIMEOUT_SECONDS, sweepFolders, sweepOutputs } from '../shared/contracts/sweep-batch.ts';
import { HandlerFunction } from './constructs/handler-function.ts';
import { acknowledgeOpen, written } from './constructs/open-resources.ts';
import { ResearchPolicy } from './constructs/research-policy.ts';
import { SweepBucket } from './constructs/sweep-bucket.ts';
import { FOLDERS, SweepMachine } from './constructs/sweep-machine.ts';
import type { SweepArchitecture } from './deployment-options.ts';
import type { Stage } from './stage.ts';

export interface SweepStackProps extends StackProps {
  readonly stage: Stage;
  /** With the ledger of trials. */
  readonly table: Table;
  /** The handler file. */
  readonly entry: string;
  readonly architecture: SweepArchitecture;
  /** Hash of the sources of the handler. */
  readonly source: string;
}

const ARCHITECTURES = { arm64: Architecture.ARM_64, x64: Architecture.X86_64 } as const;

export class SweepStack extends Stack {
  constructor(scope: Construct, id: string, { stage, table, entry, architecture, source, ...props }: SweepStackProps) {
    super(scope, id, props);
    const { bucket } = new SweepBucket(this, 'Sweeps');
    const functionTimeout = Duration.seconds(SWEEP_TIMEOUT_SECONDS);
    const worker = new HandlerFunction(this, 'Worker', {
      description: 'evenkeel: runs a batch of variants of a sweep',
      entry,
      memoryMb: SWEEP_MEMORY_MB,
      timeout: functionTimeout,
      architecture: ARCHITECTURES[architecture],
      environment: { [SWEEP_BUCKET]: bucket.bucketName },
      portfolioFiles: [],
      source,
      // Not that of the functions which trade: a long batch is no alarm.
      limitNamespace: `${METRIC_NAMESPACE}/${stage}/sweep`,
    });
    const folder = (name: string): string => bucket.arnForObjects(`${name}/*`);
    worker.role.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [folder(sweepFolders.inputs)] }));
    worker.role.addToPolicy(new PolicyStatement({ actions: ['s3:PutObject'], resources: [folder(sweepFolders.rows)] }));
    acknowledgeOpen(worker.role, FOLDERS, ...[sweepFolders.inputs, sweepFolders.rows].map((name) => `${written(bucket, 'Arn')}/${name}/*`));
    const machine = new SweepMachine(this, 'Engine', { worker: worker.function, functionTimeout, bucket });
    const stackNames = [this.stackName, stackNamesOf(stage).state];
    const { policy } = new ResearchPolicy(this, 'Research', { table, bucket, machine, stackNames });
    new CfnOutput(this, sweepOutputs.bucket, { value: bucket.bucketName });
    new CfnOutput(this, sweepOutputs.machine, { value: machine.machine.stateMachineArn });
    new CfnOutput(this, sweepOutputs.source, { value: source });
    new CfnOutput(this, 'ResearchPolicyArn', { value: policy.managedPolicyArn });
  }
}
