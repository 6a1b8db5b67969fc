// Every alarm, what it looks at, and whom it tells.
import { describe, expect, it } from 'vitest';
import { alarmNameOf, alarmOf, alarms } from '../../shared/contracts/alarms.ts';
import { metricNames } from '../../shared/contracts/metric-names.ts';
import { synthesize } from './fixtures/deployment.ts';
import { type Properties, readable, resourcesOfType, target } from './fixtures/template.ts';

const { state, compute } = synthesize();
const found = resourcesOfType(compute, 'AWS::CloudWatch::Alarm');

/** "MetricName of Dimension value", of one metric or of all that an expression adds up. */
function looksAt(properties: Properties): readonly string[] {
  const metrics: readonly Properties[] = properties['Metrics']?.flatMap(({ MetricStat }: Properties) => MetricStat?.Metric ?? []) ?? [
    properties,
  ];
  return metrics.map(({ MetricName, Dimensions = [] }) =>
    [MetricName, ...Dimensions.map(({ Value }: Properties) => readable(Value))].join(' '),
  );
}

function propertiesOf(name: string): Properties {
  const one = found.find(({ properties }) => properties['AlarmName'] === `evenkeel-paper-${name}`);
  if (one === undefined) throw new Error(`no alarm ${name}`);
  return one.properties;
}

