// Behind every hop that nobody waits for stands a queue. That an alarm stands behind every queue is in alarms.test.ts.
// Nothing here is a list of what was built: the hops are found in the template.
import { describe, expect, it } from 'vitest';
import { synthesize } from './fixtures/deployment.ts';
import { type Properties, qualifierOf, type Resource, resourcesOf, resourcesOfType, target } from './fixtures/template.ts';

const { compute } = synthesize();
const resources = resourcesOf(compute);
const queues = resourcesOfType(compute, 'AWS::SQS::Queue').map(({ id }) => id);

interface Hop {
  readonly from: string;
  readonly deadLetters: string | undefined;
}

/** The queues behind what this resource sends without waiting; `undefined` is a hop without a queue. */
const hopsOf: Readonly<Record<string, (resource: Resource) => readonly Hop[]>> = {
  'AWS::Scheduler::Schedule': ({ id, properties }) => [{ from: id, deadLetters: target(properties['Target'].DeadLetterConfig?.Arn) }],
  'AWS::Lambda::Alias': ({ id }) => [{ from: id, deadLetters: onFailureOf(id) }],
  'AWS::SNS::Subscription': ({ id, properties }) => [{ from: id, deadLetters: target(properties['RedrivePolicy']?.deadLetterTargetArn) }],
  'AWS::StepFunctions::StateMachine': ({ id, properties }) => caughtInto(properties).map((deadLetters) => ({ from: id, deadLetters })),
};

/** These send nothing. Whatever is in neither list has to be judged by whoever adds it. */
const silent = new Set([
  'AWS::Budgets::Budget',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  // CodeDeploy waits for the report of the hook that it calls.
  'AWS::CodeDeploy::Application',
  'AWS::CodeDeploy::DeploymentGroup',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventInvokeConfig',
  // Called by its alias; the gate's, which has none, is CodeDeploy's.
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Version',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::ScheduleGroup',
]);

const hops = resources.flatMap((resource) => hopsOf[resource.type]?.(resource) ?? []);

function onFailureOf(aliasId: string): string | undefined {
  const config = resourcesOfType(compute, 'AWS::Lambda::EventInvokeConfig').find(({ properties }) => qualifierOf(properties) === aliasId);
  return target(config?.properties['DestinationConfig'].OnFailure.Destination);
}

/** For the machine's first step, the queue to which its Catch leads. */
function caughtInto(properties: Properties): readonly (string | undefined)[] {
  const parts: readonly unknown[] = properties['DefinitionString']['Fn::Join'][1];
  const text = parts.map((part) => (typeof part === 'string' ? part : (target(part) ?? 'partition'))).join('');
  const { States, StartAt } = JSON.parse(text);
  const caught: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[] = States[StartAt].Catch ?? [];
  const everything = caught.find(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'));
  return [everything === undefined ? undefined : States[everything.Next].Parameters?.QueueUrl];
}

describe('every hop that nobody waits for', () => {
  it('is known: no resource of the stack is of a kind that was not judged', () => {
    const unjudged = resources.filter(({ type }) => !silent.has(type) && hopsOf[type] === undefined);
    expect(unjudged.map(({ type }) => type)).toEqual([]);
  });

  it('was found: five crons of portfolios and two of the watchdog, four functions, a subscription and the engine', () => {
    expect(hops).toHaveLength(5 + 2 + 4 + 1 + 1);
  });

  it('calls a function by its alias, so that everybody is on the same release', () => {
    const called = [
      ...resourcesOfType(compute, 'AWS::Scheduler::Schedule').map(({ properties }) => target(properties['Target'].Arn)),
      ...resourcesOfType(compute, 'AWS::SNS::Subscription').map(({ properties }) => target(properties['Endpoint'])),
    ];
    const aliases = resourcesOfType(compute, 'AWS::Lambda::Alias').map(({ id }) => id);
    for (const each of called) expect(aliases).toContain(each);
  });

  it('ends in a queue of this stack when it fails', () => {
    for (const { from, deadLetters } of hops) expect(queues, from).toContain(deadLetters);
  });
});

describe('every queue', () => {
  it('is behind a hop', () => {
    expect(new Set(hops.map(({ deadLetters }) => deadLetters))).toEqual(new Set(queues));
  });

  it('keeps its messages for as long as it can, encrypted', () => {
    for (const { properties } of resourcesOfType(compute, 'AWS::SQS::Queue')) {
      expect(properties).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 3600, SqsManagedSseEnabled: true });
    }
  });

  it('refuses anything but TLS', () => {
    const guarded = resourcesOfType(compute, 'AWS::SQS::QueuePolicy')
      .filter(({ properties }) => JSON.stringify(properties['PolicyDocument']).includes('"aws:SecureTransport":"false"'))
      .flatMap(({ properties }) => properties['Queues'].map(target));
    expect(new Set(guarded)).toEqual(new Set(queues));
  });
});
