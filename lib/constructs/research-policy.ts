// What a person needs who sweeps and counts trials, and nothing else: to be attached by the owner to whom he likes. It reads no
// record of trading, and takes nothing away: of the state table it may add to the one partition of the trial ledger.
import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { TRIALS_PARTITION } from '../../shared/contracts/state-table.ts';
import { sweepFolders } from '../../shared/contracts/sweep-batch.ts';
import { acknowledgeOpen, written, writtenArn } from './open-resources.ts';
import { FOLDERS, type SweepMachine } from './sweep-machine.ts';

export interface ResearchPolicyProps {
  readonly table: Table;
  readonly bucket: Bucket;
  readonly machine: SweepMachine;
  /** Whose outputs say where everything is. */
  readonly stackNames: readonly string[];
}

export class ResearchPolicy extends Construct {
  readonly policy: ManagedPolicy;

  constructor(scope: Construct, id: string, { table, bucket, machine, stackNames }: ResearchPolicyProps) {
    super(scope, id);
    const allow = (actions: readonly string[], ...resources: readonly string[]) =>
      new PolicyStatement({ actions: [...actions], resources: [...resources] });
    const folder = (name: string): string => bucket.arnForObjects(`${name}/*`);
    const { machine: engine } = machine;
    this.policy = new ManagedPolicy(this, 'Policy', {
      description: 'evenkeel: sweep in the cloud, and count trials',
      statements: [
        new PolicyStatement({
          actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
          resources: [table.tableArn],
          conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [TRIALS_PARTITION] } },
        }),
        allow(['s3:GetObject', 's3:PutObject'], folder(sweepFolders.inputs)),
        allow(['s3:GetObject'], folder(sweepFolders.rows)),
        allow(['s3:ListBucket'], bucket.bucketArn),
        allow(['states:StartExecution', 'states:ListExecutions'], engine.stateMachineArn),
        allow(['states:DescribeExecution', 'states:ListMapRuns', 'states:StopExecution'], machine.executions('*')),
        allow(['states:DescribeExecution'], machine.executions('*', '/')),
        allow(['states:DescribeMapRun', 'states:ListExecutions'], machine.executions('*', '/', 'mapRun')),
        // Of the whole account, and so without a name.
        allow(['lambda:GetAccountSettings'], '*'),
        allow(
          ['cloudformation:DescribeStacks'],
          ...stackNames.map((name) =>
            Stack.of(this).formatArn({
              service: 'cloudformation',
              resource: 'stack',
              resourceName: `${name}/*`,
              arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
            }),
          ),
        ),
      ],
    });
    const { inputs, rows } = sweepFolders;
    acknowledgeOpen(this.policy, FOLDERS, ...[inputs, rows].map((name) => `${written(bucket, 'Arn')}/${name}/*`));
    const executions = [machine.written('*'), machine.written('*', '/'), machine.written('*', '/', 'mapRun')];
    acknowledgeOpen(this.policy, 'Executions of the one machine, which are named when they start.', ...executions);
    const stacks = stackNames.map((name) => writtenArn('cloudformation', `stack/${name}/*`));
    acknowledgeOpen(this.policy, 'CloudFormation adds an id of its own to the name of a stack.', ...stacks);
    acknowledgeOpen(this.policy, 'What the account may run at once is a question about the account, and takes no resource.', '*');
  }
}
