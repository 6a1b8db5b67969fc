// What the functions may do to the durable state. Each statement names its actions and its resource;
// the only wildcard is the folder of the artifacts.
import { Validations } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { TOLD_PARTITION } from '../shared/contracts/state-table.ts';
import type { StateStack } from './state-stack.ts';

const ARTIFACTS = 'artifacts/*';

/** Run records, artifacts, broker keys, the key of the seals, and messages. Nothing may be deleted. */
export function allowRunState(role: Role, state: StateStack): void {
  const statements = [
    new PolicyStatement({
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
      resources: [state.table.tableArn],
    }),
    new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [state.artifacts.arnForObjects(ARTIFACTS)] }),
    // Without it S3 answers "forbidden" for an artifact that is not there, and absence could not be told from a fault.
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [state.artifacts.bucketArn] }),
    new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [...state.secretArns, state.auditKeyArn] }),
    new PolicyStatement({ actions: ['sns:Publish'], resources: [state.alarmTopic.topicArn] }),
  ];
  for (const statement of statements) role.addToPolicy(statement);
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${bucketExport(state)}/${ARTIFACTS}]`,
    reason: 'Artifacts are named by their content hash, which nobody knows before they are written: the right is to the folder.',
  });
}

/** The owner's mails and chat, and what he was told lately: nothing of the runs. */
export function allowMessages(role: Role, state: StateStack): void {
  role.addToPolicy(
    new PolicyStatement({
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      resources: [state.table.tableArn],
      conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [TOLD_PARTITION] } },
    }),
  );
  role.addToPolicy(new PolicyStatement({ actions: ['sns:Publish'], resources: [state.ownerTopic.topicArn] }));
  if (state.webhookSecretArn !== undefined)
    role.addToPolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [state.webhookSecretArn] }));
}

/** The name under which the other stack sees the bucket: with it the acknowledgment names one folder of one bucket. */
function bucketExport(state: StateStack): string {
  const imported = state.resolve(state.exportValue(state.artifacts.bucketArn)) as { readonly 'Fn::ImportValue': string };
  return imported['Fn::ImportValue'];
}