describe('the alarms', () => {
  it('are those of the catalogue, ten at most', () => {
    const names = found.map(({ properties }) => properties['AlarmName']);
    expect(names.sort()).toEqual(
      Object.keys(alarms)
        .map((name) => `evenkeel-paper-${name}`)
        .sort(),
    );
    expect(names.length).toBeLessThanOrEqual(10);
  });

  it('look at', () => {
    const list = Object.fromEntries(Object.keys(alarms).map((name) => [name, looksAt(propertiesOf(name))]));
    const depth = 'ApproximateNumberOfMessagesVisible';
    expect(list).toEqual({
      'run-not-started': [
        `${depth} <ScheduleDlqQueue.QueueName>`,
        `${depth} <SignalDlqQueue.QueueName>`,
        'InvocationsFailedToBeSentToDeadLetterCount evenkeel-paper',
      ],
      'run-stopped': [`${depth} <ExecutionDlqQueue.QueueName>`, 'ExecutionsFailed <EngineMachine>', 'ExecutionsTimedOut <EngineMachine>'],
      'watchdog-failed': [`${depth} <WatchdogDlqQueue.QueueName>`],
      'watchdog-silent': ['WatchdogHeartbeat evenkeel-paper'],
      'notify-failed': [`${depth} <NotifyDlqQueue.QueueName>`],
      'function-errors': ['Errors <SignalFunction>', 'Errors <ExecutionFunction>', 'Errors <WatchdogFunction>'],
      throttled: ['Throttles'],
      'near-timeout': ['NearTimeout'],
      'near-memory-limit': ['NearMemoryLimit'],
    });
  });

  it('ring with the first of anything, and are quiet where nothing happens', () => {
    for (const name of Object.keys(alarms).filter((each) => each !== 'watchdog-silent')) {
      expect(propertiesOf(name), name).toMatchObject({
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        EvaluationPeriods: 1,
        TreatMissingData: 'notBreaching',
      });
    }
  });

  it('add up what is one outage, where what never happened counts as none', () => {
    const [sum] = propertiesOf('run-stopped')['Metrics'];
    expect(sum).toMatchObject({ Expression: 'FILL(executionDepth, 0) + FILL(failed, 0) + FILL(timedOut, 0)', ReturnData: true });
  });

  it('ring when the watchdog has been silent for 26 hours: its silence is never health', () => {
    expect(propertiesOf('watchdog-silent')).toMatchObject({
      MetricName: metricNames.watchdogHeartbeat,
      Namespace: 'evenkeel',
      Statistic: 'Sum',
      Period: 3600,
      EvaluationPeriods: 26,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  it('tell notify, but for that of notify itself, which tells the owner', () => {
    const topics = Object.fromEntries(Object.keys(alarms).map((name) => [name, propertiesOf(name)['AlarmActions'].map(readable)]));
    const { 'notify-failed': ofNotify, ...others } = topics;
    expect(ofNotify).toEqual(['<state:OwnerTopic>']);
    for (const [name, told] of Object.entries(others)) expect(told, name).toEqual(['<state:AlarmsTopic>']);
  });

  it('tell that they are quiet again only of the watchdog: a new deployment would tell it of all', () => {
    const again = Object.keys(alarms).filter((name) => propertiesOf(name)['OKActions'] !== undefined);
    expect(again).toEqual(['watchdog-silent']);
  });

  it('say in a mail by themselves what they mean and what to type', () => {
    for (const [name, { severity, meaning, command, heading }] of Object.entries(alarms)) {
      const description: string = propertiesOf(name)['AlarmDescription'];
      expect(description).toBe(`[${severity}] ${meaning} First: ${command}. Runbook: ${heading}.`);
      expect(description.length).toBeLessThanOrEqual(1024);
    }
  });

  it('page only where nobody tries any more: what is repeated by itself is a ticket', () => {
    const pages = Object.entries(alarms).flatMap(([name, { severity }]) => (severity === 'page' ? [name] : []));
    expect(pages).toEqual(['run-not-started', 'run-stopped', 'watchdog-failed', 'watchdog-silent', 'notify-failed']);
  });
});

describe('every queue', () => {
  const queues = resourcesOfType(compute, 'AWS::SQS::Queue').map(({ id }) => id);

  it.each(queues)('is looked at by one alarm, which pages: %s', (queue) => {
    const dimensions = (properties: Properties): readonly Properties[] =>
      properties['Dimensions'] ?? properties['Metrics']?.flatMap(({ MetricStat }: Properties) => MetricStat?.Metric.Dimensions ?? []) ?? [];
    const own = found.filter(({ properties }) => dimensions(properties).some(({ Value }) => target(Value) === queue));
    expect(own).toHaveLength(1);
    expect(alarmOf(own[0]?.properties['AlarmName'])?.severity).toBe('page');
  });
});

describe('an alarm by the name that CloudWatch has for it', () => {
  it('is found, of either stage', () => {
    expect(alarmOf(alarmNameOf('live', 'run-stopped'))).toBe(alarms['run-stopped']);
    expect(alarmOf(alarmNameOf('paper', 'throttled'))).toBe(alarms.throttled);
  });

  it.each(['run-stopped', 'evenkeel-paper-toString', 'evenkeel-test-run-stopped', 'EC2 CPU'])(
    'is not found for the name of another: %s',
    (name) => {
      expect(alarmOf(name)).toBeUndefined();
    },
  );
});

describe('the lines that are counted as near a limit', () => {
  const filters = resourcesOfType(compute, 'AWS::Logs::MetricFilter').map(({ properties }) => properties);

  it('are found in the log of every function, by its own limits', () => {
    const conditions = filters.map(
      ({ LogGroupName, FilterPattern, MetricTransformations: [{ MetricName, MetricNamespace, MetricValue }] }) => {
        expect(MetricValue).toBe('1');
        return [readable(LogGroupName), MetricNamespace, MetricName, /(?:duration|used) > \d+/.exec(FilterPattern)?.[0]].join(' ');
      },
    );
    expect(conditions.sort()).toEqual([
      '<ExecutionLog> evenkeel/paper NearMemoryLimit used > 460',
      '<ExecutionLog> evenkeel/paper NearTimeout duration > 48000',
      '<GateHookLog> evenkeel/paper NearMemoryLimit used > 460',
      '<GateHookLog> evenkeel/paper NearTimeout duration > 240000',
      '<NotifyLog> evenkeel/paper NearMemoryLimit used > 460',
      '<NotifyLog> evenkeel/paper NearTimeout duration > 48000',
      '<SignalLog> evenkeel/paper NearMemoryLimit used > 460',
      '<SignalLog> evenkeel/paper NearTimeout duration > 96000',
      '<WatchdogLog> evenkeel/paper NearMemoryLimit used > 460',
      '<WatchdogLog> evenkeel/paper NearTimeout duration > 240000',
    ]);
  });

  it('are read word by word as Lambda writes them', () => {
    const line =
      'REPORT RequestId: 6f5e Duration: 102.25 ms Billed Duration: 103 ms Memory Size: 512 MB Max Memory Used: 180 MB Init Duration: 90 ms';
    const [pattern = ''] = filters.map(({ FilterPattern }) => FilterPattern);
    const names: readonly string[] = pattern
      .slice(1, -1)
      .split(', ')
      .map((field: string) => field.split(' ')[0]);
    const words = line.split(/\s+/);
    const value = (name: string): string | undefined => words[names.indexOf(name)];
    expect([value('report'), value('duration'), value('used'), value('size')]).toEqual(['REPORT', '102.25', '180', '512']);
    expect(names.at(-1)).toBe('...');
  });
});

it('has a topic for the owner that alarms and budgets may publish to', () => {
  const topics = resourcesOfType(state, 'AWS::SNS::Topic').map(({ properties }) => properties['DisplayName']);
  expect(topics.sort()).toEqual(['evenkeel', 'evenkeel alarms']);
});
