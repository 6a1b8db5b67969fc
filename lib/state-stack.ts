// What must outlive every release: the table, the artifacts, the keys and the topic that people subscribe to.
// Nothing here runs, and nothing here is deleted when the stack is.
import { Aws, CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { CfnTopicPolicy, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { stateTable } from '../shared/contracts/state-table.ts';
import { BrokerSecret } from './constructs/broker-secret.ts';
import type { Stage } from './stage.ts';

export interface StateStackProps extends StackProps {
  readonly stage: Stage;
  /** Broker accounts by the names the portfolio files give them; repeats count once. */
  readonly accounts: readonly string[];
}

export class StateStack extends Stack {
  readonly table: Table;
  readonly artifacts: Bucket;
  readonly alarmTopic: Topic;
  readonly secretArns: readonly string[];

  constructor(scope: Construct, id: string, { stage, accounts, ...props }: StateStackProps) {
    super(scope, id, props);
    this.table = this.#table();
    this.artifacts = this.#artifacts();
    this.alarmTopic = this.#alarmTopic();
    this.secretArns = [...new Set(accounts)].map((account) => new BrokerSecret(this, `Keys-${account}`, { stage, account }).arn);
    new CfnOutput(this, 'TableName', { value: this.table.tableName });
    new CfnOutput(this, 'ArtifactBucketName', { value: this.artifacts.bucketName });
    new CfnOutput(this, 'AlarmTopicArn', { value: this.alarmTopic.topicArn });
  }

  #table(): Table {
    return new Table(this, 'Table', {
      partitionKey: { name: stateTable.partitionKey, type: AttributeType.STRING },
      sortKey: { name: stateTable.sortKey, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  #artifacts(): Bucket {
    const bucket = new Bucket(this, 'Artifacts', {
      versioned: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    });
    // The bucket outlives the stack, and so must the rule that guards it.
    bucket.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Artifacts are private, versioned and named by their hash, so a log of reads proves nothing more and would cost a second bucket.',
    });
    return bucket;
  }

  /** Not encrypted with a key of ours: an alarm can publish only under a customer key, which costs more than all the rest. */
  #alarmTopic(): Topic {
    const topic = new Topic(this, 'Alarms', { displayName: 'evenkeel', enforceSSL: true });
    topic.applyRemovalPolicy(RemovalPolicy.RETAIN);
    // A topic policy of our own replaces the default that let alarms in: without this they ring nowhere.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AllowAlarmsOfThisAccount',
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    // Deleted with the stack, it would leave a topic that stays and an alarm that may not ring it.
    const policy = topic.node.findChild('Policy').node.defaultChild;
    if (!(policy instanceof CfnTopicPolicy)) throw new Error('the topic has no policy to retain');
    policy.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return topic;
  }
}
