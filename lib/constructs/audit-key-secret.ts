// The key that ended runs are sealed under: made by Secrets Manager, seen by nobody, and held where whoever writes the records
// cannot read it. It is never made again by a release: what was sealed under it could not be verified any more.
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { auditKeySecretOf, secretPrefixOf } from '../../shared/contracts/secret-prefix.ts';
import type { Stage } from '../stage.ts';

/** Letters and digits: some 380 bits. */
const KEY_LENGTH = 64;

export class AuditKeySecret extends Construct {
  /** Complete, with the suffix that Secrets Manager adds to the name. */
  readonly arn: string;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const secret = new CfnSecret(this, 'Resource', {
      name: auditKeySecretOf(secretPrefixOf(stage)),
      description: 'Seals the records of ended runs, as JSON: {"key": "…"}; a key that is replaced is kept under "retired"',
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'key',
        passwordLength: KEY_LENGTH,
        excludePunctuation: true,
        includeSpace: false,
      },
    });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Its age is no weakness: it is shown to nobody and proves what is old. A person replaces it, and keeps the old one beside it.',
    });
    this.arn = secret.ref;
  }
}
