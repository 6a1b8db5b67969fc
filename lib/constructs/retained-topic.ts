// A topic that people subscribe to: encrypted on the wire, open to named services of this account alone, and kept with its
// policy when the stack is deleted. Not encrypted with a key of ours: alarms can publish only under a customer key, which
// costs as much as all the rest. What passes through is no secret, and SNS keeps it on encrypted disks.
import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnTopicPolicy, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface RetainedTopicProps {
  readonly displayName: string;
  /** Services that publish by themselves, by the word that names them in the policy. */
  readonly publishers: Readonly<Record<string, string>>;
}

export class RetainedTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { displayName, publishers }: RetainedTopicProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { displayName, enforceSSL: true });
    this.topic.applyRemovalPolicy(RemovalPolicy.RETAIN);
    // A topic policy of our own replaces the default that let the account in: without these, alarms ring nowhere.
    for (const [sid, service] of Object.entries(publishers)) {
      this.topic.addToResourcePolicy(
        new PolicyStatement({
          sid,
          effect: Effect.ALLOW,
          principals: [new ServicePrincipal(service)],
          actions: ['sns:Publish'],
          resources: [this.topic.topicArn],
          conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
        }),
      );
    }
    // Deleted with the stack, it would leave a topic that stays and an alarm that may not ring it.
    const policy = this.topic.node.findChild('Policy').node.defaultChild;
    if (!(policy instanceof CfnTopicPolicy)) throw new Error('the topic has no policy to retain');
    policy.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}
