import { describe, expect, it } from 'vitest';
import { environmentNames } from '../../shared/contracts/environment.ts';
import { portfolios, synthesize } from './fixtures/deployment.ts';
import { type Resource, resourcesOf, resourcesOfType, statementsOfRole, target } from './fixtures/template.ts';

const { state, compute } = synthesize();
const functions = resourcesOfType(compute, 'AWS::Lambda::Function');
const [execution, signal] = ['one turn of a run', 'from a schedule event to a frozen plan'].map(functionSaying);

function functionSaying(words: string): Resource {
  const found = functions.find(({ properties }) => properties['Description'] === `evenkeel: ${words}`);
  if (found === undefined) throw new Error(`no function says "${words}"`);
  return found;
}

function permissionsOf(lambda: Resource | undefined): Record<string, string> {
  const roleId = target(lambda?.properties['Role']) ?? '';
  return Object.fromEntries(
    statementsOfRole(compute, roleId).map(({ actions, resources }) => [actions.join(' '), resources.map(named).join(' ')]),
  );
}

/** Strips the hashes that CDK adds to its names. */
function named(resource: string): string {
  return resource.replaceAll('EvenkeelState-paper:ExportsOutput', '').replaceAll(/[0-9A-F]{8}(?:[0-9A-F]{8})?/g, '#');
}

describe('the functions', () => {
  it('are two, on Node 24 and arm64, with stated memory and time', () => {
    const settings = functions.map(({ properties: { Runtime, Architectures, MemorySize, Timeout } }) => ({
      Runtime,
      Architectures,
      MemorySize,
      Timeout,
    }));
    expect(settings).toEqual([
      { Runtime: 'nodejs24.x', Architectures: ['arm64'], MemorySize: 512, Timeout: 60 },
      { Runtime: 'nodejs24.x', Architectures: ['arm64'], MemorySize: 512, Timeout: 120 },
    ]);
  });

  it('reserve no concurrency, since a new account may have ten in all', () => {
    for (const { properties } of functions) expect(properties).not.toHaveProperty('ReservedConcurrentExecutions');
  });

  it('keep their logs for half a year in a log group of their own', () => {
    const logGroups = resourcesOfType(compute, 'AWS::Logs::LogGroup');
    expect(logGroups.map(({ properties }) => properties['RetentionInDays'])).toEqual([180, 180]);
    const used = functions.map(({ properties }) => target(properties['LoggingConfig'].LogGroup));
    expect(new Set(used)).toEqual(new Set(logGroups.map(({ id }) => id)));
  });

  it('are told names and places, by the names of the contract, and nothing else', () => {
    const { stateMachineArn, ...both } = environmentNames;
    expect(Object.keys(execution?.properties['Environment'].Variables).sort()).toEqual(Object.values(both).sort());
    expect(Object.keys(signal?.properties['Environment'].Variables).sort()).toEqual([...Object.values(both), stateMachineArn].sort());
  });

  it('find in their environment no secret, no way to write one in, and no key', () => {
    const secretExports = resourcesOfType(state, 'AWS::SecretsManager::Secret').map(({ id }) => id);
    expect(secretExports).toHaveLength(2);
    for (const { properties } of functions) {
      const environment = JSON.stringify(properties['Environment']);
      expect(environment).not.toContain('{{resolve:');
      for (const secret of secretExports) expect(environment).not.toContain(secret);
      expect(Object.keys(properties['Environment'].Variables).filter((name) => /key|token|password|credential/i.test(name))).toEqual([]);
    }
  });

  it('look for the portfolio files beside their code', () => {
    for (const { properties } of functions) {
      expect(properties['Environment'].Variables[environmentNames.portfoliosDir]).toBe('/var/task/portfolios');
    }
  });
});

describe('what the functions may do', () => {
  const run = {
    'dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem': '{"Fn::ImportValue":"FnGetAttTable#Arn#"}',
    's3:GetObject s3:PutObject': '{"Fn::Join":["",[{"Fn::ImportValue":"FnGetAttArtifacts#Arn#"},"/artifacts/*"]]}',
    's3:ListBucket': '{"Fn::ImportValue":"FnGetAttArtifacts#Arn#"}',
    'secretsmanager:GetSecretValue': '{"Fn::ImportValue":"RefKeysmain#"} {"Fn::ImportValue":"RefKeyssecond#"}',
    'sns:Publish': '{"Fn::ImportValue":"RefAlarms#"}',
  };

  it('is, for a turn: its log, its dead letters and the state of runs', () => {
    expect(permissionsOf(execution)).toEqual({
      ...run,
      'logs:CreateLogStream logs:PutLogEvents': '{"Fn::GetAtt":["ExecutionLog#","Arn"]}',
      'sqs:GetQueueAttributes sqs:GetQueueUrl sqs:SendMessage': '{"Fn::GetAtt":["ExecutionDlqQueue#","Arn"]}',
    });
  });

  it('is, for the signal, the same and to start the engine', () => {
    expect(permissionsOf(signal)).toEqual({
      ...run,
      'logs:CreateLogStream logs:PutLogEvents': '{"Fn::GetAtt":["SignalLog#","Arn"]}',
      'sqs:GetQueueAttributes sqs:GetQueueUrl sqs:SendMessage': '{"Fn::GetAtt":["SignalDlqQueue#","Arn"]}',
      'states:StartExecution': '{"Ref":"EngineMachine#"}',
    });
  });
});

describe('every role of the stack', () => {
  const roles = resourcesOfType(compute, 'AWS::IAM::Role');
  const statements = roles.flatMap(({ id }) => statementsOfRole(compute, id));

  it('has statements of its own and no managed policy', () => {
    expect(roles).toHaveLength(4);
    for (const { id, properties } of roles) {
      expect(statementsOfRole(compute, id).length).toBeGreaterThan(0);
      expect(properties).not.toHaveProperty('ManagedPolicyArns');
    }
  });

  it('names its actions one by one', () => {
    for (const { actions } of statements) expect(actions.join(' ')).not.toContain('*');
  });

  it('names its resources, but for the folder of the artifacts', () => {
    const open = statements.flatMap(({ resources }) => resources).filter((resource) => resource.includes('*'));
    expect([...new Set(open.map(named))]).toEqual(['{"Fn::Join":["",[{"Fn::ImportValue":"FnGetAttArtifacts#Arn#"},"/artifacts/*"]]}']);
  });

  it('belongs to a service that is this account, never to another one', () => {
    const principals = roles.map(({ properties }) =>
      properties['AssumeRolePolicyDocument'].Statement.map((trust: { Principal: unknown }) => trust.Principal),
    );
    expect(new Set(principals.flat().map((principal) => JSON.stringify(principal)))).toEqual(
      new Set(['{"Service":"lambda.amazonaws.com"}', '{"Service":"states.amazonaws.com"}', '{"Service":"scheduler.amazonaws.com"}']),
    );
  });
});

it('grants the keys of the accounts in use and of no other', () => {
  const accounts = new Set(portfolios.map(({ policy }) => policy.account.name));
  expect(accounts.size).toBe(2);
  expect(resourcesOf(state).filter(({ type }) => type === 'AWS::SecretsManager::Secret')).toHaveLength(accounts.size);
});
