import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { addStacks } from '../../lib/stacks.ts';
import { anApp, aPolicy, entries, portfolioFile, synthesize } from './fixtures/deployment.ts';

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
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
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

  it('locks what is written for 30 days, where whoever has a right of his own may still clean up', () => {
    state.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 30 } } },
    });
  });

  it('locks the record of real money for seven years, for everybody', () => {
    const policy = aPolicy({ account: { name: 'main', mode: 'live', number: 'A1' } });
    const { state: live } = addStacks(anApp(), { stage: 'live', portfolios: [{ policy, file: portfolioFile }], entries });
    Template.fromStack(live).hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 2557 } } },
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
  it('are one for each broker account, by the names that the files give them, and one for the webhook', () => {
    const secrets = Object.values(state.findResources('AWS::SecretsManager::Secret'));
    expect(secrets.map((secret) => secret['Properties'].Name)).toEqual([
      'evenkeel/paper/main',
      'evenkeel/paper/second',
      'evenkeel/paper/webhook',
    ]);
  });

  it('are created empty, say what belongs in them, and are retained', () => {
    state.allResources('AWS::SecretsManager::Secret', {
      Properties: {
        SecretString: Match.absent(),
        GenerateSecretString: Match.absent(),
        Description: Match.stringLikeRegexp('as JSON: \\{"keyId": "…", "secretKey": "…"\\}|as JSON; empty is nowhere'),
      },
      DeletionPolicy: 'Retain',
    });
  });
});

describe('the topics', () => {
  it('stay, with their policies, when the stack is deleted', () => {
    state.allResources('AWS::SNS::Topic', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    state.allResources('AWS::SNS::TopicPolicy', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  it('mail the owner at the addresses of the portfolio files, each once', () => {
    const mails = Object.values(state.findResources('AWS::SNS::Subscription')).map(({ Properties }) => Properties);
    expect(mails).toEqual([{ Protocol: 'email', Endpoint: 'owner@example.com', TopicArn: { Ref: expect.stringMatching(/^OwnerTopic/) } }]);
  });
});

it('holds nothing that runs', () => {
  const types = Object.values(state.toJSON()['Resources'] as Record<string, { Type: string }>).map(({ Type }) => Type);
  expect([...new Set(types)].sort()).toEqual([
    'AWS::DynamoDB::Table',
    'AWS::S3::Bucket',
    'AWS::S3::BucketPolicy',
    'AWS::SNS::Subscription',
    'AWS::SNS::Topic',
    'AWS::SNS::TopicPolicy',
    'AWS::SecretsManager::Secret',
  ]);
});
