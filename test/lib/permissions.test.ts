// What anybody may do with this deployment, line by line against the table that was reviewed.
import { describe, expect, it } from 'vitest';
import { DEFAULT_DEPLOYMENT } from '../../lib/deployment-options.ts';
import { synthesize } from './fixtures/deployment.ts';
import { reviewedCompute, reviewedState } from './fixtures/reviewed-permissions.ts';
import { everyStatement } from './fixtures/statements.ts';
import { resourcesOfType } from './fixtures/template.ts';

const { state, compute } = synthesize();
const given = { state: everyStatement(state), compute: everyStatement(compute) };
const allowed = [...Object.values(given.state), ...Object.values(given.compute)].flat().filter((line) => line.startsWith('ALLOW'));

function sorted(reviewed: typeof reviewedCompute) {
  return Object.fromEntries(Object.entries(reviewed).map(([owner, lines]) => [owner, [...lines].sort()]));
}

describe('every statement of the stacks', () => {
  it('is one that was reviewed, and every reviewed one is there', () => {
    expect(given.state).toEqual(sorted(reviewedState));
    expect(given.compute).toEqual(sorted(reviewedCompute));
  });

  it('is the same where a chat is told, but for the address of that', () => {
    const chatty = everyStatement(synthesize({ ...DEFAULT_DEPLOYMENT, hasWebhook: true }).compute);
    const added = chatty['NotifyRole']?.filter((line) => !given.compute['NotifyRole']?.includes(line));
    expect(added).toEqual(['ALLOW secretsmanager:GetSecretValue ON <state:Webhook>']);
    expect({ ...chatty, NotifyRole: [] }).toEqual({ ...given.compute, NotifyRole: [] });
  });

  it('names its actions one by one', () => {
    expect(allowed.length).toBeGreaterThan(30);
    for (const line of allowed) expect(line.split(' ON ')[0]).not.toContain('*');
  });

  it('names its resources, but for the folder of the artifacts and the alarms that CodeDeploy asks for', () => {
    const open = allowed.filter((line) => line.split(' WHEN ')[0]?.includes('*'));
    expect([...new Set(open)].sort()).toEqual([
      'ALLOW cloudwatch:DescribeAlarms ON *',
      'ALLOW s3:GetObject s3:PutObject ON <state:ArtifactsBucketArn>/artifacts/*',
    ]);
  });

  it('deletes nothing, and changes no permission', () => {
    for (const line of allowed) expect(line).not.toMatch(/:Delete|:PutBucketPolicy|:Bypass|iam:/);
  });
});

describe('every role', () => {
  const roles = resourcesOfType(compute, 'AWS::IAM::Role');

  it('has no managed policy, whose lines somebody else writes', () => {
    expect(roles).toHaveLength(8);
    for (const { properties } of roles) expect(properties).not.toHaveProperty('ManagedPolicyArns');
  });
});
