import { describe, expect, it } from 'vitest';
import { scheduleEvent } from '../../shared/contracts/events.ts';
import { watchdogEvent } from '../../shared/contracts/watchdog-event.ts';
import { synthesize } from './fixtures/deployment.ts';
import { type Properties, resourcesOfType, statementsOfRole, target } from './fixtures/template.ts';

const { compute } = synthesize();
const schedules = resourcesOfType(compute, 'AWS::Scheduler::Schedule').map(({ properties }) => properties);
const isOfWatchdog = ({ Description }: Properties): boolean => Description.startsWith('watchdog ');
const ofPortfolios = schedules.filter((each) => !isOfWatchdog(each));
const ofWatchdog = schedules.filter(isOfWatchdog);

function eventOf({ Target }: Properties): unknown {
  return JSON.parse(Target.Input.replace('<aws.scheduler.scheduled-time>', '2026-11-20T20:35:00Z'));
}

describe('the schedules', () => {
  it('fire twice for a slot before the close and once for a slot after the open', () => {
    const crons = ofPortfolios.map(({ Description, ScheduleExpression }) => [Description, ScheduleExpression]);
    expect(Object.fromEntries(crons)).toEqual({
      'golden/monthly regular-close': 'cron(35 15 ? * MON-FRI *)',
      'golden/monthly early-close': 'cron(35 12 ? * MON-FRI *)',
      'golden/morning after-open': 'cron(0 10 ? * MON-FRI *)',
      'sectors/monthly regular-close': 'cron(35 15 ? * MON-FRI *)',
      'sectors/monthly early-close': 'cron(35 12 ? * MON-FRI *)',
    });
  });

  it('go by the clocks of New York, to the minute', () => {
    for (const { ScheduleExpressionTimezone, FlexibleTimeWindow } of schedules) {
      expect(ScheduleExpressionTimezone).toBe('America/New_York');
      expect(FlexibleTimeWindow).toEqual({ Mode: 'OFF' });
    }
  });

  it('give up after a quarter of an hour, so that no stale event is delivered', () => {
    for (const { Target } of ofPortfolios) expect(Target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 900, MaximumRetryAttempts: 10 });
  });

  it('send an event that the signal function reads, whichever of the two crons fired', () => {
    const events = ofPortfolios.map((each) => scheduleEvent.parse(eventOf(each)));
    for (const event of events) expect(event.scheduledTime).toBe('2026-11-20T20:35:00Z');
    const runs = events.map(({ portfolio, schedule }) => `${portfolio}/${schedule}`);
    expect(runs).toEqual(['golden/monthly', 'golden/monthly', 'golden/morning', 'sectors/monthly', 'sectors/monthly']);
  });

  it('act as a role that may call the signal function and write dead letters, for their own group only', () => {
    const [roleId, ...others] = new Set(schedules.map(({ Target }) => target(Target.RoleArn)));
    expect(others).toEqual([]);
    const actions = statementsOfRole(compute, roleId ?? '').map((statement) => statement.actions.join(' '));
    expect(actions).toEqual(['lambda:InvokeFunction', 'sqs:SendMessage']);
    const role = resourcesOfType(compute, 'AWS::IAM::Role').find(({ id }) => id === roleId);
    expect(role?.properties['AssumeRolePolicyDocument'].Statement[0].Condition).toEqual({
      StringEquals: {
        'aws:SourceAccount': { Ref: 'AWS::AccountId' },
        'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(/^SchedulesGroup/), 'Arn'] },
      },
    });
  });
});

describe('the watchdog', () => {
  it('is called 45 minutes after both closes, on Sundays too, so that its silence is wrong on any day', () => {
    expect(ofWatchdog.map(({ ScheduleExpression }) => ScheduleExpression)).toEqual(['cron(45 16 ? * * *)', 'cron(45 13 ? * * *)']);
    for (const each of ofWatchdog) expect(watchdogEvent.parse(eventOf(each)).scheduledTime).toBe('2026-11-20T20:35:00Z');
  });

  it('may be an hour late, as it trades nothing', () => {
    for (const { Target } of ofWatchdog) expect(Target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 10 });
  });
});
