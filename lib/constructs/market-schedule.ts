// One event at certain times on New York's clocks. A cron knows no holidays, no short sessions and no "first of the month":
// it fires whenever the event may be due, and the handler's calendar judges.
import type { Duration } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, type CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { WallTime } from '../wall-times.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';

export interface MarketScheduleProps {
  /** Begins the description of each cron. */
  readonly says: string;
  readonly wallTimes: readonly WallTime[];
  readonly days: 'MON-FRI' | '*';
  /** With `DUE` where the handler needs to know when it was due. */
  readonly event: object;
  readonly group: CfnScheduleGroup;
  readonly calls: IFunction;
  /** May call the function and write to the dead-letter queue. */
  readonly role: IRole;
  readonly deadLetters: DeadLetterQueue;
  /** An older event is not delivered. */
  readonly maxEventAge: Duration;
}

/** The scheduler writes in the time at which the event was due, which a late delivery cannot change. */
export const DUE = '<aws.scheduler.scheduled-time>';

const RETRIES_MAX = 10;

export class MarketSchedule extends Construct {
  constructor(scope: Construct, id: string, props: MarketScheduleProps) {
    super(scope, id);
    for (const wallTime of props.wallTimes) {
      new CfnSchedule(this, wallTime.name, {
        description: `${props.says} ${wallTime.name}`,
        groupName: props.group.ref,
        scheduleExpression: cronOf(wallTime, props.days),
        scheduleExpressionTimezone: 'America/New_York',
        // A slot is a minute of the session, not a window.
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: props.calls.functionArn,
          roleArn: props.role.roleArn,
          input: JSON.stringify(props.event),
          retryPolicy: { maximumEventAgeInSeconds: props.maxEventAge.toSeconds(), maximumRetryAttempts: RETRIES_MAX },
          deadLetterConfig: { arn: props.deadLetters.queue.queueArn },
        },
      });
    }
  }
}

function cronOf({ hour, minute }: WallTime, days: string): string {
  return `cron(${minute} ${hour} ? * ${days} *)`;
}
