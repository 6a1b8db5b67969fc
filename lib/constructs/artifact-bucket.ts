// The bucket of the artifacts, which prove what was done and why. Nothing in it can be changed or taken away before its time:
// a written version is locked, and writing again only adds one.
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';

// Seven years, two of them leap years. Of real money nobody takes a record away, the account's administrator included; of
// paper money somebody with a right of his own may, so that a trial can be cleaned up.
const RETENTION = {
  paper: ObjectLockRetention.governance(Duration.days(30)),
  live: ObjectLockRetention.compliance(Duration.days(7 * 365 + 2)),
} as const;

export class ArtifactBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: RETENTION[stage],
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    });
    // The bucket outlives the stack, and so must the rule that guards it.
    this.bucket.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Artifacts are private, versioned, locked and named by their hash: a log of reads proves nothing more and would cost a second bucket.',
    });
  }
}
