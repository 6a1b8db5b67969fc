import { describe, expect, it } from 'vitest';
import { scheduleEvent } from '../../shared/contracts/events.ts';
import { synthesize } from './fixtures/deployment.ts';
import { resourcesOfType, statementsOfRole, target } from './fixtures/template.ts';

const { compute } = synthesize();
const schedules = resourcesOfType(compute, 'AWS::Scheduler::Schedule').map(({ properties }) => properties);

describe('the schedules', () => {
  it('fire twice for a slot before the close and once for a slot after the open', () => {
    const crons = schedules.map(({ Description, ScheduleExpression }) => [Description, ScheduleExpression]);
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
    for (const { Target } of schedules) expect(Target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 900, MaximumRetryAttempts: 10 });
  });

  it('send an event that the signal function reads, whichever of the two crons fired', () => {
    const events = schedules.map(({ Target }) =>
      JSON.parse(Target.Input.replace('<aws.scheduler.scheduled-time>', '2026-11-20T20:35:00Z')),
    );
    for (const event of events) expect(scheduleEvent.parse(event).scheduledTime).toBe('2026-11-20T20:35:00Z');
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
      StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' }, 'aws:SourceArn': { 'Fn::GetAtt': ['Schedules', 'Arn'] } },
    });
  });
});
