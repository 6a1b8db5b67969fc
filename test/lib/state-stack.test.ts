import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { synthesize } from './fixtures/deployment.ts';

const { state } = synthesize();

describe('the table', () => {
  it('has string keys, costs nothing at rest, can be restored to any second and cannot be deleted by accident', () => {
    state.hasResource('AWS::DynamoDB::Table', {
      Properties: {
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        DeletionProtectionEnabled: true,
      },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });
});

describe('the artifact bucket', () => {
  it('is versioned, encrypted, private and retained', () => {
    state.hasResource('AWS::S3::Bucket', {
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('refuses anything but TLS, also after the stack is gone', () => {
    state.hasResource('AWS::S3::BucketPolicy', {
      Properties: {
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
            Match.objectLike({ Effect: 'Deny', Action: 's3:*', Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }),
          ]),
        },
      },
      DeletionPolicy: 'Retain',
    });
  });

  it('never deletes an artifact by itself', () => {
    const rules = Object.values(state.findResources('AWS::S3::Bucket')).flatMap(
      (bucket) => bucket['Properties'].LifecycleConfiguration.Rules,
    );
    expect(rules).toEqual([{ Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }]);
  });
});

describe('the secrets', () => {
  it('are one for each broker account, by the names that the files give them', () => {
    const secrets = Object.values(state.findResources('AWS::SecretsManager::Secret'));
    expect(secrets.map((secret) => secret['Properties'].Name)).toEqual(['evenkeel/paper/main', 'evenkeel/paper/second']);
  });

  it('are created empty, say what belongs in them, and are retained', () => {
    state.allResources('AWS::SecretsManager::Secret', {
      Properties: {
        SecretString: Match.absent(),
        GenerateSecretString: Match.absent(),
        Description: Match.stringLikeRegexp('\\{"keyId": "…", "secretKey": "…"\\}'),
      },
      DeletionPolicy: 'Retain',
    });
  });
});

describe('the alarm topic', () => {
  it('refuses anything but TLS, and lets the alarms of this account in', () => {
    state.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny', Action: 'sns:Publish', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ],
      },
    });
  });
});

it('holds nothing that runs', () => {
  const types = Object.values(state.toJSON()['Resources'] as Record<string, { Type: string }>).map(({ Type }) => Type);
  expect([...new Set(types)].sort()).toEqual([
    'AWS::DynamoDB::Table',
    'AWS::S3::Bucket',
    'AWS::S3::BucketPolicy',
    'AWS::SNS::Topic',
    'AWS::SNS::TopicPolicy',
    'AWS::SecretsManager::Secret',
  ]);
});
