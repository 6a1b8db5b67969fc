import { describe, expect, it } from 'vitest';
import { environmentNames, gateEnvironmentNames, operatorEnvironmentNames, WEBHOOK_SWITCH } from '../../shared/contracts/environment.ts';
import { portfolios, synthesize } from './fixtures/deployment.ts';
import { type Properties, qualifierOf, type Resource, readable, resourcesOfType, target } from './fixtures/template.ts';

const { state, compute } = synthesize();
const functions = resourcesOfType(compute, 'AWS::Lambda::Function');
const released = ['Execution', 'Signal', 'Watchdog', 'Notify'];

function functionOf(name: string): Resource {
  const found = functions.find(({ id }) => readable(id) === `${name}Function`);
  if (found === undefined) throw new Error(`no function ${name}`);
  return found;
}

function variablesOf(name: string): Properties {
  return functionOf(name).properties['Environment'].Variables;
}

describe('the functions', () => {
  it('are five, on Node 24 and arm64, with stated memory and time', () => {
    const settings = functions.map(({ id, properties: { Runtime, Architectures, MemorySize, Timeout } }) =>
      [readable(id), Runtime, Architectures, MemorySize, Timeout].join(' '),
    );
    expect(settings.sort()).toEqual([
      'ExecutionFunction nodejs24.x arm64 512 60',
      'GateHookFunction nodejs24.x arm64 512 300',
      'NotifyFunction nodejs24.x arm64 512 60',
      'SignalFunction nodejs24.x arm64 512 120',
      'WatchdogFunction nodejs24.x arm64 512 300',
    ]);
  });

  it('reserve no concurrency, since a new account may have ten in all', () => {
    for (const { properties } of functions) expect(properties).not.toHaveProperty('ReservedConcurrentExecutions');
  });

  it('keep their logs for half a year in a log group of their own', () => {
    const logGroups = resourcesOfType(compute, 'AWS::Logs::LogGroup');
    for (const { properties } of logGroups) expect(properties['RetentionInDays']).toBe(180);
    const used = functions.map(({ properties }) => target(properties['LoggingConfig'].LogGroup));
    expect(new Set(used)).toEqual(new Set(logGroups.map(({ id }) => id)));
    expect(logGroups).toHaveLength(functions.length);
  });

  it('are told names and places, by the names of the contract, and nothing else', () => {
    const { table, bucket, topicArn, ownerTopicArn, stateMachineArn, secretPrefix, portfoliosDir } = environmentNames;
    const ofRuns = [table, bucket, topicArn, secretPrefix, portfoliosDir];
    const told = (name: string) => Object.keys(variablesOf(name)).sort();
    expect(told('Execution')).toEqual([...ofRuns].sort());
    expect(told('Watchdog')).toEqual([...ofRuns].sort());
    expect(told('Signal')).toEqual([...ofRuns, stateMachineArn].sort());
    expect(told('Notify')).toEqual([table, secretPrefix, ownerTopicArn, WEBHOOK_SWITCH].sort());
    expect(told('GateHook')).toEqual(Object.values(gateEnvironmentNames).sort());
  });

  it('find in their environment no secret, no way to write one in, and no key', () => {
    const secrets = resourcesOfType(state, 'AWS::SecretsManager::Secret').map(({ id }) => id);
    expect(secrets).toHaveLength(3);
    for (const { properties } of functions) {
      const environment = JSON.stringify(properties['Environment']);
      expect(environment).not.toContain('{{resolve:');
      for (const secret of secrets) expect(environment).not.toContain(secret);
      expect(Object.keys(properties['Environment'].Variables).filter((name) => /key|token|password|credential/i.test(name))).toEqual([]);
    }
  });

  it('look for the portfolio files beside their code', () => {
    for (const name of ['Execution', 'Signal', 'Watchdog'])
      expect(variablesOf(name)[environmentNames.portfoliosDir]).toBe('/var/task/portfolios');
  });
});

