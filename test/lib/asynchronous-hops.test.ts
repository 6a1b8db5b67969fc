// Behind every hop that nobody waits for stands a queue, and behind every queue an alarm that reaches a person.
// Nothing here is a list of what was built: the hops are found in the template.
import { describe, expect, it } from 'vitest';
import { synthesize } from './fixtures/deployment.ts';
import { type Properties, type Resource, resourcesOf, resourcesOfType, target } from './fixtures/template.ts';

const { compute } = synthesize();
const resources = resourcesOf(compute);
const queues = resourcesOfType(compute, 'AWS::SQS::Queue').map(({ id }) => id);
const alarms = resourcesOfType(compute, 'AWS::CloudWatch::Alarm');

interface Hop {
  readonly from: string;
  readonly deadLetters: string | undefined;
}

/** The queues behind what this resource sends without waiting; `undefined` is a hop without a queue. */
const hopsOf: Readonly<Record<string, (resource: Resource) => readonly Hop[]>> = {
  'AWS::Scheduler::Schedule': ({ id, properties }) => [{ from: id, deadLetters: target(properties['Target'].DeadLetterConfig?.Arn) }],
  'AWS::Lambda::Function': ({ id }) => [{ from: id, deadLetters: onFailureOf(id) }],
  'AWS::StepFunctions::StateMachine': ({ id, properties }) => caughtInto(properties).map((deadLetters) => ({ from: id, deadLetters })),
};

/** These send nothing. Whatever is in neither list has to be judged by whoever adds it. */
const silent = new Set([
  'AWS::CloudWatch::Alarm',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Logs::LogGroup',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::ScheduleGroup',
]);

const hops = resources.flatMap((resource) => hopsOf[resource.type]?.(resource) ?? []);

function onFailureOf(functionId: string): string | undefined {
  const config = resourcesOfType(compute, 'AWS::Lambda::EventInvokeConfig').find(
    ({ properties }) => target(properties['FunctionName']) === functionId,
  );
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

  it('was found: five crons, two functions and the engine', () => {
    expect(hops).toHaveLength(5 + 2 + 1);
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

  it.each(queues)('raises an alarm with its first message: %s', (queue) => {
    const own = alarms.filter(({ properties }) => target(properties['Dimensions']?.[0].Value) === queue);
    expect(own.map(({ properties }) => properties)).toEqual([
      expect.objectContaining({
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Statistic: 'Maximum',
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: 1,
        EvaluationPeriods: 1,
        TreatMissingData: 'notBreaching',
      }),
    ]);
  });
});

describe('every alarm', () => {
  it('reaches the topic that people subscribe to, and says what it means', () => {
    for (const { properties } of alarms) {
      expect(properties['AlarmActions']).toEqual([
        { 'Fn::ImportValue': expect.stringMatching(/^EvenkeelState-paper:ExportsOutputRefAlarms/) },
      ]);
      expect(properties['AlarmDescription']).toMatch(/run/);
    }
  });

  it('is one of four, however many portfolios there are', () => {
    expect(alarms).toHaveLength(4);
  });

  it('includes one for the ends that no Catch sees: failed and timed-out executions', () => {
    const metrics = alarms
      .flatMap(({ properties }) => properties['Metrics'] ?? [])
      .map((metric: Properties) => metric['MetricStat']?.Metric.MetricName);
    expect(metrics).toEqual([undefined, 'ExecutionsFailed', 'ExecutionsTimedOut']);
  });
});
