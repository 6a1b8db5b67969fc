// The place for the address of the owner's chat, if he wants to be told there: whoever knows it may write into the chat. It
// is created empty, which is nowhere; the address comes from its owner, never from a template.
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { secretPrefixOf, WEBHOOK_SECRET } from '../../shared/contracts/secret-prefix.ts';
import type { Stage } from '../stage.ts';

export class WebhookSecret extends Construct {
  /** Complete, with the suffix that Secrets Manager adds to the name. */
  readonly arn: string;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const secret = new CfnSecret(this, 'Resource', {
      name: `${secretPrefixOf(stage)}${WEBHOOK_SECRET}`,
      description: 'Where notify posts its messages beside the mail, as JSON; empty is nowhere',
    });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'The address is issued by a chat, which offers no way to rotate it by program.',
    });
    this.arn = secret.ref;
  }
}
