// The bucket of the sweeps: prices and texts under their hashes, and rows. All of it can be made again, so it goes by itself, and
// none of it is of trading.
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/** A sweep that nobody fetched in this time is run again. Its executions can be looked at for 90 days. */
const KEPT = Duration.days(30);

export class SweepBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      // One with anything in it cannot be deleted; left behind, it empties itself and costs nothing.
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [{ expiration: KEPT, abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
    this.bucket.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'It holds prices, strategies and figures of backtests for 30 days: a log of who read them would outlive them.',
    });
  }
}
