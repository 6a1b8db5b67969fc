// The alarms of the catalogue on the metrics of this deployment. What each means is data that the program reads too; here is
// only what it looks at.
import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type AlarmName, alarmNameOf, alarms } from '../../shared/contracts/alarms.ts';
import {
  limitMetricNames,
  METRIC_NAMESPACE,
  metricNames,
  metricServiceOf,
  SERVICE_DIMENSION,
} from '../../shared/contracts/metric-names.ts';
import type { Stage } from '../stage.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import type { HandlerFunction } from './handler-function.ts';

export type Hop = 'schedule' | 'signal' | 'execution' | 'watchdog' | 'notify';

export interface CatalogueAlarmsProps {
  readonly stage: Stage;
  readonly topics: { readonly notify: ITopic; readonly owner: ITopic };
  readonly deadLetters: Readonly<Record<Hop, DeadLetterQueue>>;
  /** Those whose failure nobody waits for; notify's own end in its queue. */
  readonly functions: Readonly<Record<'signal' | 'execution' | 'watchdog', HandlerFunction>>;
  readonly machine: IStateMachine;
  readonly scheduleGroup: string;
  readonly limitNamespace: string;
}

const MINUTE = Duration.minutes(1);
const FIVE_MINUTES = Duration.minutes(5);
const HOUR = Duration.hours(1);
// From one evening to the next, a change of clocks, and an hour to spare.
const HEARTBEAT_HOURS = 26;

export class CatalogueAlarms extends Construct {
  readonly #props: CatalogueAlarmsProps;
  /** Tells that something fails while nobody has given up yet: what a release is rolled back for. */
  readonly functionErrors: Alarm;

  constructor(scope: Construct, id: string, props: CatalogueAlarmsProps) {
    super(scope, id);
    this.#props = props;
    const { deadLetters, functions, machine, scheduleGroup, limitNamespace, stage } = props;
    // Beyond the queue: the event could not even be put there.
    const lost = awsMetric('AWS/Scheduler', 'InvocationsFailedToBeSentToDeadLetterCount', { ScheduleGroup: scheduleGroup });
    this.#atFirst('run-not-started', { scheduleDepth: depth(deadLetters.schedule), signalDepth: depth(deadLetters.signal), lost }, MINUTE);
    // What no Catch sees stops without a dead letter: an execution out of time, or an answer that the steps cannot read.
    const failed = machine.metricFailed({ statistic: Stats.SUM });
    const timedOut = machine.metricTimedOut({ statistic: Stats.SUM });
    this.#atFirst('run-stopped', { executionDepth: depth(deadLetters.execution), failed, timedOut }, MINUTE);
    this.#atFirst('watchdog-failed', { watchdogDepth: depth(deadLetters.watchdog) }, MINUTE);
    this.#atFirst('notify-failed', { notifyDepth: depth(deadLetters.notify) }, MINUTE);
    this.#silent(awsMetric(METRIC_NAMESPACE, metricNames.watchdogHeartbeat, { [SERVICE_DIMENSION]: metricServiceOf(stage) }));
    const errors = mapped(functions, (each) => each.function.metricErrors({ statistic: Stats.SUM }));
    this.functionErrors = this.#atFirst('function-errors', errors, FIVE_MINUTES);
    // Of the whole account: no function of ours has its own share, so what throttles another will throttle ours.
    this.#atFirst('throttled', { throttles: awsMetric('AWS/Lambda', 'Throttles', {}) }, FIVE_MINUTES);
    this.#atFirst('near-timeout', { near: awsMetric(limitNamespace, limitMetricNames.nearTimeout, {}) }, FIVE_MINUTES);
    this.#atFirst('near-memory-limit', { near: awsMetric(limitNamespace, limitMetricNames.nearMemoryLimit, {}) }, FIVE_MINUTES);
  }

  /** Rings with the first of any of them. Several are one alarm, because they are one outage. */
  #atFirst(name: AlarmName, metrics: Readonly<Record<string, Metric>>, period: Duration): Alarm {
    const [only, ...others] = Object.values(metrics);
    if (only === undefined) throw new Error(`the alarm ${name} looks at nothing`);
    const expression = Object.keys(metrics)
      .map((each) => `FILL(${each}, 0)`)
      .join(' + ');
    return this.#alarm(name, {
      metric:
        others.length === 0 ? only.with({ period }) : new MathExpression({ expression, usingMetrics: { ...metrics }, label: name, period }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      // What never happened has no figures, and an idle queue reports none.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  #silent(heartbeat: Metric): void {
    const alarm = this.#alarm('watchdog-silent', {
      metric: heartbeat.with({ period: HOUR }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: HEARTBEAT_HOURS,
      treatMissingData: TreatMissingData.BREACHING,
    });
    // Of the others nobody needs to hear that they are quiet again, least of all when they are made.
    alarm.addOkAction(new SnsAction(this.#props.topics.notify));
  }

  #alarm(name: AlarmName, settings: Omit<ConstructorParameters<typeof Alarm>[2], 'alarmName' | 'alarmDescription'>): Alarm {
    const { severity, tells, meaning, heading, command } = alarms[name];
    const alarm = new Alarm(this, name, {
      ...settings,
      alarmName: alarmNameOf(this.#props.stage, name),
      alarmDescription: `[${severity}] ${meaning} First: ${command}. Runbook: ${heading}.`,
    });
    alarm.addAlarmAction(new SnsAction(this.#props.topics[tells]));
    return alarm;
  }
}

function depth({ queue }: DeadLetterQueue): Metric {
  return queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM });
}

function awsMetric(namespace: string, metricName: string, dimensionsMap: Readonly<Record<string, string>>): Metric {
  return new Metric({ namespace, metricName, dimensionsMap: { ...dimensionsMap }, statistic: Stats.SUM });
}

function mapped<Value, Result>(record: Readonly<Record<string, Value>>, of: (value: Value) => Result): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, of(value)]));
}
