import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { DEFAULT_DEPLOYMENT } from '../../lib/deployment-options.ts';
import { addStacks } from '../../lib/stacks.ts';
import { AUDIT_KEY_LENGTH_MIN } from '../../shared/contracts/audit-link.ts';
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
    const policy = aPolicy({ account: { name: 'main', mode: 'live', number: 'A1', override: { by: 'anna', reason: 'a test' } } });
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
  const secretOf = (name: string): Record<string, unknown> | undefined =>
    Object.values(state.findResources('AWS::SecretsManager::Secret'))
      .map((secret) => secret['Properties'] as Record<string, unknown>)
      .find(({ Name }) => Name === `evenkeel/paper/${name}`);

  it('are one for each broker account, by the names that the files give them, and one for the seals', () => {
    const secrets = Object.values(state.findResources('AWS::SecretsManager::Secret'));
    expect(secrets.map((secret) => secret['Properties'].Name).sort()).toEqual([
      'evenkeel/paper/audit-key',
      'evenkeel/paper/main',
      'evenkeel/paper/second',
    ]);
  });

  it('have one more for a chat where one is wanted, which is created empty', () => {
    const { state: chatty } = synthesize({ ...DEFAULT_DEPLOYMENT, hasWebhook: true });
    chatty.resourceCountIs('AWS::SecretsManager::Secret', 4);
    chatty.hasResource('AWS::SecretsManager::Secret', {
      Properties: { Name: 'evenkeel/paper/webhook', SecretString: Match.absent(), GenerateSecretString: Match.absent() },
      DeletionPolicy: 'Retain',
    });
  });

  it.each(['main', 'second'])('of %s is created empty, and says what belongs in it', (name) => {
    const secret = secretOf(name);
    expect(secret?.['Description']).toMatch(/as JSON: \{"keyId": "…", "secretKey": "…"\}/);
    expect(Object.keys(secret ?? {}).sort()).toEqual(['Description', 'Name', 'Tags']);
  });

  it('of the seals is filled by Secrets Manager with a key that its reader takes', () => {
    const generated = secretOf('audit-key')?.['GenerateSecretString'] as { readonly PasswordLength: number };
    expect(generated).toMatchObject({
      SecretStringTemplate: '{}',
      GenerateStringKey: 'key',
      ExcludePunctuation: true,
      IncludeSpace: false,
    });
    expect(generated.PasswordLength).toBeGreaterThanOrEqual(AUDIT_KEY_LENGTH_MIN);
  });

  it('are retained, whatever becomes of the stack', () => {
    state.allResources('AWS::SecretsManager::Secret', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
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
