// What must outlive every release: the table, the artifacts, the secrets and the topics that people subscribe to.
// Nothing here runs, and nothing here is deleted when the stack is.
import { Annotations, CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Subscription, SubscriptionProtocol, type Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { stateTable } from '../shared/contracts/state-table.ts';
import { ArtifactBucket } from './constructs/artifact-bucket.ts';
import { AuditKeySecret } from './constructs/audit-key-secret.ts';
import { BrokerSecret } from './constructs/broker-secret.ts';
import { RetainedTopic } from './constructs/retained-topic.ts';
import { WebhookSecret } from './constructs/webhook-secret.ts';
import type { Stage } from './stage.ts';

export interface StateStackProps extends StackProps {
  readonly stage: Stage;
  /** Broker accounts by the names the portfolio files give them; repeats count once. */
  readonly accounts: readonly string[];
  /** Who is told; repeats count once. Each address has to say yes to a mail of SNS before it gets any other. */
  readonly mailTo: readonly string[];
  /** Whether he is told in a chat too. */
  readonly hasWebhook: boolean;
}

export class StateStack extends Stack {
  readonly table: Table;
  readonly artifacts: Bucket;
  /** Where alarms and notices come together; notify reads it. */
  readonly alarmTopic: Topic;
  /** Where people are told. */
  readonly ownerTopic: Topic;
  /** The brokers' keys. */
  readonly secretArns: readonly string[];
  /** Of those who end runs. */
  readonly auditKeyArn: string;
  /** undefined where nobody is told in a chat. */
  readonly webhookSecretArn: string | undefined;

  constructor(scope: Construct, id: string, { stage, accounts, mailTo, hasWebhook, ...props }: StateStackProps) {
    super(scope, id, props);
    this.table = this.#table();
    this.artifacts = new ArtifactBucket(this, 'Artifacts', stage).bucket;
    const publishers = { AllowAlarmsOfThisAccount: 'cloudwatch.amazonaws.com' };
    this.alarmTopic = new RetainedTopic(this, 'Alarms', { displayName: 'evenkeel alarms', publishers }).topic;
    this.ownerTopic = new RetainedTopic(this, 'Owner', {
      displayName: 'evenkeel',
      publishers: { ...publishers, AllowBudgetsOfThisAccount: 'budgets.amazonaws.com' },
    }).topic;
    this.secretArns = [...new Set(accounts)].map((account) => new BrokerSecret(this, `Keys-${account}`, { stage, account }).arn);
    this.auditKeyArn = new AuditKeySecret(this, 'AuditKey', stage).arn;
    this.webhookSecretArn = hasWebhook ? new WebhookSecret(this, 'Webhook', stage).arn : undefined;
    this.#mail([...new Set(mailTo)].sort());
    this.#outputs();
  }

  #table(): Table {
    return new Table(this, 'Table', {
      partitionKey: { name: stateTable.partitionKey, type: AttributeType.STRING },
      sortKey: { name: stateTable.sortKey, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: stateTable.expiresAt,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  #mail(addresses: readonly string[]): void {
    for (const endpoint of addresses) {
      new Subscription(this, `Mail-${endpoint}`, { topic: this.ownerTopic, protocol: SubscriptionProtocol.EMAIL, endpoint });
    }
    if (addresses.length === 0)
      Annotations.of(this).addWarningV2(
        'evenkeel:nobody-is-told',
        'No portfolio file has notify.email: alarms ring, and nobody hears them unless he subscribes to the owner topic himself.',
      );
  }

  #outputs(): void {
    new CfnOutput(this, 'TableName', { value: this.table.tableName });
    new CfnOutput(this, 'ArtifactBucketName', { value: this.artifacts.bucketName });
    new CfnOutput(this, 'AlarmTopicArn', { value: this.alarmTopic.topicArn });
    new CfnOutput(this, 'OwnerTopicArn', { value: this.ownerTopic.topicArn });
  }
}
