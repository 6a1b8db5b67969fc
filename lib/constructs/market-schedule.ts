// The crons of one schedule of one portfolio, on New York's clocks. They fire on every weekday that the slot
// may be due: holidays, short sessions and "first of the month" are for the handler's calendar to judge.
import type { Duration } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, type CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { ScheduleEvent } from '../../shared/contracts/events.ts';
import { type Slot, type WallTime, wallTimesOf } from '../wall-times.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';

export interface MarketScheduleProps {
  readonly portfolio: string;
  readonly schedule: { readonly name: string; readonly at: Slot };
  readonly group: CfnScheduleGroup;
  readonly signal: IFunction;
  /** May invoke the signal function and write to the dead-letter queue. */
  readonly role: IRole;
  readonly deadLetters: DeadLetterQueue;
  /** An event older than this must not trade, so it is not delivered. */
  readonly maxEventAge: Duration;
}

const RETRIES_MAX = 10;

export class MarketSchedule extends Construct {
  constructor(scope: Construct, id: string, props: MarketScheduleProps) {
    super(scope, id);
    for (const wallTime of wallTimesOf(props.schedule.at)) {
      new CfnSchedule(this, wallTime.name, {
        description: `${props.portfolio}/${props.schedule.name} ${wallTime.name}`,
        groupName: props.group.ref,
        scheduleExpression: cronOf(wallTime),
        scheduleExpressionTimezone: 'America/New_York',
        // A slot is a minute of the session, not a window.
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: props.signal.functionArn,
          roleArn: props.role.roleArn,
          input: JSON.stringify(this.#event(props)),
          retryPolicy: { maximumEventAgeInSeconds: props.maxEventAge.toSeconds(), maximumRetryAttempts: RETRIES_MAX },
          deadLetterConfig: { arn: props.deadLetters.queue.queueArn },
        },
      });
    }
  }

  /** The scheduler writes in the time at which the event was due, which a late delivery cannot change. */
  #event({ portfolio, schedule }: MarketScheduleProps): ScheduleEvent {
    return { portfolio, schedule: schedule.name, scheduledTime: '<aws.scheduler.scheduled-time>' };
  }
}

function cronOf({ hour, minute }: WallTime): string {
  return `cron(${minute} ${hour} ? * MON-FRI *)`;
}
