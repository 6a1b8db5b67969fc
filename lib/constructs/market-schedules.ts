// Everything that fires by the clock: the schedules of all portfolios, and the watchdog after every close.
import { Aws, type Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { ScheduleEvent } from '../../shared/contracts/events.ts';
import { WATCHDOG_AFTER_CLOSE_MS, type WatchdogEvent } from '../../shared/contracts/watchdog-event.ts';
import type { DeployedPortfolio, Stage } from '../stage.ts';
import { wallTimesAfterClose, wallTimesOf } from '../wall-times.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import { DUE, MarketSchedule } from './market-schedule.ts';
import type { ReleasedFunction } from './released-function.ts';

export interface Scheduled {
  readonly calls: ReleasedFunction;
  readonly deadLetters: DeadLetterQueue;
  readonly maxEventAge: Duration;
}

export interface MarketSchedulesProps {
  readonly stage: Stage;
  readonly portfolios: readonly DeployedPortfolio[];
  readonly signal: Scheduled;
  readonly watchdog: Scheduled;
}

export class MarketSchedules extends Construct {
  readonly groupName: string;

  constructor(scope: Construct, id: string, { stage, portfolios, signal, watchdog }: MarketSchedulesProps) {
    super(scope, id);
    this.groupName = `evenkeel-${stage}`;
    const group = new CfnScheduleGroup(this, 'Group', { name: this.groupName });
    const role = this.#role(group, [signal, watchdog]);
    for (const { policy } of portfolios) {
      for (const schedule of policy.schedules) {
        new MarketSchedule(this, `${policy.name}.${schedule.name}`, {
          says: `${policy.name}/${schedule.name}`,
          wallTimes: wallTimesOf(schedule.at),
          days: 'MON-FRI',
          event: { portfolio: policy.name, schedule: schedule.name, scheduledTime: DUE } satisfies ScheduleEvent,
          group,
          role,
          ...called(signal),
        });
      }
    }
    new MarketSchedule(this, 'Watchdog', {
      says: 'watchdog',
      wallTimes: wallTimesAfterClose(WATCHDOG_AFTER_CLOSE_MS / 60_000),
      // On Sundays too, when it has nothing to look at: then its silence is wrong on any day, and an alarm can say so.
      days: '*',
      event: { kind: 'watchdog', scheduledTime: DUE } satisfies WatchdogEvent,
      group,
      role,
      ...called(watchdog),
    });
  }

  /** Only the schedules of this group, in this account, may act as it. */
  #role(group: CfnScheduleGroup, scheduled: readonly Scheduled[]): Role {
    const conditions = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 'aws:SourceArn': group.attrArn } };
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions }) });
    const functions = scheduled.map(({ calls }) => calls.alias.functionArn);
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: functions }));
    const queues = scheduled.map(({ deadLetters }) => deadLetters.queue.queueArn);
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: queues }));
    return role;
  }
}

function called({ calls, deadLetters, maxEventAge }: Scheduled) {
  return { calls: calls.alias, deadLetters, maxEventAge };
}
