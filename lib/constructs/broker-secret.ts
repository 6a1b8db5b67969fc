// The place for one broker account's keys. It is created empty: the keys come from their owner, never from a
// template. Until they are there every run fails, says which secret is empty, and ends in the signal's dead letters.
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { secretPrefixOf } from '../../shared/contracts/secret-prefix.ts';
import type { Stage } from '../stage.ts';

export interface BrokerSecretProps {
  readonly stage: Stage;
  /** The account's name in the portfolio files. */
  readonly account: string;
}

export class BrokerSecret extends Construct {
  /** Complete, with the suffix that Secrets Manager adds to the name. */
  readonly arn: string;

  constructor(scope: Construct, id: string, { stage, account }: BrokerSecretProps) {
    super(scope, id);
    // The L2 construct would fill it with a random password, which looks like keys and is none.
    const secret = new CfnSecret(this, 'Resource', {
      name: `${secretPrefixOf(stage)}${account}`,
      description: `Keys of the ${stage} broker account "${account}" as JSON: {"keyId": "…", "secretKey": "…"}`,
    });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'The broker issues these keys in its own console and offers no way to rotate them by program.',
    });
    this.arn = secret.ref;
  }
}