describe('a release', () => {
  const aliases = resourcesOfType(compute, 'AWS::Lambda::Alias');
  const written = compute.toJSON()['Resources'] as Record<string, Properties>;

  it('is an alias on a version, and versions stay to be gone back to', () => {
    expect(aliases.map(({ properties }) => [readable(properties['FunctionName']), properties['Name']].join(' ')).sort()).toEqual(
      released.map((name) => `<${name}Function> current`).sort(),
    );
    const versions = resourcesOfType(compute, 'AWS::Lambda::Version');
    expect(versions).toHaveLength(released.length);
    for (const { id } of versions) expect(written[id]?.['DeletionPolicy']).toBe('Retain');
  });

  it('gives up at the age that its events may have', () => {
    const ages = resourcesOfType(compute, 'AWS::Lambda::EventInvokeConfig').map(({ properties }) =>
      [
        readable(properties['FunctionName']),
        readable(qualifierOf(properties)),
        properties['MaximumRetryAttempts'],
        properties['MaximumEventAgeInSeconds'] ?? '-',
      ].join(' '),
    );
    expect(ages.sort()).toEqual([
      '<ExecutionFunction> $LATEST 0 60',
      '<ExecutionFunction> ExecutionAlias 0 60',
      '<GateHookFunction> $LATEST 0 -',
      '<NotifyFunction> $LATEST 2 21600',
      '<NotifyFunction> NotifyAlias 2 21600',
      '<SignalFunction> $LATEST 2 900',
      '<SignalFunction> SignalAlias 2 900',
      '<WatchdogFunction> $LATEST 2 3600',
      '<WatchdogFunction> WatchdogAlias 2 3600',
    ]);
  });

  it('lets the signal in when its dry run has passed, and everything else after that', () => {
    const alias = (name: string): Properties => written[aliases.find(({ id }) => readable(id) === `${name}Alias`)?.id ?? ''] ?? {};
    expect(alias('Signal')['UpdatePolicy'].CodeDeployLambdaAliasUpdate).toEqual({
      ApplicationName: { Ref: expect.stringMatching(/^GateApplication/) },
      DeploymentGroupName: { Ref: expect.stringMatching(/^GateGroup/) },
      BeforeAllowTrafficHook: { Ref: expect.stringMatching(/^GateHookFunction/) },
    });
    for (const name of ['Execution', 'Watchdog', 'Notify']) {
      expect(alias(name)['DependsOn'].map(readable), name).toContain('SignalAlias');
      expect(alias(name), name).not.toHaveProperty('UpdatePolicy');
    }
  });

  it('moves at once, and is taken back when it fails or functions do', () => {
    const [group] = resourcesOfType(compute, 'AWS::CodeDeploy::DeploymentGroup').map(({ properties }) => properties);
    expect(group).toMatchObject({
      DeploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce',
      AutoRollbackConfiguration: { Enabled: true, Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] },
      AlarmConfiguration: { Enabled: true, Alarms: [{ Name: { Ref: expect.stringMatching(/^Alarmfunctionerrors/) } }] },
    });
  });

  it('is tried on the version that waits, with every portfolio', () => {
    expect(readable(variablesOf('GateHook')[gateEnvironmentNames.version])).toBe('<SignalVersion>');
    expect(variablesOf('GateHook')[gateEnvironmentNames.portfolios]).toBe(portfolios.map(({ policy }) => policy.name).join(','));
  });

  it('moves without CodeDeploy where that is switched off, and without a budget where none is wanted', () => {
    const bare = synthesize({ codeDeploy: false, budgetUsd: 0, hasWebhook: false }).compute;
    for (const type of ['AWS::CodeDeploy::Application', 'AWS::CodeDeploy::DeploymentGroup', 'AWS::Budgets::Budget'])
      expect(resourcesOfType(bare, type), type).toEqual([]);
    expect(JSON.stringify(bare.toJSON())).not.toContain('UpdatePolicy');
    expect(resourcesOfType(bare, 'AWS::Lambda::Function')).toHaveLength(released.length);
  });
});

describe('the budget', () => {
  it('tells the owner directly, at four fifths spent and when the month will be above it', () => {
    const [budget] = resourcesOfType(compute, 'AWS::Budgets::Budget').map(({ properties }) => properties);
    expect(budget?.['Budget']).toMatchObject({ BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 5, Unit: 'USD' } });
    const told = budget?.['NotificationsWithSubscribers'].map(({ Notification, Subscribers: [subscriber] }: Properties) =>
      [Notification.NotificationType, Notification.Threshold, subscriber.SubscriptionType, readable(subscriber.Address)].join(' '),
    );
    expect(told).toEqual(['ACTUAL 80 SNS <state:OwnerTopic>', 'FORECASTED 100 SNS <state:OwnerTopic>']);
  });
});

it("tells the owner's command line all that it asks for", () => {
  const [output] = Object.values(compute.findOutputs('OperatorEnvironment'));
  const names = readable(output?.['Value'])
    .split(' ')
    .map((pair) => pair.split('=')[0]);
  expect(names.sort()).toEqual([...Object.values(environmentNames), ...Object.values(operatorEnvironmentNames)].sort());
});
